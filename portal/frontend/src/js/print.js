// The button that prints the page.
export function start(scope) {
  for (const button of scope.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
}
