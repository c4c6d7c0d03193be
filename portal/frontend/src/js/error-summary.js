// [data-module="error-summary"]: takes focus when the page opens; its links lead to the label, not only to the field.

import ErrorSummary from "fds/error-summary";

export function start(scope) {
  for (const summary of scope.querySelectorAll('[data-module="error-summary"]')) {
    summary.tabIndex = -1;
    new ErrorSummary(summary).init();
  }
}
