// The chair drags ranked applicants to another place; the buttons in the row do the same without a mouse.
export function start(scope) {
  const table = scope.querySelector("[data-rank]");
  if (!table) return;
  const ranked = () => [...table.querySelectorAll("tr[data-ranked]")];
  let dragged;
  for (const row of ranked()) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => {
      dragged = row;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      row.classList.add("workbench-dragged");
    });
    row.addEventListener("dragend", () => {
      row.classList.remove("workbench-dragged");
      dragged = undefined;
    });
    row.addEventListener("dragover", (event) => dragged && event.preventDefault());
    row.addEventListener("drop", (event) => {
      event.preventDefault();
      const rows = ranked();
      if (!dragged || dragged === row) return;
      const field = scope.querySelector("[data-rank-moved]");
      field.disabled = false;
      field.value = `${dragged.dataset.reference}:${rows.indexOf(row) - rows.indexOf(dragged)}`;
      field.form.submit();
    });
  }
}
