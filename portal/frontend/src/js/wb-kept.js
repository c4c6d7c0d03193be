// Ratings, comments and icons save themselves a moment after the last touch. Until the server has answered, what was typed is
// kept in this tab (sessionStorage), so that neither a lost connection nor a closed lid loses a word. Without it the buttons save.
import { isShortcut } from "./wb-keys.js";

const PAUSE = 900;
const AGAIN = 5000;

export function start(scope) {
  // A form without a place for "saved" is sent by its button.
  for (const place of scope.querySelectorAll("form[data-kept] [data-saved]")) keep(place.closest("form"));
  digits(scope);
}

function keep(form) {
  const place = form.querySelector("[data-saved]");
  const box = `opslag:${form.dataset.kept}`;
  let timer = 0;
  let running = false;
  let stale = false;

  const later = (pause) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(send, pause);
  };
  const touched = (event) => {
    sessionStorage.setItem(box, new URLSearchParams(typed(form)).toString());
    later(event.type === "change" ? 0 : PAUSE);
  };
  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  window.addEventListener("online", () => sessionStorage.getItem(box) && later(0));
  if (restore(form, sessionStorage.getItem(box))) later(PAUSE);

  async function send() {
    if (running) {
      stale = true;
      return;
    }
    if (!form.checkValidity()) return;
    running = true;
    const sent = new URLSearchParams(new FormData(form));
    place.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "application/json" } });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Shut();
      told(await answer.json(), sent);
    } catch (fault) {
      place.textContent = fault instanceof Shut ? form.dataset.shut : form.dataset.lost;
      if (!(fault instanceof Shut)) later(AGAIN);
    }
    running = false;
    if (stale) {
      stale = false;
      later(0);
    }
  }

  function told({ saved, message, left }, sent) {
    place.textContent = message;
    if (!saved) return;
    sent.delete("csrfmiddlewaretoken");
    if (sessionStorage.getItem(box) === sent.toString()) sessionStorage.removeItem(box);
    const count = document.querySelector("[data-left]");
    if (count && left) count.textContent = left;
  }
}

// The session is over, or the page is older than what the server knows: another try would not help.
class Shut extends Error {}

function typed(form) {
  const fields = new FormData(form);
  fields.delete("csrfmiddlewaretoken");
  return fields;
}

function restore(form, kept) {
  if (!kept) return false;
  const values = new URLSearchParams(kept);
  for (const field of form.elements) {
    if (!field.name || field.name === "csrfmiddlewaretoken") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.getAll(field.name).includes(field.value);
    else if (values.has(field.name)) field.value = values.get(field.name);
  }
  return true;
}

// 1 to 9 give the level with that number, in the reader.
function digits(scope) {
  const form = scope.querySelector("form[data-kept^='rate:']");
  if (!form) return;
  scope.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || !isShortcut(event)) return;
    const level = form.querySelector(`[name=value][value="${event.key}"]`);
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    level.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
