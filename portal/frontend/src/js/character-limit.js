// .form-limit[data-maxlength]: counts what is left, in the words of the page: data-one-left, data-left, data-one-over and
// data-over, each with {value}.

import CharacterLimit from "fds/character-limit";

export function start(scope) {
  for (const field of scope.querySelectorAll(".form-limit[data-maxlength]")) {
    const { oneLeft, left, oneOver, over } = field.dataset;
    new CharacterLimit(field, {
      character_remaining: oneLeft,
      characters_remaining: left,
      character_too_many: oneOver,
      characters_too_many: over,
    }).init();
  }
}
