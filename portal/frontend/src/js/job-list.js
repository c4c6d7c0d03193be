// <job-list institution="" unit="" lang="da" language="" most=""></job-list> on anybody's page, and frames that grow with their list.
// No cookie is set or sent. Colours and measures are the page's: custom properties that begin with --job-list-.

const PORTAL = new URL(document.currentScript.src).origin;
const PARAMETERS = ["unit", "lang", "language", "most"];
const STYLE = `
:host { display: block; font-family: var(--job-list-font, inherit); color: var(--job-list-ink, inherit); }
h2 { font-size: var(--job-list-heading-size, 1.25em); margin: 0 0 .5em; }
h2[hidden] { display: none; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: var(--job-list-gap, .75em) 0; border-top: 1px solid var(--job-list-rule, currentColor); overflow-wrap: anywhere; }
a { color: var(--job-list-link, LinkText); text-decoration: underline; font-weight: 600; }
a:focus-visible { outline: 3px solid var(--job-list-focus, currentColor); outline-offset: 2px; }
span { display: block; margin-top: .25em; }
`;

function element(name, text = "", attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

class JobList extends HTMLElement {
  static observedAttributes = ["institution", ...PARAMETERS];

  connectedCallback() {
    this.root ??= this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    this.root.adoptedStyleSheets = [sheet];
    this.fetch();
  }

  attributeChangedCallback() {
    if (this.root) this.fetch();
  }

  async fetch() {
    const address = new URL(`/embed/${encodeURIComponent(this.getAttribute("institution") ?? "")}/jobs.json`, PORTAL);
    for (const name of PARAMETERS) if (this.getAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
    this.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(answer.status);
      this.show(await answer.json());
    } catch {
      this.fail();
    }
    this.removeAttribute("aria-busy");
  }

  show({ jobs, words, all }) {
    const heading = element("h2", words.heading, { id: "heading" });
    heading.hidden = this.hasAttribute("no-heading");
    const list = element("ul", "", { "aria-labelledby": "heading" });
    for (const job of jobs) list.append(this.line(job, words));
    const more = element("p");
    more.append(element("a", words.all, { href: all }));
    this.root.replaceChildren(heading, jobs.length ? list : element("p", words.none), more);
    this.dispatchEvent(new CustomEvent("job-list:shown", { bubbles: true, detail: { count: jobs.length } }));
  }

  line(job, words) {
    const line = element("li");
    const language = job.language === (this.getAttribute("lang") || "da") ? {} : { lang: job.language, hreflang: job.language };
    line.append(element("a", job.title, { href: job.url, ...language }));
    const where = [job.unit, job.place].filter(Boolean).join(", ");
    if (where) line.append(element("span", where));
    line.append(element("span", `${words.deadline}: ${job.deadline}`));
    return line;
  }

  fail() {
    const message = this.getAttribute("lang") === "en" ? "The list of jobs cannot be fetched just now." : "Listen over stillinger kan ikke hentes lige nu.";
    this.root.replaceChildren(element("p", message, { role: "status" }));
  }
}

if (!customElements.get("job-list")) customElements.define("job-list", JobList);

// A frame of ours says how high its list is; only a frame of this page that shows our portal is believed.
window.addEventListener("message", ({ origin, source, data }) => {
  if (origin !== PORTAL || data?.type !== "job-list:height") return;
  const frame = [...document.querySelectorAll("iframe")].find((one) => one.contentWindow === source);
  if (frame && Number.isFinite(data.height)) frame.style.height = `${Math.min(Math.max(data.height, 40), 20000)}px`;
});
