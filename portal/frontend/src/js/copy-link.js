// A button that puts an address on the clipboard and says so, for a moment, where screen readers hear it.
const SAID_FOR = 4000;

export function start(scope) {
  for (const button of scope.querySelectorAll("button[data-copy]")) {
    const told = button.parentElement.querySelector("[data-copied]");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
      } catch {
        window.prompt(button.textContent, button.dataset.copy); // no clipboard without https: let the reader copy
        return;
      }
      told.textContent = told.dataset.copied;
      setTimeout(() => (told.textContent = ""), SAID_FOR);
    });
  }
}
