// An ad says that it has been shown, so that it is counted though the page comes from a store. No cookie, no name, one number a day.
// The program that prints ads for newspapers is no visitor.

export function start(scope) {
  const shown = scope.querySelector("[data-seen]");
  if (shown && !navigator.userAgent.includes("Opslag-PDF")) navigator.sendBeacon(shown.dataset.seen);
}
