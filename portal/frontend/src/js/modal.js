// .fds-modal, opened by [data-module="modal"][data-target="<id>"].

import Modal from "fds/modal";

export function start(scope) {
  for (const modal of scope.querySelectorAll(".fds-modal")) new Modal(modal).init();
}
