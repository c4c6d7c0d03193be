// Counts while a worker makes something, and shows the finished page. Without it the page has a link that looks again.
const PAUSE = 2000;

export function start(scope) {
  const place = scope.querySelector("[data-progress]");
  if (!place) return;
  const bar = scope.querySelector("[data-progress-bar]");
  const look = async () => {
    try {
      const answer = await fetch(window.location.href, { headers: { Accept: "application/json" } });
      const { state, done, words } = await answer.json();
      place.textContent = words;
      if (bar) bar.value = done;
      if (state !== "QUEUED" && state !== "WORKING") return window.location.reload();
    } catch {
      // The next look may find it.
    }
    window.setTimeout(look, PAUSE);
  };
  window.setTimeout(look, PAUSE);
}
