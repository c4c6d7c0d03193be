// Starts every module that finds its mark-up. A module is a file with `start(scope)`; none of them is needed to apply.

import { start as autosave } from "./autosave.js";
import { start as countCharacters } from "./character-limit.js";
import { start as copyLinks } from "./copy-link.js";
import { start as focusErrors } from "./error-summary.js";
import { start as openModals } from "./modal.js";
import { start as print } from "./print.js";
import { start as nameCells } from "./responsive-table.js";
import { start as seen } from "./seen.js";
import { start as switchTabs } from "./tabs.js";
import { start as toggleContent } from "./toggle-content.js";

const MODULES = [
  focusErrors, countCharacters, toggleContent, openModals, nameCells, switchTabs, autosave, print, copyLinks, seen,
];

export function startAll(scope) {
  for (const start of MODULES) start(scope);
}

document.documentElement.classList.add("js");
startAll(document);
// A fragment that arrives later says so: element.dispatchEvent(new Event("portal:added", { bubbles: true }))
document.addEventListener("portal:added", (event) => startAll(event.target));
