// A palette of merge fields: a press puts the field where one was writing. Without it the fields are typed.

export function start(scope) {
  const palette = scope.querySelector("[data-palette]");
  if (!palette) return;
  const places = scope.querySelectorAll("[data-palette-place]");
  let place = places[1] ?? places[0];
  for (const each of places) each.addEventListener("focus", () => (place = each));
  palette.addEventListener("click", (event) => {
    const button = event.target.closest("[data-field]");
    if (!button || !place) return;
    place.focus();
    place.setRangeText(button.dataset.field, place.selectionStart, place.selectionEnd, "end");
    place.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
