"""The forms of a case: the short one that makes it and the full one that changes it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.workbench.fields import Addresses, Colleague, DayInput, Days, Deadline
from recruitment import clock
from recruitment.access.decide import institutions_of, visible
from recruitment.access.permissions import Permission
from recruitment.access.queries import casework_colleagues, colleagues
from recruitment.cases.actions import FRAME, ContactLine
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution, OrganisationalUnit, Workplace
from recruitment.people.actor import Actor

WEEKS_TO_DEADLINE = dt.timedelta(days=21)
FRAME_FIELDS = {
    "title": gettext_lazy("Job title"),
    "title_en": gettext_lazy("Job title in English"),
    "positions_count": gettext_lazy("Positions"),
    "position_category": gettext_lazy("Field of work"),
    "working_time": gettext_lazy("Working time"),
    "weekly_hours_min": gettext_lazy("Weekly hours, at least"),
    "weekly_hours_max": gettext_lazy("Weekly hours"),
    "employment_duration": gettext_lazy("Employment"),
    "duration_until": gettext_lazy("Until"),
    "start_date": gettext_lazy("Start date"),
    "start_asap": gettext_lazy("Start as soon as possible"),
    "workplaces": gettext_lazy("Workplace"),
    "collective_agreements": gettext_lazy("Collective agreement"),
    "employment_area": gettext_lazy("Area of employment"),
    "pay_placement_text": gettext_lazy("Pay and grading"),
    "postal_application_address": gettext_lazy("Address for applications on paper"),
}
HELP = {
    "weekly_hours_max": gettext_lazy("37 is full time. A student helper has 15 at the most times."),
    "employment_area": gettext_lazy(
        "Which offices the person may be moved to, for example the institution with its units."
    ),
    "postal_application_address": gettext_lazy("Nobody may be forced to apply online, so every ad names it."),
    "duration_until": gettext_lazy("Only where the employment ends."),
    "position_category": gettext_lazy("Readers filter the list of jobs by it."),
}


class CaseFields(forms.ModelForm):
    """What both forms have: the frame, the deadline and who can be chosen."""

    deadline = Deadline(
        required=False, label=gettext_lazy("Application deadline"),
        help_text=gettext_lazy("Date and time in Copenhagen. Applications are taken until that minute has ended."),
    )  # fmt: skip
    short_period_reason = forms.CharField(
        required=False, label=gettext_lazy("Why the period is short"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only where the ad is out for less than 14 days."),
    )  # fmt: skip

    class Meta:
        model = RecruitmentCase
        fields = list(FRAME_FIELDS)
        labels = FRAME_FIELDS
        help_texts = HELP
        widgets = {
            "start_date": DayInput(), "duration_until": DayInput(),
            "pay_placement_text": forms.Textarea(attrs={"rows": 2}),
            "workplaces": forms.CheckboxSelectMultiple, "collective_agreements": forms.CheckboxSelectMultiple,
        }  # fmt: skip

    def narrow_choices(self, institutions: Any) -> None:
        """Only the institution's own workplaces, and the codes of the right list."""
        self.fields["workplaces"].queryset = Workplace.objects.filter(institution__in=institutions)
        for field, scheme in (
            ("position_category", "POSITION_CATEGORY"),
            ("collective_agreements", "COLLECTIVE_AGREEMENT"),
        ):
            self.fields[field].queryset = Classification.objects.filter(scheme=scheme)

    def clean(self) -> dict[str, Any]:
        """One number of hours stands for both ends."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("weekly_hours_min"):
            cleaned["weekly_hours_min"] = cleaned.get("weekly_hours_max")
        least, most = cleaned.get("weekly_hours_min"), cleaned.get("weekly_hours_max")
        if least and most and least > most:
            self.add_error("weekly_hours_min", _("At least cannot be more than the weekly hours."))
        return cleaned

    def frame(self) -> dict[str, Any]:
        """The typed fields of the case."""
        wanted = (*FRAME, "workplaces", "collective_agreements")
        return {name: self.cleaned_data[name] for name in wanted if name in self.cleaned_data}


class NewCaseForm(CaseFields):
    """A case in one page: what is not asked here has a sensible default."""

    unit = forms.ModelChoiceField(
        queryset=OrganisationalUnit.objects.none(), label=gettext_lazy("Unit"), empty_label=None
    )
    hiring_manager = Colleague(required=False, label=gettext_lazy("Hiring manager"))
    manager_email = forms.EmailField(
        required=False, label=gettext_lazy("… or invite one by e-mail"),
        help_text=gettext_lazy("For a manager who is not on the list yet."),
    )  # fmt: skip
    members = Addresses(
        required=False,
        label=gettext_lazy("Hiring committee"),
        help_text=gettext_lazy("E-mail addresses, one a line. More can be added later."),
    )
    tasks = forms.CharField(
        required=False, label=gettext_lazy("Tasks, one a line"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The start of the job profile; two or three are enough to begin with."),
    )  # fmt: skip
    competences = forms.CharField(
        required=False, label=gettext_lazy("Requirements, one a line"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("What the applicant must be able to do. Questions in the form hang on them."),
    )  # fmt: skip

    field_order = ("title", "unit", "positions_count", "position_category")

    class Meta(CaseFields.Meta):
        fields = [name for name in FRAME_FIELDS if name not in {"title_en", "weekly_hours_min"}]

    def __init__(self, actor: Actor, *args: Any, **kwargs: Any) -> None:
        units = visible(
            actor, Permission.CASE_CREATE, OrganisationalUnit.objects.filter(active=True, is_case_creation_allowed=True)
        )
        first = units.order_by("path").first()
        kwargs["initial"] = {**usual_values(first), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        institutions = institutions_of(actor, Permission.CASE_CREATE)
        self.fields["unit"].queryset = units.order_by("path")
        self.fields["hiring_manager"].queryset = colleagues(institutions)
        self.narrow_choices(institutions)

    def clean(self) -> dict[str, Any]:
        """One manager, not two."""
        cleaned = super().clean()
        if cleaned.get("hiring_manager") and cleaned.get("manager_email"):
            self.add_error("manager_email", _("Choose a manager from the list, or invite one: not both."))
        return cleaned


def usual_values(unit: OrganisationalUnit | None) -> dict[str, Any]:
    """What most cases of the institution have, so that it need not be typed."""
    if unit is None:
        return {}
    institution: Institution = unit.institution
    end = (clock.now() + WEEKS_TO_DEADLINE).astimezone(clock.COPENHAGEN).replace(hour=23, minute=59)
    workplaces = list(Workplace.objects.filter(institution=institution)[:2])
    with override(institution.default_language):
        pay = _("Pay and terms follow the collective agreement.")
        area = _("%s with its units") % institution.name
    return {
        "unit": unit, "deadline": clock.end_of_minute(end), "positions_count": 1, "weekly_hours_max": 37,
        "start_asap": True, "employment_area": area, "pay_placement_text": pay,
        "postal_application_address": paper_address(institution),
        "workplaces": workplaces if len(workplaces) == 1 else [],
    }  # fmt: skip


def paper_address(institution: Institution) -> str:
    """The institution's own address, where there is one."""
    town = f"{institution.postal_code} {institution.city}".strip()
    return (
        ", ".join(part for part in (institution.name, institution.address, town) if part)
        if town or institution.address
        else ""
    )


