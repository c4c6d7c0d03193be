// .js-radio-toggle-group and .js-checkbox-toggle-content: fields that belong to one answer. Without script all are shown.

import CheckboxToggleContent from "fds/checkbox-toggle-content";
import RadioToggleGroup from "fds/radio-toggle-content";

export function start(scope) {
  for (const group of scope.querySelectorAll(".js-radio-toggle-group")) new RadioToggleGroup(group).init();
  for (const box of scope.querySelectorAll(".js-checkbox-toggle-content")) new CheckboxToggleContent(box).init();
}
