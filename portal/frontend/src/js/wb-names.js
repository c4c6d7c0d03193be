// Wagtail's rich-text fields, tags and the points of a list have no name for a screen reader: they get that of their label.

const NAMELESS = [".public-DraftEditor-content", "[data-streamfield-list-container] input[type=text]", ".tagit input"]
  .map((field) => `${field}:not([aria-label])`)
  .join();

export function start(scope) {
  const form = scope.querySelector("#w-editor-form, [data-edit-form], main form:has([data-controller~='w-tag'])");
  if (!form) return;
  const name = () => form.querySelectorAll(NAMELESS).forEach(give);
  new MutationObserver(name).observe(form, { childList: true, subtree: true });
  name();
}

function give(field) {
  if (field.labels?.length) return;
  const words = ownLabel(field) || heading(field);
  if (words) field.setAttribute("aria-label", words);
}

// In a block the label stands in the same content path, in a plain form it points at the hidden field.
function ownLabel(field) {
  const widget = field.closest("[data-draftail-editor-wrapper], .tagit");
  const hidden = widget?.parentElement.querySelector("input[id]");
  const label =
    field.closest("[data-contentpath]")?.querySelector(":scope > .w-field__label") ||
    (hidden && document.querySelector(`label[for="${hidden.id}"]`));
  return label?.textContent.trim();
}

function heading(field) {
  const words = field.closest("section")?.querySelector("[id$='-heading']")?.textContent.trim();
  return words?.split(/\s*(?:\n|\*)/)[0]; // after the name stand the star of "required" and the words typed
}
