"""Calling applicants, many at once, and one invitation with everything that can happen to it."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of
from portal.workbench.fields import Deadline
from portal.workbench.interviews.plan import claimants_for, crumbs_of, rights_of, round_for
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from portal.workbench.templatetags.workbench_tags import short_time
from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.guards import warning_before_invitations
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews import lifecycle
from recruitment.interviews.guides import tasks_of
from recruitment.interviews.holding import note_no_show
from recruitment.interviews.inviting import (
    Call,
    accept_for,
    call_off,
    decline_for,
    invite,
    reschedule,
    usual_due,
)
from recruitment.interviews.letters import people_of, place_of
from recruitment.interviews.models import InterviewInvitation, InterviewRound, InterviewSlot, InvitationMode
from recruitment.interviews.queries import free_slots, to_call
from recruitment.lifecycle import Move, is_open
from recruitment.mail.models import Message

CONFLICT = 409


class CallForm(forms.Form):
    """Until when they answer, and how a time is found. The people stand in the table beside it."""

    mode = forms.ChoiceField(choices=InvitationMode.choices, label=gettext_lazy("How a time is found"))
    answer_by = Deadline(label=gettext_lazy("Answer at the latest"))


def _lines(round_: InterviewRound, request: HttpRequest, slots: list[InterviewSlot]) -> list[dict[str, Any]]:
    """Each who can be called: ticked, with the next free time, unless the person chose otherwise."""
    posted = request.method == "POST"
    ticked = set(request.POST.getlist("call"))
    only = set(request.GET.getlist("only"))
    left = iter(slots)
    lines = []
    for application in to_call(round_):
        key = str(application.pk)
        chosen = key in ticked if posted else (not only or application.reference in only)
        suggested = next(left, None) if chosen and not posted else None
        slot = request.POST.get(f"slot-{key}", "") if posted else str(suggested.pk) if suggested else ""
        lines.append({"application": application, "is_chosen": chosen, "slot": slot})
    return lines


@screen
def call(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """Everybody chosen for interview, ticked and with a time each: one press calls them all."""
    case = case_for(request, case_id, Permission.INTERVIEW_INVITE)
    round_ = round_for(case, round_id)
    slots = list(free_slots(round_, clock.now()))
    lines = _lines(round_, request, slots)
    initial = {"mode": round_.mode, "answer_by": usual_due()}
    form = CallForm(request.POST) if request.method == "POST" else CallForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = _invite(request, round_, form, lines, slots)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(
                request,
                ngettext("%d applicant has been called.", "%d applicants have been called.", len(made)) % len(made),
            )
            return redirect(f"{reverse('workbench:interviews', args=[case.pk])}?round={round_.number}")
    unread = warning_before_invitations(case)
    return show_case(
        request, "workbench/interviews/call.html", case, tab="interviews", title=_("Call to interview"), form=form, round=round_,
        lines=lines, slots=slots, unread=unread, claimants=claimants_for(actor_of(request), case), crumbs=crumbs_of(case),
        status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


def _invite(
    request: HttpRequest,
    round_: InterviewRound,
    form: CallForm,
    lines: list[dict[str, Any]],
    slots: list[InterviewSlot],
) -> list[InterviewInvitation]:
    by_key = {str(slot.pk): slot for slot in slots}
    fixed = form.cleaned_data["mode"] == InvitationMode.FIXED
    chosen = [line for line in lines if line["is_chosen"]]
    if fixed and any(line["slot"] not in by_key for line in chosen):
        raise ValidationError(
            _("Give each a time that is free. Make more times, or let them choose among the free ones."), code="no_slot"
        )
    calls = [Call(line["application"], by_key[line["slot"]] if fixed else None) for line in chosen]
    return invite(round_, calls, actor=actor_of(request), answer_by=form.cleaned_data["answer_by"])


class AnswerForm(forms.Form):
    """Why, and for a move the new time."""

    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), label=gettext_lazy("Why, or who said it and when")
    )  # fmt: skip
    slot = forms.ModelChoiceField(
        required=False, queryset=InterviewSlot.objects.none(), label=gettext_lazy("New time"), empty_label="–"
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, round_: InterviewRound, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].queryset = free_slots(round_, clock.now())
        self.fields["slot"].label_from_instance = slot_words  # type: ignore[union-attr]


def slot_words(slot: InterviewSlot) -> str:
    """As in “tor. 3. dec. kl. 9.00, Møderum 2”."""
    return f"{short_time(slot.starts_at)}{', ' + slot.room.name if slot.room else ''}"


def invitation_for(case: RecruitmentCase, invitation_id: uuid.UUID) -> InterviewInvitation:
    """The case's own invitation, or 404."""
    rows = InterviewInvitation.objects.select_related(
        "round__case__institution", "application__candidate", "application__case__institution", "slot__room"
    )
    return get_object_or_404(rows, round__case=case, pk=invitation_id)


