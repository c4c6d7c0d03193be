// n or right for the next application, p or left for the one before; never while somebody types.
import { isShortcut } from "./wb-keys.js";

const KEYS = { n: "next", ArrowRight: "next", p: "previous", ArrowLeft: "previous" };

export function start(scope) {
  const way = scope.querySelector("[data-walk]");
  if (!way) return;
  scope.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    const link = way.querySelector(`[data-walk-${KEYS[event.key]}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
