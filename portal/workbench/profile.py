"""The job profile with its requirements."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.cases.adapting import FRAME, SHIPPED, profile_fields_of
from recruitment.cases.chain import no_longer_agrees
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence, CompetenceKind, JobProfile
from recruitment.cases.profiling import edit_profile
from recruitment.organisation.models import Institution

LONG = {
    "tasks", "organisation_placement", "preconditions", "success_criteria", "development_opportunities", "redistribution_note",
}  # fmt: skip


class ProfileForm(forms.ModelForm):
    """The words of the profile: the fields of the institution, in its order and with its names."""

    class Meta:
        model = JobProfile
        fields = SHIPPED
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in SHIPPED if name in LONG}
        help_texts = {"redistribution_note": gettext_lazy("For the house only: applicants never see it.")}

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own: dict[str, str] = {}
        frame = []
        shipped, self.fields = self.fields, {}
        for field in profile_fields_of(institution):
            if not field.is_shown:
                continue
            if field.column:
                self.fields[field.column] = shipped[field.column]
                self.fields[field.column].label = field.label or shipped[field.column].label
                frame += [(field.column, self.fields[field.column].label)] if field.column in FRAME else []
            else:
                name = f"own_{field.pk}"
                self.own[name] = field.key
                self.fields[name] = forms.CharField(
                    label=field.label, required=False, max_length=4000, help_text=field.help_da, widget=forms.Textarea(attrs={"rows": 3}),
                    initial=self.instance.own_answers.get(field.key, ""),
                )  # fmt: skip

        if frame:
            self.fields["shown_in_ad"] = forms.MultipleChoiceField(
                choices=frame, required=False, widget=forms.CheckboxSelectMultiple, label=_("Taken into a new ad"),
                help_text=_("The others are for the house only."), initial=self.instance.shown_in_ad,
            )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        """What was typed, as the profile keeps it; answers to fields that are not asked stay."""
        typed = dict(self.cleaned_data)
        own = {self.own[name]: typed.pop(name) for name in list(typed) if name in self.own}
        return {**typed, "own_answers": {**self.instance.own_answers, **own}}


class CompetenceForm(forms.Form):
    """One requirement; the number orders the list, an empty name is none."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name_da = forms.CharField(required=False, max_length=160, label=gettext_lazy("Requirement in Danish"))
    name_en = forms.CharField(required=False, max_length=160, label=gettext_lazy("In English"))
    kind = forms.ChoiceField(choices=CompetenceKind.choices, label=gettext_lazy("Kind"))
    weight = forms.IntegerField(min_value=1, max_value=5, initial=3, label=gettext_lazy("Weight 1 to 5"))
    must_have = forms.BooleanField(required=False, label=gettext_lazy("Necessary"))

    def clean(self) -> dict[str, Any]:
        """The Danish name is the requirement's name."""
        if self.cleaned_data.get("name_en") and not self.cleaned_data.get("name_da"):
            self.add_error("name_da", _("Write the requirement in Danish as well."))
        return self.cleaned_data


class _Competences(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Remove")

    def lines(self) -> list[dict[str, Any]]:
        """The requirements in the wanted order."""
        kept = [form for form in self.ordered_forms if form.cleaned_data.get("name_da")]
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in {"ORDER", "DELETE"}}
            for form in kept
        ]


CompetenceFormSet = forms.formset_factory(
    CompetenceForm, formset=_Competences, extra=3, max_num=30, absolute_max=40, can_order=True, can_delete=True
)


def _present(profile: JobProfile) -> list[dict[str, Any]]:
    columns = ("id", "name_da", "name_en", "kind", "weight", "must_have")
    return list(Competence.objects.filter(profile=profile).values(*columns))


@screen
def profile(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Words and requirements on one page; works without JavaScript."""
    case = case_for(request, case_id, Permission.CASE_PROPOSE_PROFILE)
    row, _made = JobProfile.objects.get_or_create(case=case)
    typed = request.POST if request.method == "POST" else None
    form = ProfileForm(case.institution, typed, instance=row)
    competences = CompetenceFormSet(typed, prefix="competences", initial=_present(row))
    if typed is not None and form.is_valid() & competences.is_valid():
        try:
            _save(case, form, competences, request)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The job profile has been saved."))
            return redirect("workbench:profile", case.pk)
    return show_case(
        request, "workbench/profile.html", case, tab="profile", title=_("Job profile"), form=form, competences=competences,
        disagreements=blockers(no_longer_agrees(case), case),
        status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip


def _save(case: RecruitmentCase, form: ProfileForm, competences: Any, request: HttpRequest) -> None:
    edit_profile(case, actor=actor_of(request), fields=form.answers(), competences=competences.lines())
