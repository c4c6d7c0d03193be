// A read-only address is chosen whole as soon as somebody steps into it.
export function start(scope) {
  for (const field of scope.querySelectorAll("[data-copy]")) {
    field.addEventListener("focus", () => field.select());
  }
}
