"""The six kinds of screening question (guide p. 15), and the one way to get hold of one.

A new kind is one class and one line here; nothing else in the house asks which kind a question is.
"""

from recruitment.questions.choices import Multiple, Single
from recruitment.questions.interface import Kind
from recruitment.questions.rows import Classified, Prioritised
from recruitment.questions.specification import Option, QuestionSpec, Words, in_language
from recruitment.questions.words import FreeText, YesNo

__all__ = ["KINDS", "Kind", "Option", "QuestionSpec", "Words", "in_language", "kind_choices", "kind_of"]

KINDS: dict[str, Kind] = {
    kind.code: kind for kind in (YesNo(), FreeText(), Single(), Multiple(), Prioritised(), Classified())
}


def kind_of(code: str) -> Kind:
    """The kind with that code. Raises KeyError for a code no kind has."""
    return KINDS[code]


def kind_choices() -> list[tuple[str, str]]:
    """Codes and names of the kinds, for a model field or a form editor."""
    return [(kind.code, kind.name) for kind in KINDS.values()]  # type: ignore[misc]
