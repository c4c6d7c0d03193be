"""Things put in order, and things graded one by one: a field per option, so that neither needs a mouse or JavaScript."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.questions.fields import OpenChoice
from recruitment.questions.interface import Kind, Narrowing, missing, require_codes, require_options, submitted
from recruitment.questions.specification import QuestionSpec, in_language, label_of


class _PerOption(Kind):
    """What both have in common: a field for each option."""

    def field_of(self, spec: QuestionSpec, option: str) -> str:
        """The name of the option's own field."""
        return f"q_{spec.key}__{option}"

    def first_field(self, spec: QuestionSpec) -> str:
        return self.field_of(spec, spec.codes[0]) if spec.options else super().first_field(spec)

    def heading(self, spec: QuestionSpec) -> str:
        return in_language(spec.text)

    def _sent(self, spec: QuestionSpec, data: Mapping[str, Any]) -> dict[str, str]:
        return {code: sent for code in spec.codes if (sent := submitted(data, self.field_of(spec, code)))}

    def check_spec(self, spec: QuestionSpec) -> None:
        super().check_spec(spec)
        require_options(spec, self.fewest_options)

    fewest_options = 1


class Prioritised(_PerOption):
    """A value is a list of option codes, the most important first. The fields ask each option for its place."""

    code = "PRIORITISED"
    name = gettext_lazy("Prioritised answers")
    fewest_options = 2

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        places = [("", _("No place"))] + [(str(place), str(place)) for place in range(1, self.most(spec) + 1)]
        return {
            self.field_of(spec, option.code): OpenChoice(
                label=in_language(option.label), choices=places, widget=forms.Select, required=False
            )
            for option in spec.options
        }

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        return {self.field_of(spec, code): str(place) for place, code in enumerate(value or [], start=1)}

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> list[str] | None:
        places = {code: self._place(spec, code, sent) for code, sent in self._sent(spec, data).items()}
        self._require_different_places(spec, places)
        return sorted(places, key=lambda code: places[code]) or None

    def _place(self, spec: QuestionSpec, code: str, sent: str) -> int:
        if sent.isascii() and sent.isdecimal() and len(sent) <= 3 and 1 <= int(sent) <= self.most(spec):
            return int(sent)
        message = _("Give a place from 1 to %(limit)d.")
        fault = ValidationError(message, code="not_a_place", params={"limit": self.most(spec)})
        raise ValidationError({self.field_of(spec, code): fault})

    def _require_different_places(self, spec: QuestionSpec, places: dict[str, int]) -> None:
        taken: dict[int, str] = {}
        for code, place in places.items():
            if place in taken:
                message = _("Two have place %(place)d. Give each a place of its own.")
                fault = ValidationError(message, code="same_place", params={"place": place})
                raise ValidationError({self.field_of(spec, code): fault})
            taken[place] = code

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is None:
            if spec.required:
                raise missing(_("Give the answers a place, 1 for the most important."))
            return
        if not isinstance(value, list) or not all(isinstance(code, str) and code in spec.codes for code in value):
            raise ValidationError(_("Choose among the options shown."), code="not_an_option")
        if len(set(value)) < len(value):
            raise ValidationError(_("Each option may have one place only."), code="same_option")
        if not self.fewest(spec) <= len(value) <= self.most(spec):
            raise self._wrong_number(spec)

    def _wrong_number(self, spec: QuestionSpec) -> ValidationError:
        fewest, most = self.fewest(spec), self.most(spec)
        if fewest == most:
            message = _("Give exactly %(most)d of them a place, from 1 to %(most)d.")
        else:
            message = _("Give at least %(fewest)d and at most %(most)d of them a place.")
        return ValidationError(message, code="wrong_number", params={"fewest": fewest, "most": most})

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> list[str]:
        return [f"{place}. {label_of(spec.options, code, language)}" for place, code in enumerate(value or [], start=1)]

    def narrowings(self, spec: QuestionSpec) -> list[Narrowing]:
        """What stands first."""
        return [
            Narrowing(option.code, f"1. {in_language(option.label)}", Q(value__0=option.code))
            for option in spec.options
        ]

    @staticmethod
    def most(spec: QuestionSpec) -> int:
        """How many may have a place."""
        return spec.max_choices or len(spec.options)

    def fewest(self, spec: QuestionSpec) -> int:
        """How many must have a place once the question is answered."""
        return spec.min_choices or self.most(spec)

    def check_spec(self, spec: QuestionSpec) -> None:
        super().check_spec(spec)
        if not 1 <= self.fewest(spec) <= self.most(spec) <= len(spec.options):
            raise ValidationError(
                _("The smallest and largest number of answers do not fit the options."), code="bad_limits"
            )


