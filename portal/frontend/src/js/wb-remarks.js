// While a question is written, the linter's remarks follow; without this they come on saving.
const PAUSE = 600;

export function start(scope) {
  const form = scope.querySelector("form[data-remarks]");
  const place = form?.querySelector("[data-remarks-place]");
  if (!place) return;
  let waiting;
  let asked = 0;
  const ask = async () => {
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.remarks, { method: "POST", body: new FormData(form) });
      const html = await answer.text();
      if (answer.ok && turn === asked) place.innerHTML = html;
    } catch {
      // Away from the network: the remarks come on saving.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
