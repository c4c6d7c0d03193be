// Questions can be dragged to another place; the buttons beside them do the same without a mouse.

export function start(scope) {
  const list = scope.querySelector("[data-order]");
  if (!list) return;
  let dragged;
  for (const item of list.children) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      item.classList.add("workbench-dragged");
    });
    item.addEventListener("dragend", () => {
      item.classList.remove("workbench-dragged");
      mark(list);
      dragged = undefined;
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      mark(list, item);
    });
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      if (dragged && dragged !== item) move(dragged, place(item) - place(dragged));
    });
  }
}

const place = (item) => [...item.parentElement.children].indexOf(item);

function mark(list, target) {
  for (const item of list.children) item.classList.toggle("workbench-drop", item === target);
}

function move(item, step) {
  const form = item.querySelector("[data-move]");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "step", value: step });
  form.append(field);
  form.submit();
}
