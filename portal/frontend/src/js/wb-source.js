// Numbers the lines of a field for code, and marks those that the errors above it name.

function named(field) {
  const panel = field.closest(".w-panel, .w-field__wrapper, [data-field-wrapper]") ?? field.parentElement;
  const errors = panel.querySelectorAll(".error-message");
  return new Set([...errors].flatMap((error) => (error.textContent.match(/\d+/) ?? []).map(Number)));
}

function number(field, gutter) {
  const wrong = named(field);
  const lines = field.value.split("\n").length;
  if (gutter.childElementCount === lines) return;
  gutter.replaceChildren(
    ...Array.from({ length: lines }, (_, at) => {
      const line = document.createElement("span");
      line.textContent = at + 1;
      line.classList.toggle("wrong", wrong.has(at + 1));
      return line;
    }),
  );
}

export function start(scope) {
  for (const field of scope.querySelectorAll("textarea[data-source]")) {
    const frame = document.createElement("div");
    const gutter = document.createElement("div");
    frame.className = "source-frame";
    gutter.className = "source-frame__lines";
    gutter.setAttribute("aria-hidden", "true");
    field.before(frame);
    frame.append(gutter, field);
    field.addEventListener("input", () => number(field, gutter));
    field.addEventListener("scroll", () => (gutter.scrollTop = field.scrollTop));
    number(field, gutter);
  }
}
