"""Yes or no, and free text."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.questions.fields import OpenChoice, OpenText
from recruitment.questions.interface import DEFAULT_MAX_LENGTH, Kind, Narrowing, missing, require_text, submitted
from recruitment.questions.specification import QuestionSpec, in_language, speaking

LONG_ANSWER_ROWS = 6


class YesNo(Kind):
    """A value is true or false."""

    code = "YES_NO"
    answers_yes_or_no = True
    name = gettext_lazy("Yes or no")

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        field = OpenChoice(
            label=in_language(spec.text),
            help_text=in_language(spec.help),
            choices=[("yes", _("Yes")), ("no", _("No"))],
            widget=forms.RadioSelect,
            required=False,
        )
        return {self.first_field(spec): field}

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        return {} if value is None else {self.first_field(spec): "yes" if value else "no"}

    def narrowings(self, spec: QuestionSpec) -> list[Narrowing]:
        """Those who said yes, and those who said no."""
        return [Narrowing("yes", _("Yes"), Q(value=True)), Narrowing("no", _("No"), Q(value=False))]

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> bool | None:
        raw = submitted(data, self.first_field(spec))
        if raw not in {"yes", "no", ""}:
            raise ValidationError({self.first_field(spec): self._neither()})
        return None if raw == "" else raw == "yes"

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is None:
            if spec.required:
                raise missing(_("Choose yes or no."))
        elif not isinstance(value, bool):
            raise self._neither()

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> str:
        if value is None:
            return ""
        with speaking(language):
            return _("Yes") if value else _("No")

    @staticmethod
    def _neither() -> ValidationError:
        return ValidationError(_("The answer must be yes or no."), code="not_yes_or_no")


class FreeText(Kind):
    """A value is a string, lines ended by a newline alone, counted as the writer counts it."""

    code = "FREE_TEXT"
    name = gettext_lazy("Free text")

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        field = OpenText(
            label=in_language(spec.text),
            help_text=in_language(spec.help),
            widget=forms.Textarea(attrs={"rows": LONG_ANSWER_ROWS, "data-max-length": self.limit(spec)}),
            required=False,
        )
        return {self.first_field(spec): field}

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        return {} if value is None else {self.first_field(spec): value}

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> str | None:
        return submitted(data, self.first_field(spec)).replace("\r\n", "\n").replace("\r", "\n") or None

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is not None:
            require_text(value, self.limit(spec))
        elif spec.required:
            raise missing(_("Write an answer."))

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> str:
        return value or ""

    @staticmethod
    def limit(spec: QuestionSpec) -> int:
        """Characters at most."""
        return spec.max_length or DEFAULT_MAX_LENGTH
