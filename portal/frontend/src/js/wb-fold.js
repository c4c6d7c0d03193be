// On a phone the filters are folded away until somebody wants them; filters in force stay in sight.

export function start(scope) {
  if (!window.matchMedia("(max-width: 40rem)").matches) return;
  for (const fold of scope.querySelectorAll("[data-fold='']")) fold.open = false;
}