class Classified(_PerOption):
    """A value maps each row (option code) to its grade (code of the scale). Once answered, every row has one."""

    code = "CLASSIFIED"
    name = gettext_lazy("Classified answers (rows and grades)")

    def form_fields(self, spec: QuestionSpec) -> dict[str, forms.Field]:
        grades = [(grade.code, in_language(grade.label)) for grade in spec.scale]
        return {
            self.field_of(spec, option.code): OpenChoice(
                label=in_language(option.label), choices=grades, widget=forms.RadioSelect, required=False
            )
            for option in spec.options
        }

    def initial(self, spec: QuestionSpec, value: Any) -> dict[str, Any]:
        return {self.field_of(spec, row): grade for row, grade in (value or {}).items()}

    def _read(self, spec: QuestionSpec, data: Mapping[str, Any]) -> dict[str, str] | None:
        """A row left open gets its own message, as soon as any row has a grade."""
        sent = self._sent(spec, data)
        if not sent:
            return None
        faults = {self.field_of(spec, row): self._fault(spec, sent.get(row)) for row in spec.codes}
        if found := {name: fault for name, fault in faults.items() if fault}:
            raise ValidationError(found)
        return sent

    def _fault(self, spec: QuestionSpec, grade: str | None) -> ValidationError | None:
        if grade is None:
            return missing(_("Choose a grade for this row."))
        return (
            None if grade in spec.grades else ValidationError(_("Choose among the grades shown."), code="not_a_grade")
        )

    def validate_value(self, spec: QuestionSpec, value: Any) -> None:
        if value is None:
            if spec.required:
                raise missing(_("Choose a grade for every row."))
            return
        if not isinstance(value, dict) or not set(value) <= set(spec.codes):
            raise ValidationError(_("Choose among the options shown."), code="not_an_option")
        if set(value) != set(spec.codes):
            raise missing(_("Choose a grade for every row."))
        if not all(isinstance(grade, str) and grade in spec.grades for grade in value.values()):
            raise ValidationError(_("Choose among the grades shown."), code="not_a_grade")

    def show(self, spec: QuestionSpec, value: Any, language: str | None = None) -> list[str]:
        graded = value or {}
        rows = [row for row in spec.codes if row in graded] + [row for row in graded if row not in spec.codes]
        return [
            f"{label_of(spec.options, row, language)}: {label_of(spec.scale, graded[row], language)}" for row in rows
        ]

    def narrowings(self, spec: QuestionSpec) -> list[Narrowing]:
        """A row with its grade."""
        return [
            Narrowing(
                f"{option.code}:{grade.code}", f"{in_language(option.label)}: {in_language(grade.label)}",
                Q(value__contains={option.code: grade.code}),
            )
            for option in spec.options
            for grade in spec.scale
        ]  # fmt: skip

    def check_spec(self, spec: QuestionSpec) -> None:
        super().check_spec(spec)
        if len(spec.scale) < 2:
            raise ValidationError(_("Give the scale at least two grades."), code="too_few_grades")
        require_codes([*spec.grades])
        if any(not in_language(grade.label).strip() for grade in spec.scale):
            raise ValidationError(_("Every option needs a text."), code="label_missing")
