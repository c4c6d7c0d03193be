"""Advertising again: why, and until when."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.fields import Deadline
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.cases.lifecycle import READVERTISE
from recruitment.cases.moving import readvertise_case
from recruitment.lifecycle import obstacles


class AgainForm(forms.Form):
    """The reason and the new deadline (GRD-7)."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000,
        help_text=gettext_lazy("For the case. Applicants do not see it."),
    )  # fmt: skip
    deadline = Deadline(label=gettext_lazy("New application deadline"))
    short_period_reason = forms.CharField(
        required=False, label=gettext_lazy("Why the period is short"), widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only where the ad is out for less than 14 days."),
    )  # fmt: skip


@screen
def readvertise(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """GET says what happens; POST makes the new round."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    actor = actor_of(request)
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            readvertise_case(case, actor=actor, **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("A new round is ready. It opens when its ad is published."))
            return redirect("workbench:case", case.pk)
    return show_case(
        request, "workbench/readvertise.html", case, tab="", title=_("Advertise again"), form=form,
        blockers=blockers(obstacles(READVERTISE, case), case), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
