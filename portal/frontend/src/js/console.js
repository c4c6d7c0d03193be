// The GraphQL console: GraphiQL on <div id="console" data-endpoint data-token-address data-csrf>.
// With a token address it asks there (POST, with the CSRF token) for {"access_token", "expires_in"} and renews it in time;
// without one it asks as the public does. Nothing is sent with cookies to the GraphQL endpoint.

import "graphiql/style.css";
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

const EARLY = 30; // seconds before its end that a token is renewed

class Token {
  constructor(address, csrf) {
    this.address = address;
    this.csrf = csrf;
    this.ends = 0;
  }

  async header() {
    if (!this.address) return {};
    if (Date.now() / 1000 > this.ends - EARLY) {
      this.renewal ??= this.renew().finally(() => (this.renewal = undefined)); // questions asked at once share one
      await this.renewal;
    }
    return { Authorization: `Bearer ${this.text}` };
  }

  async renew() {
    const answer = await fetch(this.address, { method: "POST", headers: { "X-CSRFToken": this.csrf } });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const { access_token: text, expires_in: seconds } = await answer.json();
    Object.assign(this, { text, ends: Date.now() / 1000 + seconds });
  }
}

const place = document.getElementById("console");
const token = new Token(place.dataset.tokenAddress, place.dataset.csrf);

async function fetcher(question) {
  const answer = await fetch(place.dataset.endpoint, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json", ...(await token.header()) },
    body: JSON.stringify(question),
  });
  return answer.json();
}

createRoot(place).render(createElement(GraphiQL, { fetcher, defaultQuery: place.dataset.example || "" }));
