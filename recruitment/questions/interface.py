"""What every kind of question promises. Nobody else in the house asks which kind a question is."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.questions.specification import OTHER, QuestionSpec, in_language

DEFAULT_MAX_LENGTH = 2000  # characters of a free text
OTHER_MAX_LENGTH = 200
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,49}", re.IGNORECASE)
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


@dataclass(frozen=True)
class Narrowing:
    """One thing to narrow a list by: its code in an address, its words, and the condition on an answer's `value`."""

    code: str
    label: str
    condition: Q


class Kind(ABC):
    """A kind of question: how it is asked, read, checked and shown.

    A value is plain JSON; None means not answered. `parse` and `initial` are each other's opposite: a value that
    `validate_value` passes survives the form, apart from blanks around text. No method changes anything, and an answer never rejects anybody (INV-25).
    """

    code: ClassVar[str]
    name: ClassVar[str | Promise]  # for those who build forms
    answers_yes_or_no: ClassVar[bool] = False

    @abstractmethod
    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        """Field names and fields in the active language, in order; they work without JavaScript.

        The fields themselves refuse nothing: `parse` does, with words of its own.
        """

    @abstractmethod
    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        """What the fields hold for a stored value. Empty for None."""

    @abstractmethod
    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        """Refuse a value that arrived as JSON. Raises ValidationError with a code, for whatever JSON there is."""

    @abstractmethod
    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> str | list[str]:
        """Words for a reader, one line or a list of them; empty for None. Codes that no option has any longer stand as they are."""

    @abstractmethod
    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> Any:
        """The value in the submitted fields, None when nothing was filled in. Raises ValidationError keyed by field name."""

    def parse(self, spec: QuestionSpec, data: Mapping[str, Any]) -> Any:
        """The value in submitted form data (a QueryDict, or a dict of strings and lists).

        Raises ValidationError with `error_dict` keyed by names of `form_fields`, so that `form.add_error(None, error)` puts
        each message where it belongs.
        """
        value = self._read(spec, data)
        try:
            self.validate_value(spec, value)
        except ValidationError as fault:
            raise ValidationError({self.first_field(spec): fault.error_list}) from None
        return value

    def export(self, spec: QuestionSpec, value: Any, language: str | None = None) -> str:
        """One cell of a sheet. Whoever writes the sheet guards it against formulas, as for every text."""
        shown = self.show(spec, value, language)
        return shown if isinstance(shown, str) else "; ".join(shown)

    def check_spec(self, spec: QuestionSpec) -> None:
        """Refuse a question that cannot be asked. Raises ValidationError, for the form editor to show."""
        if not _CODE.fullmatch(spec.key):
            raise ValidationError(
                _("The question's key may only hold letters, digits, hyphens and underscores."), code="bad_key"
            )
        if not in_language(spec.text).strip():
            raise ValidationError(_("Write the question."), code="text_missing")
        if (spec.max_length or 1) < 0:
            raise ValidationError(_("The longest answer must be at least one character."), code="bad_limits")

    def narrowings(self, spec: QuestionSpec) -> list[Narrowing]:
        """What a list of applicants can be narrowed by; nothing for answers that must be read."""
        return []

    def heading(self, spec: QuestionSpec) -> str:
        """The question, where the fields are named by their options and it must stand above them; else empty."""
        return ""

    def first_field(self, spec: QuestionSpec) -> str:
        """Where a message about the whole question stands."""
        return f"q_{spec.key}"


def missing(message: str) -> ValidationError:
    """The answer is not there."""
    return ValidationError(message, code="missing")


def submitted(data: Mapping[str, Any], name: str) -> str:
    """One field's text, blanks around it removed; empty when it was not sent."""
    values = submitted_list(data, name)
    return values[-1].strip() if values else ""


def submitted_list(data: Mapping[str, Any], name: str) -> list[str]:
    """All of a field's values, from a QueryDict or a plain dict."""
    found = data.getlist(name) if hasattr(data, "getlist") else data.get(name)
    if found is None:
        return []
    return [str(each) for each in (found if isinstance(found, list | tuple) else [found])]


def require_text(words: Any, limit: int) -> None:
    """A string with something in it, short enough, without signs that cannot be stored. Raises ValidationError."""
    if not isinstance(words, str):
        raise ValidationError(_("The answer must be text."), code="not_text")
    if _UNSTORABLE.search(words):
        raise ValidationError(
            _("The answer has signs that cannot be stored. Remove them, or write the text again."), code="bad_signs"
        )
    if not words.strip():
        raise missing(_("Write an answer."))
    if len(words) > limit:
        raise ValidationError(
            ngettext(
                "The answer has %(count)d characters. Shorten it to at most %(limit)d character.",
                "The answer has %(count)d characters. Shorten it to at most %(limit)d characters.",
                limit,
            ),
            code="too_long",
            params={"count": len(words), "limit": limit},
        )


def require_options(spec: QuestionSpec, at_least: int) -> None:
    """Enough options, each with its own usable code and a label. Raises ValidationError."""
    if len(spec.options) < at_least:
        raise ValidationError(
            _("Give at least %(number)d options."), code="too_few_options", params={"number": at_least}
        )
    require_codes([*spec.codes])
    if any(not in_language(option.label).strip() for option in spec.options):
        raise ValidationError(_("Every option needs a text."), code="label_missing")


def require_codes(codes: list[str]) -> None:
    """Usable, different, and none that means "other". Raises ValidationError."""
    if any(not _CODE.fullmatch(code) or code == OTHER for code in codes):
        raise ValidationError(
            _("An option's code may only hold letters, digits, hyphens and underscores."), code="bad_code"
        )
    if len(set(codes)) < len(codes):
        raise ValidationError(_("Two options have the same code."), code="same_code")
