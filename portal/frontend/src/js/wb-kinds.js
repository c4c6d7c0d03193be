// While a question is written, only the fields that its kind uses are shown. Without this all are, and the others are ignored.

export function start(scope) {
  const kind = scope.querySelector("form[data-remarks] [name=kind]");
  if (!kind) return;
  const show = () => {
    for (const field of scope.querySelectorAll("[data-for-kinds]")) {
      const place = field.closest("fieldset") || field.closest(".w-field__wrapper");
      place.hidden = !field.dataset.forKinds.split(" ").includes(kind.value);
    }
  };
  kind.addEventListener("change", show);
  show();
}
