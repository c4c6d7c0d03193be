// Rows of options: up, down, remove and add without asking the server. Enter in a row goes on to the next.

export function start(scope) {
  for (const box of scope.querySelectorAll("[data-rows]")) rows(box);
}

function rows(box) {
  const list = box.querySelector("ol");
  const blank = box.querySelector("template");
  if (!blank) return;
  const deeds = {
    add: () => {
      list.append(blank.content.cloneNode(true));
      return list.lastElementChild.querySelector("input[type=text]");
    },
    up: (row, button) => (row.previousElementSibling?.before(row), button),
    down: (row, button) => (row.nextElementSibling?.after(row), button),
    remove: (row) => {
      const next = row.nextElementSibling || row.previousElementSibling;
      row.remove();
      return (next || deeds.add().closest("li")).querySelector("input[type=text]");
    },
  };
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-deed]");
    if (!button) return;
    event.preventDefault();
    const focus = deeds[button.dataset.deed](button.closest("li"), button);
    number(list);
    focus?.focus();
    say(box, list, focus?.closest("li"));
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    const next = event.target.closest("li").nextElementSibling;
    (next ? next.querySelector(`[name=${event.target.name}]`) : deeds.add()).focus();
    number(list);
  });
}

function number(list) {
  for (const [place, row] of [...list.children].entries()) {
    for (const part of row.querySelectorAll("[data-numbered]")) {
      part.setAttribute("aria-label", part.dataset.numbered.replace("{n}", place + 1));
    }
  }
}

function say(box, list, row) {
  const place = box.querySelector("[data-rows-said]");
  const all = [...list.children];
  if (row) place.textContent = place.dataset.said.replace("{n}", all.indexOf(row) + 1).replace("{all}", all.length);
}
