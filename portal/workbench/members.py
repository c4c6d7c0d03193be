"""The people of a case: seats given and ended."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.actions import invite_user, seat_member, unseat_member
from recruitment.access.decide import may
from recruitment.access.impartiality import conflicts_to_decide, decide_conflict
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, MemberFunction
from recruitment.access.permissions import Permission
from recruitment.access.roles import CASE_ROLES, OCCASIONAL_ROLES, Role
from recruitment.cases.models import RecruitmentCase


class SeatForm(forms.Form):
    """Somebody by e-mail, with what they do on the case."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"), help_text=gettext_lazy("A person who is new here is invited.")
    )
    first_name = forms.CharField(required=False, max_length=100, label=gettext_lazy("First name"))
    last_name = forms.CharField(required=False, max_length=100, label=gettext_lazy("Last name"))
    role = forms.ChoiceField(
        choices=[(role.value, role.label) for role in CASE_ROLES],
        initial=Role.HIRING_COMMITTEE,
        label=gettext_lazy("Role"),
    )
    function = forms.ChoiceField(
        choices=MemberFunction.choices, initial=MemberFunction.MEMBER, label=gettext_lazy("Function")
    )


@screen
def members(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Who sits on the case, and a seat for one more."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    may_seat = may(actor_of(request), Permission.USER_CREATE_CASE_BOUND, case)
    if request.method == "POST":
        case_for(request, case_id, Permission.USER_CREATE_CASE_BOUND)
    form = SeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _seat(request, case, form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has a seat on the case.") % form.cleaned_data["email"])
            return redirect("workbench:members", case.pk)
    seats = CaseMember.objects.filter(case=case).select_related("user").order_by("access_until", "role", "-is_chair")
    decides = may(actor_of(request), Permission.CONFLICT_DECIDE, case)
    said = {row.user_id: row for row in ConflictOfInterestDeclaration.objects.filter(case=case)} if decides else {}
    return show_case(
        request, "workbench/members.html", case, tab="members", title=_("People"), form=form, decides=decides,
        seats=[(seat, said.get(seat.user_id)) for seat in seats], conflicts=conflicts_to_decide(actor_of(request)).filter(case=case), may_seat=may_seat,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@transaction.atomic
def _seat(request: HttpRequest, case: RecruitmentCase, typed: dict[str, Any]) -> None:
    actor = actor_of(request)
    user = invite_user(
        typed["email"],
        institution=case.institution,
        actor=actor,
        first_name=typed["first_name"],
        last_name=typed["last_name"],
        to_case=typed["role"] in OCCASIONAL_ROLES,
    )
    function = MemberFunction(typed["function"])
    seat_member(
        case, user, Role(typed["role"]), actor=actor, function=function, is_chair=function == MemberFunction.CHAIR
    )


@screen
@require_POST
def end(request: HttpRequest, case_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """End a seat now."""
    case = case_for(request, case_id, Permission.USER_CREATE_CASE_BOUND)
    seats = CaseMember.objects.select_related("user")
    member = get_object_or_404(seats, case=case, pk=member_id, access_until__isnull=True)
    back = reverse("workbench:members", args=[case.pk])
    asked = ask_first(
        request, title=_("End the seat?"), button=_("End the seat"), back=back, crumbs=((case.title, back),),
        consequence=_("%s can no longer see the case, from the next page they open.") % member.user,
    )  # fmt: skip
    if asked:
        return asked
    unseat_member(member, actor=actor_of(request))
    messages.success(request, _("The seat has ended."))
    return redirect("workbench:members", case.pk)


class DecisionForm(forms.Form):
    """Whether the person takes part, and why."""

    outcome = forms.ChoiceField(
        choices=[("cleared", gettext_lazy("Takes part: impartial all the same")), ("excluded", gettext_lazy("Takes no part in the case"))],
        widget=forms.RadioSelect, label=gettext_lazy("Decision"),
    )  # fmt: skip
    decision = forms.CharField(label=gettext_lazy("Why"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


@screen
def impartiality(request: HttpRequest, case_id: uuid.UUID, declaration_id: uuid.UUID) -> HttpResponse:
    """Decide on somebody who has said that they may not be impartial."""
    case = case_for(request, case_id, Permission.CONFLICT_DECIDE)
    rows = ConflictOfInterestDeclaration.objects.filter(case=case).exclude(user=request.user).exclude(relation_text="")
    row = get_object_or_404(rows.select_related("user", "decided_by"), pk=declaration_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            decide_conflict(
                row, actor=actor_of(request), excluded=typed["outcome"] == "excluded", decision=typed["decision"]
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The decision has been noted."))
            return redirect("workbench:members", case.pk)
    return show_case(
        request, "workbench/impartiality.html", case, tab="members", title=_("Is %s impartial?") % row.user, row=row, form=form,
        crumbs=[(_("People"), reverse("workbench:members", args=[case.pk]))], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
