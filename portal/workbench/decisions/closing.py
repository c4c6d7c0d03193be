"""The closing wizard: the four points of the guide, answered now, confirmed by a person; and opening the case again."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.cases.lifecycle import CLOSE, REOPEN
from recruitment.cases.models import CaseOutcome, CaseState, RecruitmentCase
from recruitment.closing.actions import close_case, confirm_points, kept_until, reopen_case
from recruitment.closing.checklist import points_of, stands_in_the_way
from recruitment.closing.guards import confirmation_of, outcome_of
from recruitment.closing.models import PoolPoint
from recruitment.closing.records import HandOver
from recruitment.lifecycle import is_open, obstacles

TAB = "closing"


class PoolForm(forms.Form):
    """The fourth point is answered by a person."""

    pool = forms.ChoiceField(
        required=False, choices=PoolPoint.choices, widget=forms.RadioSelect, label=gettext_lazy("The talent pool"),
        help_text=gettext_lazy("Nobody is kept in a pool without having said yes to it."),
    )  # fmt: skip


@screen
def closing(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """GET answers the four points; POST confirms them, and closes the case."""
    case = case_for(request, case_id, Permission.REJECT)
    actor = actor_of(request)
    form = PoolForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not may(actor, Permission.CASE_CLOSE, case):
            raise PermissionDenied
        if form.is_valid():
            try:
                return _carry_out(request, case, form)
            except ValidationError as refusal:
                blame(form, refusal)
    confirmed = confirmation_of(case)
    return show_case(
        request, "workbench/decisions/closing.html", case, tab=TAB, title=_("Closing"), form=form, confirmed=confirmed,
        points=[(point, blockers(point.missing, case)) for point in points_of(case)], is_concluding=case.state == CaseState.CONCLUDING,
        is_closed=case.state == CaseState.CLOSED, may_close=is_open(CLOSE, case, actor=actor), may_reopen=is_open(REOPEN, case, actor=actor),
        hand_overs=HandOver.objects.filter(application__case=case, acknowledged_at=None).count(),
        may_pack=may(actor, Permission.EXPORT_APPLICANTS, case) or may(actor, Permission.APPLICATION_CHANGE_STATE, case), stops=blockers(stands_in_the_way(case), case), kept_until=kept_until(case), outcome=CaseOutcome(outcome_of(case)).label,
        status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


def _carry_out(request: HttpRequest, case: RecruitmentCase, form: PoolForm) -> HttpResponse:
    actor = actor_of(request)
    if request.POST.get("button") == "close":
        closed = close_case(case, actor=actor)
        messages.success(request, _("The case is closed: %s.") % closed.get_outcome_display())
        return redirect("workbench:case", case.pk)
    confirm_points(case, pool=form.cleaned_data["pool"], actor=actor)
    messages.success(request, _("The four points are confirmed. The case can be closed."))
    return redirect("workbench:closing", case.pk)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        required=False, max_length=2000, label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3})
    )


@screen
def reopen(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Open a closed case again."""
    case = case_for(request, case_id, Permission.CASE_REOPEN)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            reopen_case(case, reason=form.cleaned_data["reason"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request, _("The case is open again. It is closed anew when the four points have been confirmed.")
            )
            return redirect("workbench:case", case.pk)
    return show_case(
        request, "workbench/decisions/reasoned.html", case, tab=TAB, title=_("Open the case again"), form=form,
        lead=_("The case goes back to its conclusion. Statistics that have been published do not change."),
        button=_("Open the case again"), blockers=blockers(obstacles(REOPEN, case), case), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip
