"""What an institution adapts of its cases: fields of the job profile, names of states, stages of its own."""

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
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.permissions import Permission
from recruitment.cases.adapted import StateLabel, SubStage
from recruitment.cases.adapting import (
    name_states,
    profile_fields_of,
    save_profile_fields,
    save_sub_stages,
    shipped_label,
)
from recruitment.cases.models import CaseState
from recruitment.organisation.models import Institution

RIGHT = Permission.INSTITUTION_EDIT_MASTER_DATA
NAMED = [state for state in CaseState if state != CaseState.ANONYMISED]


class FieldForm(forms.Form):
    """One field of the profile; a shipped one has a column. A line of one's own without a name is none."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    column = forms.CharField(required=False, widget=forms.HiddenInput)
    label_da = forms.CharField(required=False, max_length=80, label=gettext_lazy("Name in Danish"))
    label_en = forms.CharField(required=False, max_length=80, label=gettext_lazy("Name in English"))
    help_da = forms.CharField(required=False, max_length=240, label=gettext_lazy("Help"))
    is_shown = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Asked"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if column := self.initial.get("column"):
            self.fields["label_da"].help_text = _("Shipped: %s") % shipped_label(column)


class StageForm(forms.Form):
    """One stage inside a state; a line without a name is none."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    label_da = forms.CharField(required=False, max_length=80, label=gettext_lazy("Name in Danish"))
    label_en = forms.CharField(required=False, max_length=80, label=gettext_lazy("Name in English"))
    state = forms.ChoiceField(
        choices=[(state.value, state.label) for state in NAMED],
        initial=CaseState.ASSESSING,
        label=gettext_lazy("Inside"),
    )


class _Lines(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    def lines(self) -> list[dict[str, Any]]:
        """In the wanted order, without those that were taken out."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name not in {"ORDER", "DELETE"}}
            for form in self.ordered_forms
        ]


FieldSet = forms.formset_factory(
    FieldForm, formset=_Lines, extra=2, max_num=40, absolute_max=50, can_order=True, can_delete=True
)
StageSet = forms.formset_factory(
    StageForm, formset=_Lines, extra=3, max_num=40, absolute_max=50, can_order=True, can_delete=True
)


@screen
def profile_fields(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """The fields that job profiles have: added, taken out, named and put in order."""
    institution = institution_for(request, institution_id, RIGHT)
    present = [
        {"id": None if field.column else field.pk, "column": field.column, "label_da": field.label_da, "label_en": field.label_en,
         "help_da": field.help_da, "is_shown": field.is_shown}
        for field in profile_fields_of(institution)
    ]  # fmt: skip
    typed = request.POST if request.method == "POST" else None
    lines = FieldSet(typed, prefix="fields", initial=present)
    form = forms.Form(typed)
    if typed is not None and form.is_valid() and lines.is_valid():
        try:
            save_profile_fields(institution, lines.lines(), actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The fields have been saved."))
            return redirect("workbench:profile_fields", institution.pk)
    return show_setup(
        request, "workbench/setup/adapted.html", institution, tab="profile_fields", title=_("Job profile"), form=form, lines=lines,
        explanation=_("The fields of every job profile. The number says the place; a field that is not asked keeps its answers."),
        status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip


class LabelsForm(forms.Form):
    """Two names a state."""

    def __init__(self, institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present = {row.state: row for row in StateLabel.objects.filter(institution=institution)}
        for state in NAMED:
            row = present.get(state)
            for language, said in (("da", _("in Danish")), ("en", _("in English"))):
                self.fields[f"{state}_{language}"] = forms.CharField(
                    required=False, max_length=80, label=f"{str(state.label).capitalize()}, {said}",
                    initial=getattr(row, f"label_{language}", ""),
                )  # fmt: skip

    def labels(self) -> dict[str, tuple[str, str]]:
        """By state."""
        typed = self.cleaned_data
        return {state.value: (typed[f"{state}_da"], typed[f"{state}_en"]) for state in NAMED}


@screen
def stages(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Names of the fixed states, and stages inside them."""
    institution = institution_for(request, institution_id, RIGHT)
    present = list(SubStage.objects.filter(institution=institution).values("id", "label_da", "label_en", "state"))
    typed = request.POST if request.method == "POST" else None
    form, lines = LabelsForm(institution, typed), StageSet(typed, prefix="stages", initial=present)
    if typed is not None and form.is_valid() & lines.is_valid():
        name_states(institution, form.labels(), actor=actor_of(request))
        save_sub_stages(institution, lines.lines(), actor=actor_of(request))
        messages.success(request, _("Names and stages have been saved."))
        return redirect("workbench:stages", institution.pk)
    return show_setup(
        request, "workbench/setup/adapted.html", institution, tab="stages", title=_("Stages"), form=form, lines=lines,
        explanation=_("What you call the states of a case, and stages of your own inside them. The states themselves are fixed: the law's guards hang on them."),
        status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip
