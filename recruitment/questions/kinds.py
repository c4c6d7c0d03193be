"""The six kinds of question (guide p. 15): one class each, so that nobody else asks which kind it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Option:
    """An answer one can choose; `label` by language."""

    code: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class QuestionSpec:
    """A question without its row. `text` and `help` by language; limits count characters and choices."""

    key: str
    kind: str
    text: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    required: bool = True
    options: Sequence[Option] = ()
    scale: Sequence[Option] = ()
    allow_other: bool = False
    max_length: int = 1500
    min_choices: int = 0
    max_choices: int = 0


def words(labels: Mapping[str, str]) -> str:
    """The label in the active language, else in the other."""
    language = (translation.get_language() or "da")[:2]
    return labels.get(language) or labels.get("da") or labels.get("en") or ""


class FreeText:
    """An answer in the applicant's own words."""

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        """Name to field; the first field carries the question."""
        return {spec.key: forms.CharField(label=words(spec.text), help_text=words(spec.help), required=False, widget=forms.Textarea(attrs={"rows": 6, "maxlength": spec.max_length}))}

    def parse(self, spec: QuestionSpec, data: Any) -> Any:
        """The answer as a JSON value, None for none; raises ValidationError."""
        value = (data.get(spec.key) or "").strip()
        if not value:
            return missing(spec)
        if len(value) > spec.max_length:
            raise ValidationError(_("Use at most %d characters.") % spec.max_length, code="too_long")
        return value

    def show(self, spec: QuestionSpec, value: Any) -> str:
        """The answer in words."""
        return str(value)


def missing(spec: QuestionSpec) -> None:
    """No answer: fine for a question that may be left, a fault for one that must be answered."""
    if spec.required:
        raise ValidationError(_("Answer the question: %s") % words(spec.text), code="required")


KINDS: dict[str, Any] = {"FREE_TEXT": FreeText()}


def kind_of(code: str) -> Any:
    """The kind with this code."""
    return KINDS[code]
