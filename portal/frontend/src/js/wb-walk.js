// j or right for the next application, k or left for the one before; never while somebody types.
const KEYS = { j: "next", ArrowRight: "next", k: "previous", ArrowLeft: "previous" };

export function start(scope) {
  const way = scope.querySelector("[data-walk]");
  if (!way) return;
  scope.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable], [role=textbox]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const link = way.querySelector(`[data-walk-${KEYS[event.key]}]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
}
