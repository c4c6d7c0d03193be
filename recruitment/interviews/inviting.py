"""Calling applicants: one or many at once, moving and calling off. The letters wait in the outbox of the same transaction."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import INVITE
from recruitment.applications.models import Application, ApplicationState, Stage
from recruitment.cases.lifecycle import BEGIN_INTERVIEWS
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.interviews import lifecycle
from recruitment.interviews.letters import invitation_letter, write
from recruitment.interviews.models import (
    InterviewInvitation,
    InterviewRound,
    InterviewSlot,
    InvitationMode,
    InvitationState,
    SlotState,
)
from recruitment.interviews.panel_letters import tell_panel
from recruitment.interviews.rounds import let_go, take
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

HOUSE = Actor.house("interview invitation")
USUAL_DAYS = 3  # to answer in


@dataclass(frozen=True)
class Call:
    """One applicant to call; a fixed time, or none where they choose among the free ones."""

    application: Application
    slot: InterviewSlot | None = None


@transaction.atomic
def invite(
    round_: InterviewRound, calls: Sequence[Call], *, actor: Actor, answer_by: dt.datetime | None = None
) -> list[InterviewInvitation]:
    """Call them all, or nobody: each gets a letter, and the case goes on to its interviews with the first (C1, C2).

    Raises NotPossible with an obstacle for each time that somebody else has taken and each applicant who cannot be called.
    """
    require(actor, Permission.INTERVIEW_INVITE, round_)
    if not calls:
        raise NotPossible([Obstacle("nobody", _("Choose whom to call."))])
    due = answer_by or usual_due()
    if due <= clock.now():
        raise NotPossible([Obstacle("due_passed", _("The day to answer by has passed."), "answer_by")])
    _begin_interviews(round_.case)
    return [_invite_one(round_, call, actor=actor, due=due) for call in calls]


def usual_due() -> dt.datetime:
    """The end of the third day from now."""
    day = clock.today() + dt.timedelta(days=USUAL_DAYS + 1)
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.COPENHAGEN).astimezone(dt.UTC)


def _begin_interviews(case: RecruitmentCase) -> None:
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if locked.state == CaseState.ASSESSING:
        make(BEGIN_INTERVIEWS, locked, actor=HOUSE)
    elif locked.state != CaseState.INTERVIEWING:
        raise NotPossible([Obstacle("wrong_state", _("Nobody is called in the case's present state."))])


def _invite_one(round_: InterviewRound, call: Call, *, actor: Actor, due: dt.datetime) -> InterviewInvitation:
    if call.application.case_id != round_.case_id or (call.slot and call.slot.round_id != round_.pk):
        raise NotPossible([Obstacle("other_case", _("The applicant or the time belongs to another case."))])
    slot = take(call.slot, state=SlotState.HELD) if call.slot else None
    try:
        with transaction.atomic():
            drafted = InterviewInvitation.objects.create(
                round=round_, application=call.application, slot=slot, invited_by=actor.user, answer_due_at=min(due, slot.starts_at) if slot else due,
                mode=InvitationMode.FIXED if slot else InvitationMode.PICK,
            )  # fmt: skip
    except IntegrityError as clash:
        message = _("%s has been called to this round already.") % call.application.reference
        raise NotPossible([Obstacle("called_already", message)]) from clash
    sent = make(lifecycle.SEND, drafted, actor=actor, sent_at=clock.now(), version=1)
    call_application(sent.application)
    write(invitation_letter(sent), sent, actor=actor)
    return sent


def call_application(application: Application) -> None:
    """SHORTLISTED or INTERVIEWED becomes INVITED; who is called already stays so."""
    fresh = Application.objects.get(pk=application.pk)
    if fresh.state != ApplicationState.INVITED:
        make(INVITE, fresh, actor=HOUSE, stage_reached=max(fresh.stage_reached, Stage.INVITED))


def lock(invitation: InterviewInvitation, version: int | None = None) -> InterviewInvitation:
    """The invitation, locked and as it is now. Raises StaleRow where somebody changed it since `version` was shown."""
    rows = InterviewInvitation.objects.select_for_update(of=("self",))
    locked = rows.select_related("round__case__institution", "application__candidate", "slot__room").get(
        pk=invitation.pk
    )
    if version is not None and locked.version != version:
        raise StaleRow(
            _("The invitation has been changed meanwhile. Look at it as it is now, and answer again."), code="changed"
        )
    return locked


@transaction.atomic
def reschedule(
    invitation: InterviewInvitation, slot: InterviewSlot, *, actor: Actor, answer_by: dt.datetime | None = None,
    reason: str = "", version: int | None = None,
) -> InterviewInvitation:  # fmt: skip
    """Another time for somebody: the old one is free again, and the applicant is asked to confirm the new one."""
    locked = lock(invitation, version)
    if slot.round_id != locked.round_id:
        raise NotPossible([Obstacle("other_case", _("The time belongs to another round."), "slot")])
    old = locked.slot
    taken = take(slot, state=SlotState.HELD)
    if old is not None and old.pk != taken.pk and locked.state in _KEEPS:
        let_go(old)
    locked.slot = taken
    locked.save(update_fields=["slot"])
    due = min(answer_by or usual_due(), taken.starts_at)
    moved = make(
        lifecycle.RESCHEDULE, locked, actor=actor, reason=reason, version=locked.version + 1, answer_due_at=due,
        sent_at=clock.now(), reminded_at=None, eve_told_at=None, answer_note="",
    )  # fmt: skip
    call_application(moved.application)
    write("INTERVIEW_CHANGED", moved, actor=actor)
    tell_panel(moved, old=old, new=taken, actor=actor)
    return moved


_KEEPS = (
    InvitationState.SENT,
    InvitationState.ACCEPTED,
    InvitationState.NEW_TIME_REQUESTED,
    InvitationState.RESCHEDULED,
)


@transaction.atomic
def call_off(
    invitation: InterviewInvitation, *, actor: Actor, reason: str, version: int | None = None
) -> InterviewInvitation:
    """The interview is called off; the applicant is told, and the time is free."""
    locked = lock(invitation, version)
    told = locked.state != InvitationState.DRAFT
    slot, kept = locked.slot, locked.state in _KEEPS
    gone = make(lifecycle.CANCEL, locked, actor=actor, reason=reason, version=locked.version + 1)
    if kept:
        let_go(slot)
    if told:
        write("INTERVIEW_CANCELLED", gone, actor=actor, slot=slot)
    if kept:
        tell_panel(gone, old=slot, new=None, actor=actor)
    return gone


@transaction.atomic
def accept_for(
    invitation: InterviewInvitation, *, actor: Actor, reason: str, version: int | None = None
) -> InterviewInvitation:
    """The applicant has said yes on the telephone; noted with who and when."""
    locked = lock(invitation, version)
    if locked.slot is not None:
        was = (SlotState.FREE, SlotState.HELD) if locked.state in _KEEPS else (SlotState.FREE,)
        take(locked.slot, state=SlotState.BOOKED, was=was)
    return confirm(make(lifecycle.ACCEPT_FOR, locked, actor=actor, reason=reason, **_answered(locked)), actor=actor)


@transaction.atomic
def decline_for(
    invitation: InterviewInvitation, *, actor: Actor, reason: str, version: int | None = None
) -> InterviewInvitation:
    """The applicant has said no on the telephone; noted with who and when."""
    locked = lock(invitation, version)
    if locked.state in _KEEPS:
        let_go(locked.slot)
    return make(lifecycle.DECLINE_FOR, locked, actor=actor, reason=reason, **_answered(locked))


def _answered(locked: InterviewInvitation) -> dict[str, object]:
    return {"answered_at": clock.now(), "version": locked.version + 1}


def confirm(invitation: InterviewInvitation, *, actor: Actor) -> InterviewInvitation:
    """The letter that says that the time is agreed."""
    write("INTERVIEW_CONFIRMED", invitation, actor=actor)
    return invitation


@transaction.atomic
def fall_away(application: Application) -> None:
    """The application was withdrawn or answered: what is planned with its applicant is called off. The panel is told, the applicant knows."""
    for invitation in InterviewInvitation.objects.filter(
        application=application, state__in=lifecycle.FALL_AWAY.sources
    ):
        locked = lock(invitation)
        kept = locked.state in _KEEPS
        if kept:
            let_go(locked.slot)
        gone = make(lifecycle.FALL_AWAY, locked, actor=HOUSE, version=locked.version + 1)
        if kept:
            tell_panel(gone, old=gone.slot, new=None, actor=HOUSE)
