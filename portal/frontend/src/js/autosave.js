// Saves what is typed a moment after the last key, and says so in words. Without it nothing is lost: each button saves.
// Each save follows a version, so that one that is late can never put back older words over newer ones.
const PAUSE = 1500;
const AGAIN = 10000;

export function start(scope) {
  for (const form of scope.querySelectorAll("form[data-autosave]")) {
    watch(form);
  }
}

function watch(form) {
  const words = form.querySelector("[data-save-state]");
  let timer = 0;
  let running = false;
  let again = false;

  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || timer === -1) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    timer = -1;
  });

  // A page that comes back whole by "back" is older than what its button saved.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  async function save() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: typed(form, words?.dataset.version), headers: { Accept: "application/json" } });
      const { message, version } = await answer.json();
      if (version !== undefined && words) words.dataset.version = version;
      tell(message, answer.ok ? "saved" : "failed");
    } catch {
      tell(words?.dataset.lost ?? "", "failed");
      if (timer !== -1) timer = window.setTimeout(save, AGAIN);
    }
    running = false;
    if (again) {
      again = false;
      save();
    }
  }

  function tell(message, state) {
    if (!words) return;
    words.dataset.state = state;
    words.textContent = message;
  }
}

function typed(form, version) {
  const data = new FormData(form);
  for (const [name, value] of [...data.entries()]) {
    if (value instanceof File) data.delete(name);
  }
  if (version) data.set("version", version);
  return new URLSearchParams(data);
}
