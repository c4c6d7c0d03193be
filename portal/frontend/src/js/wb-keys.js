// Keys of one letter belong to whoever types; they are ours only outside fields and without Ctrl, Alt and the like.
// A ticked box is not typed in: x and j work on from there.
const TYPING = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=textbox]";

export function isShortcut(event) {
  const typing = event.target.closest?.(TYPING);
  return !(typing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);
}