#: Button to the move it makes and the deed behind it.
DEEDS: dict[str, tuple[Move, Callable[..., Any]]] = {
    "reschedule": (lifecycle.RESCHEDULE, reschedule),
    "accept_for": (lifecycle.ACCEPT_FOR, accept_for),
    "decline_for": (lifecycle.DECLINE_FOR, decline_for),
    "not_come": (lifecycle.NOT_COME, note_no_show),
    "cancel": (lifecycle.CANCEL, call_off),
}


@screen
def invitation(request: HttpRequest, case_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    """What was sent and answered; answers given on the telephone, another time, calling off."""
    case = case_for(request, case_id, Permission.INTERVIEW_VIEW_SLOTS)
    row = invitation_for(case, invitation_id)
    actor = actor_of(request)
    form = AnswerForm(row.round, request.POST) if request.method == "POST" else AnswerForm(row.round, initial={"version": row.version})  # fmt: skip
    if request.method == "POST":
        if not may(actor, Permission.INTERVIEW_INVITE, case):
            raise PermissionDenied
        if form.is_valid():
            try:
                _answer(request, row, form)
            except ValidationError as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("Done. The applicant has been told where there is something to tell."))
                return redirect("workbench:interview_invitation", case.pk, row.pk)
    fresh = invitation_for(case, invitation_id)
    early = lifecycle.time_has_not_come(fresh) is not None
    open_now = [
        (name, move.label) for name, (move, _deed) in DEEDS.items()
        if is_open(move, fresh, actor=actor) and not (early and move is lifecycle.NOT_COME)
    ]  # fmt: skip
    may_invite = may(actor, Permission.INTERVIEW_INVITE, case)
    return show_case(
        request, "workbench/interviews/invitation.html", case, tab="interviews", row=fresh, form=form, moves=open_now,
        title=fresh.application.candidate.full_name or fresh.application.reference, history=fresh.history.all(),
        people=tasks_of(fresh.round, people_of(fresh)), place=place_of(fresh), letters=_letters(fresh.application) if may_invite else [],
        crumbs=crumbs_of(case), status=CONFLICT if form.errors else 200, **rights_of(actor, case),
    )  # fmt: skip


def _letters(application: Application) -> Any:
    return Message.objects.filter(application=application, code__startswith="INTERVIEW").order_by("created_at")


def _answer(request: HttpRequest, row: InterviewInvitation, form: AnswerForm) -> None:
    name = request.POST.get("button", "")
    if name not in DEEDS:
        raise ValidationError(_("Choose what to do."), code="no_deed")
    typed = {"actor": actor_of(request), "reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
    if name == "reschedule":
        if form.cleaned_data["slot"] is None:
            raise ValidationError({"slot": _("Choose the new time.")}, code="no_slot")
        reschedule(row, form.cleaned_data["slot"], **typed)
    else:
        DEEDS[name][1](row, **typed)
