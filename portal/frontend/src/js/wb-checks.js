// While an ad is written, the remarks on it follow; without this they come on saving. Focus stays where it is.
const PAUSE = 900;

export function start(scope) {
  const panel = scope.querySelector("[data-ad-checks]");
  const form = panel && document.getElementById(panel.dataset.form);
  if (!form) return;
  const place = panel.querySelector("[data-checks-place]");
  const summary = panel.querySelector("[data-checks-summary]");
  const counter = document.querySelector("[data-side-panel-toggle='ad-checks'] [data-side-panel-toggle-counter]");
  let waiting;
  let asked = 0;
  let last = fingerprint(form);

  const show = (told) => {
    counted(counter, told.count);
    if (summary.textContent !== told.summary) summary.textContent = told.summary;
    if (place.querySelector("[data-words]:focus")) return; // somebody types the words of a link
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    place.innerHTML = told.html;
    if (focused) place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  };
  const ask = async () => {
    const now = fingerprint(form);
    if (now === last) return;
    last = now;
    const turn = ++asked;
    try {
      const answer = await fetch(panel.dataset.adChecks, { method: "POST", body: new FormData(form) });
      if (answer.ok && turn === asked) show(await answer.json());
    } catch {
      // Away from the network: the remarks come on saving.
    }
  };
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  };
  for (const what of ["input", "change", "keyup", "click", "paste"]) form.addEventListener(what, soon);
  panel.addEventListener("click", (event) => {
    const wanted = event.target.closest("[data-show]")?.dataset.show;
    if (wanted) reveal(form, wanted);
  });
  counted(counter, place.querySelectorAll("[data-code]").length);
}

function fingerprint(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string")).toString();
}

function counted(counter, count) {
  if (!counter) return;
  counter.textContent = count;
  counter.hidden = !count;
}

// `body/3/items/2` is the fourth block that has not been deleted; `title` a field of the page.
function reveal(form, place) {
  const [field, number] = place.split("/");
  const blocks = [...form.querySelectorAll("[data-streamfield-stream-container] > div > [data-streamfield-child]")].filter(
    (block) => !block.hidden && block.offsetParent !== null,
  );
  const target = number === undefined ? form.querySelector(`#id_${field}`) || blocks[0] : blocks[Number(number)];
  if (!target) return;
  target.scrollIntoView({ block: "center" });
  (target.matches("input, textarea, select") ? target : target.querySelector("[contenteditable=true], textarea, input[type=text]"))?.focus();
}