class EditCaseForm(CaseFields):
    """Everything of the frame."""

    interview_dates = Days(
        required=False,
        label=gettext_lazy("Interview dates"),
        help_text=gettext_lazy("For example 10-12-2026, 11-12-2026."),
    )
    hiring_manager = Colleague(required=False, label=gettext_lazy("Hiring manager"))
    hr_responsible = Colleague(required=False, label=gettext_lazy("Responsible in HR"))

    class Meta(CaseFields.Meta):
        fields = [
            *FRAME_FIELDS, "case_type", "language", "employment_basis", "part_time_possible", "part_time_refusal_reason",
            "pay_min", "pay_max", "official_residence_text", "expected_answer_date", "advertising_required",
            "advertising_exemption", "advertising_exemption_reason", "data_class", "records_reference", "committee_reads_at_once", "interview_dates",
        ]  # fmt: skip
        labels = {
            **FRAME_FIELDS, "case_type": gettext_lazy("Type"), "language": gettext_lazy("Language of the case"),
            "employment_basis": gettext_lazy("Ground of the employment"), "data_class": gettext_lazy("Kind of data"),
            "advertising_exemption": gettext_lazy("Why it is not advertised"),
            "advertising_exemption_reason": gettext_lazy("The reason in words"),
        }  # fmt: skip
        widgets = {
            **CaseFields.Meta.widgets, "expected_answer_date": DayInput(),
            "advertising_exemption_reason": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        institution = self.instance.institution_id
        self.narrow_choices([institution])
        self.fields["hiring_manager"].queryset = colleagues([institution])
        self.fields["hr_responsible"].queryset = casework_colleagues([institution])
        round_ = self.instance.rounds.filter(closed_at__isnull=True).first()
        self.initial |= {
            "hiring_manager": self.instance.hiring_manager_id, "hr_responsible": self.instance.hr_responsible_id,
            "deadline": round_.application_deadline if round_ else None,
            "short_period_reason": round_.short_period_reason if round_ else "",
        }  # fmt: skip


class ContactForm(forms.Form):
    """One person applicants may talk to; an empty line is none."""

    name = forms.CharField(required=False, max_length=120, label=gettext_lazy("Name"))
    title = forms.CharField(required=False, max_length=120, label=gettext_lazy("Job title"))
    phone = forms.CharField(required=False, max_length=40, label=gettext_lazy("Telephone"))
    email = forms.EmailField(required=False, label=gettext_lazy("E-mail"))
    publish_in_ad = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Shown in the ad"))

    def clean(self) -> dict[str, Any]:
        """A contact can be reached."""
        cleaned = self.cleaned_data
        if cleaned.get("name") and not (cleaned.get("phone") or cleaned.get("email")) and not self.errors:
            self.add_error("phone", _("Write a telephone number or an e-mail address."))
        if not cleaned.get("name") and (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("name", _("Write the name."))
        return cleaned


ContactFormSet = forms.formset_factory(ContactForm, extra=1, max_num=6, absolute_max=12)


def contact_lines(formset: BaseFormSet) -> list[ContactLine]:
    """The contacts that were typed, in order."""
    return [ContactLine(**line) for form in formset if (line := _filled(form.cleaned_data))]


def _filled(line: Mapping[str, Any]) -> dict[str, Any]:
    return dict(line) if line.get("name") else {}
