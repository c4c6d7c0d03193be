"""A question as a plain value: what every kind is built from, whether it stands in a form, a round or a letter."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

from django.utils.translation import get_language, override

Words = Mapping[str, str]  # language code to words; a missing or empty language falls back to the other

DEFAULT_LANGUAGE = "da"
OTHER = "other"  # the choice that opens a text field; no option may have this code


def in_language(words: Words, language: str | None = None) -> str:
    """The words in that language (or the active one); in another where they are missing; empty where there are none."""
    wanted = (language or get_language() or DEFAULT_LANGUAGE).split("-")[0]
    return words.get(wanted) or words.get(DEFAULT_LANGUAGE) or next((each for each in words.values() if each), "")


def speaking(language: str | None) -> AbstractContextManager[None]:
    """The house's own words in that language; None leaves the active one."""
    return nullcontext() if language is None else override(language)


@dataclass(frozen=True)
class Option:
    """One thing to choose, rank or grade; the code is stored, the label is shown."""

    code: str
    label: Words


@dataclass(frozen=True)
class QuestionSpec:
    """What is asked. `kind` is a code of `kinds.KINDS`; the limits mean something to some kinds only.

    `options`: choices, things to rank, or rows to grade. `scale`: the grades of a CLASSIFIED question, lowest first.
    `max_length`: characters of FREE_TEXT and of the words after "other".
    `min_choices`, `max_choices`: of MULTIPLE; for PRIORITISED how many are ranked (all when neither is given).
    None and 0 both mean no limit.
    """

    key: str
    kind: str
    text: Words
    help: Words = field(default_factory=dict)
    required: bool = True
    options: Sequence[Option] = ()
    scale: Sequence[Option] = ()
    max_length: int | None = None
    min_choices: int | None = None
    max_choices: int | None = None
    allow_other: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    @property
    def grades(self) -> tuple[str, ...]:
        return tuple(grade.code for grade in self.scale)


def label_of(options: Sequence[Option], code: str, language: str | None = None) -> str:
    """The option's label; its code when the option has since been taken away."""
    return next((in_language(option.label, language) for option in options if option.code == code), code)
