"""One of several, and several of several; with "other" where the question allows it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruitment.questions.fields import OpenChoice, OpenChoices, OpenText
from recruitment.questions.interface import (
    OTHER_MAX_LENGTH,
    Kind,
    Narrowing,
    missing,
    require_options,
    require_text,
    submitted,
    submitted_list,
)
from recruitment.questions.specification import OTHER, QuestionSpec, in_language, label_of, speaking


class _Choosing(Kind):
    """What one and several have in common. A choice is an option's code, or `{"other": "own words"}`."""

    def other_field(self, spec: QuestionSpec) -> str:
        """The text field that belongs to "other"."""
        return f"{self.first_field(spec)}__{OTHER}"

    def _choices(self, spec: QuestionSpec) -> list[tuple[str, str]]:
        options = [(option.code, in_language(option.label)) for option in spec.options]
        return [*options, (OTHER, _("Other"))] if spec.allow_other else options

    def _with_other(self, spec: QuestionSpec, field: forms.Field) -> dict[str, forms.Field]:
        fields = {self.first_field(spec): field}
        if spec.allow_other:
            fields[self.other_field(spec)] = OpenText(label=_("If other, which?"), required=False)
        return fields

    def _choice_sent(self, spec: QuestionSpec, sent: str, data: Mapping[str, Any]) -> Any:
        if sent != OTHER or not spec.allow_other:
            return sent
        words = submitted(data, self.other_field(spec))
        try:
            self._require_own_words(spec, words)
        except ValidationError as fault:
            raise ValidationError({self.other_field(spec): fault.error_list}) from None
        return {OTHER: words}

    def _validate_choice(self, spec: QuestionSpec, choice: Any) -> None:
        if spec.allow_other and isinstance(choice, dict) and set(choice) == {OTHER}:
            self._require_own_words(spec, choice[OTHER])
        elif not isinstance(choice, str) or choice not in spec.codes:
            raise ValidationError(_("Choose among the options shown."), code="not_an_option")

    @staticmethod
    def _require_own_words(spec: QuestionSpec, words: Any) -> None:
        if isinstance(words, str) and not words.strip():
            raise missing(_("Write what you mean by other."))
        require_text(words, spec.max_length or OTHER_MAX_LENGTH)

    def _sent_for(self, choice: Any) -> str:
        return OTHER if isinstance(choice, dict) else choice

    def _words_for(self, spec: QuestionSpec, choice: Any, language: str | None) -> str:
        if not isinstance(choice, dict):
            return label_of(spec.options, choice, language)
        with speaking(language):
            return _("Other: %(words)s") % {"words": choice[OTHER]}

    def narrowings(self, spec: QuestionSpec) -> list[Narrowing]:
        """An option chosen, alone or among others: JSON containment holds for both."""
        return [
            Narrowing(option.code, in_language(option.label), Q(value__contains=self._as_kept(option.code)))
            for option in spec.options
        ]

    def _as_kept(self, code: str) -> Any:
        return code

    def check_spec(self, spec: QuestionSpec) -> None:
        super().check_spec(spec)
        require_options(spec, 1 if spec.allow_other else 2)


class Single(_Choosing):
    """A value is one choice."""

    code = "SINGLE"
    name = gettext_lazy("One answer")

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        field = OpenChoice(
            label=in_language(spec.text),
            help_text=in_language(spec.help),
            choices=self._choices(spec),
            widget=forms.RadioSelect,
            required=False,
        )
        return self._with_other(spec, field)

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        words = {self.other_field(spec): value[OTHER]} if isinstance(value, dict) else {}
        return {self.first_field(spec): self._sent_for(value)} | words

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> Any:
        sent = submitted(data, self.first_field(spec))
        return self._choice_sent(spec, sent, data) if sent else None

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is not None:
            self._validate_choice(spec, value)
        elif spec.required:
            raise missing(_("Choose one of the answers."))

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> str:
        return "" if value is None else self._words_for(spec, value, language)


class Multiple(_Choosing):
    """A value is a list of choices in the order of the options, "other" last, each once, never empty."""

    code = "MULTIPLE"
    name = gettext_lazy("Several answers")

    def _as_kept(self, code: str) -> Any:
        return [code]

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        field = OpenChoices(
            label=in_language(spec.text),
            help_text=in_language(spec.help),
            choices=self._choices(spec),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        return self._with_other(spec, field)

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        if value is None:
            return {}
        words = {self.other_field(spec): choice[OTHER] for choice in value if isinstance(choice, dict)}
        return {self.first_field(spec): [self._sent_for(choice) for choice in value]} | words

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> list[Any] | None:
        sent = dict.fromkeys(filter(None, submitted_list(data, self.first_field(spec))))
        known = [code for code in (*spec.codes, OTHER) if code in sent]
        unknown = [code for code in sent if code not in known]
        return [self._choice_sent(spec, code, data) for code in known + unknown] or None

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is None:
            if spec.required:
                raise missing(_("Choose at least one of the answers."))
            return
        if not isinstance(value, list) or not value:
            raise ValidationError(_("The answer must be a list of choices."), code="not_a_list")
        for choice in value:
            self._validate_choice(spec, choice)
        self._require_order(spec, [self._sent_for(choice) for choice in value])
        self._require_number(spec, len(value))

    @staticmethod
    def _require_order(spec: QuestionSpec, sent: list[str]) -> None:
        if sent != [code for code in (*spec.codes, OTHER) if code in sent]:
            raise ValidationError(_("Each choice may stand once, in the order of the options."), code="not_in_order")

    @staticmethod
    def _require_number(spec: QuestionSpec, number: int) -> None:
        if spec.min_choices and number < spec.min_choices:
            message = ngettext(
                "Choose at least %(limit)d answer.", "Choose at least %(limit)d answers.", spec.min_choices
            )
            raise ValidationError(message, code="too_few", params={"limit": spec.min_choices})
        if spec.max_choices and number > spec.max_choices:
            message = ngettext(
                "Choose at most %(limit)d answer.", "Choose at most %(limit)d answers.", spec.max_choices
            )
            raise ValidationError(message, code="too_many", params={"limit": spec.max_choices})

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> list[str]:
        return [self._words_for(spec, choice, language) for choice in value or []]

    def check_spec(self, spec: QuestionSpec) -> None:
        super().check_spec(spec)
        most = len(spec.options) + spec.allow_other
        if not 0 <= (spec.min_choices or 0) <= (spec.max_choices or most) <= most:
            raise ValidationError(
                _("The smallest and largest number of answers do not fit the options."), code="bad_limits"
            )
