// While a question or a letter is written, what the server says of it follows; without this it comes on saving.
const PAUSE = 600;

export function start(scope) {
  const form = scope.querySelector("form[data-remarks]");
  const place = scope.querySelector("[data-remarks-place]");
  if (!form || !place) return;
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
