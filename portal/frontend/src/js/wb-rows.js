// The candidate list by keyboard: j and k go down and up, o opens, x chooses, 1 to 9 rate. The focus is on the name, as Tab would set it.
import { isShortcut } from "./wb-keys.js";

export function start(scope) {
  const table = scope.querySelector("[data-candidates]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].filter((row) => row.querySelector("th a"));
  const deeds = {
    j: (here) => step(rows, here, 1),
    k: (here) => step(rows, here, -1),
    o: (here) => rows[here]?.querySelector("th a").click(),
    x: (here) => rows[here]?.querySelector("[name=only]")?.click(),
  };
  scope.addEventListener("keydown", (event) => {
    const deed = deeds[event.key] ?? (/^[1-9]$/.test(event.key) ? (here) => rate(scope, rows[here], event.key) : undefined);
    if (!deed || !isShortcut(event)) return;
    event.preventDefault();
    deed(rows.indexOf(event.target.closest?.("tr")));
  });
  count(scope, table);
}

function step(rows, here, by) {
  const next = here < 0 ? 0 : Math.min(Math.max(here + by, 0), rows.length - 1);
  rows[next]?.querySelector("th a").focus();
}

async function rate(scope, row, value) {
  const form = scope.querySelector("[data-rating-form]");
  const cell = row?.querySelector("[data-own]");
  if (!form || !row) return;
  const place = scope.querySelector("[data-rated]");
  const body = new URLSearchParams(new FormData(form));
  body.set("value", value);
  try {
    const answer = await fetch(row.dataset.rate, { method: "POST", body, headers: { Accept: "application/json" } });
    const { saved, message, left } = await answer.json();
    place.textContent = saved ? `${message} ${left}` : message;
    const chip = form.querySelector(`[data-chip="${value}"]`);
    if (cell && saved && chip) cell.replaceChildren(...chip.cloneNode(true).childNodes);
    else if (cell) cell.textContent = "!";
  } catch {
    place.textContent = form.dataset.failed;
    if (cell) cell.textContent = "!";
  }
}

function count(scope, table) {
  const form = scope.querySelector("[data-choose]");
  if (!form) return;
  const place = form.querySelector("[data-choose-count]");
  const buttons = form.querySelectorAll("button");
  const say = () => {
    const chosen = table.querySelectorAll("[name=only]:checked").length;
    const { none, one, more } = form.dataset;
    place.textContent = chosen > 1 ? more.replace("{n}", chosen) : chosen ? one : none;
    for (const button of buttons) button.disabled = !chosen;
  };
  table.addEventListener("change", say);
  say();
}
