"""Writing the same letter to many: choose, look at the list and one letter, send."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.letters.sending import crumbs_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.letters.writing_many import Planned, letters_for_many, plan, send_to_many, states_of
from recruitment.mail.render import Rendered, render


class ManyForm(forms.Form):
    """Which letter, to whom, and own words for its free area."""

    code = forms.ChoiceField(label=gettext_lazy("Letter"))
    states = forms.MultipleChoiceField(label=gettext_lazy("To everybody who is"), widget=forms.CheckboxSelectMultiple)
    own_words = forms.CharField(
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        label=gettext_lazy("Your own words"),
    )
    expected = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: RecruitmentCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(each.code, each.name) for each in letters_for_many(case)]
        self.fields["states"].choices = [(state, f"{label} ({count})") for state, label, count in states_of(case)]

    def chosen(self) -> dict[str, Any]:
        """What the plan is made from."""
        return {"states": self.cleaned_data["states"], "own_words": self.cleaned_data["own_words"]}


@screen
def write_many(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The list is looked at before it is frozen and sent."""
    case = case_for(request, case_id, Permission.MESSAGE_SEND_STANDARD)
    posted = request.method == "POST"
    form = ManyForm(request.POST if posted else None, case=case)
    planned = _planned(form, case) if posted else None
    if planned is not None and request.POST.get("button") == "send":
        try:
            sending = send_to_many(
                case,
                form.cleaned_data["code"],
                **form.chosen(),
                expected=form.cleaned_data["expected"] or 0,
                actor=actor_of(request),
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            return redirect("workbench:sending", case.pk, sending.pk)
    return show_case(
        request, "workbench/letters/many.html", case, tab="letters", title=_("Write to many"), crumbs=crumbs_of(case), form=form,
        planned=planned, first=_first(planned), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


def _planned(form: ManyForm, case: RecruitmentCase) -> Planned | None:
    if not form.is_valid():
        return None
    try:
        return plan(case, form.cleaned_data["code"], **form.chosen())
    except ValidationError as refusal:
        blame(form, refusal)
        return None


def _first(planned: Planned | None) -> Rendered | None:
    """The first letter of the list, as its reader gets it."""
    if planned is None or not planned.lines or planned.template is None:
        return None
    template = planned.template
    return render(template.subject, template.body, planned.lines[0].values, template_class=template.message_class)
