// .tab-container with two or more .tab-button and .tab-panel.

import Tabs from "fds/tabs";

export function start(scope) {
  for (const container of scope.querySelectorAll(".tab-container")) new Tabs(container).init();
}
