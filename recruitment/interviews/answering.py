"""What the applicant answers, and what happens where they do not."""

import datetime as dt

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews import lifecycle
from recruitment.interviews.inviting import confirm, lock
from recruitment.interviews.letters import write
from recruitment.interviews.models import (
    WAITS_FOR_ANSWER,
    InterviewInvitation,
    InterviewSlot,
    InvitationMode,
    InvitationState,
    SlotState,
)
from recruitment.interviews.rounds import let_go, take
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

EVE = dt.timedelta(hours=26)
LONGEST_WORDS = 2000
HOUSE = Actor.house("interview reminders")


def free_times(invitation: InterviewInvitation) -> QuerySet[InterviewSlot]:
    """What the applicant may choose among: free times of the round that have not come."""
    if invitation.mode != InvitationMode.PICK or not invitation.waits_for_answer:
        return InterviewSlot.objects.none()
    return invitation.round.slots.filter(state=SlotState.FREE, starts_at__gt=clock.now()).select_related("room")


@transaction.atomic
def accept(invitation: InterviewInvitation, *, actor: Actor, version: int | None = None) -> InterviewInvitation:
    """Yes to the time that was offered."""
    locked = lock(invitation, version)
    if locked.slot is not None and locked.waits_for_answer:
        take(locked.slot, state=SlotState.BOOKED, was=(SlotState.HELD,))
    accepted = make(
        lifecycle.ACCEPT, locked, actor=actor, answered_at=clock.now(), version=locked.version + 1, answer_note=""
    )
    return confirm(accepted, actor=actor)


@transaction.atomic
def pick(
    invitation: InterviewInvitation, slot: InterviewSlot, *, actor: Actor, version: int | None = None
) -> InterviewInvitation:
    """One of the free times. Whoever comes second is told so, and chooses another."""
    locked = lock(invitation, version)
    if locked.mode != InvitationMode.PICK or slot.round_id != locked.round_id or not locked.waits_for_answer:
        raise NotPossible([Obstacle("not_to_choose", _("There is no time to choose now."), "slot")])
    let_go(locked.slot)
    locked.slot = take(slot, state=SlotState.BOOKED)
    locked.save(update_fields=["slot"])
    accepted = make(
        lifecycle.ACCEPT, locked, actor=actor, answered_at=clock.now(), version=locked.version + 1, answer_note=""
    )
    return confirm(accepted, actor=actor)


@transaction.atomic
def decline(
    invitation: InterviewInvitation, *, actor: Actor, words: str = "", version: int | None = None
) -> InterviewInvitation:
    """No: the time is free for others; HR decides what follows."""
    locked = lock(invitation, version)
    if locked.state in lifecycle.DECLINE.sources:
        let_go(locked.slot)
    return make(
        lifecycle.DECLINE, locked, actor=actor, answered_at=clock.now(), answer_note=_fitting(words),
        version=locked.version + 1,
    )  # fmt: skip


@transaction.atomic
def ask_new_time(
    invitation: InterviewInvitation, *, actor: Actor, words: str, version: int | None = None
) -> InterviewInvitation:
    """The applicant can come, but not then. The time is kept until HR has answered."""
    locked = lock(invitation, version)
    if not words.strip():
        raise NotPossible([Obstacle("words_missing", _("Write when you can come."), "words")])
    return make(
        lifecycle.ASK_NEW_TIME, locked, actor=actor, answered_at=clock.now(), answer_note=_fitting(words),
        version=locked.version + 1,
    )  # fmt: skip


def _fitting(words: str) -> str:
    """Nothing is cut off in silence."""
    if len(words) > LONGEST_WORDS:
        message = _("Write at most %d letters, or call us.") % LONGEST_WORDS
        raise NotPossible([Obstacle("too_long", message, "words")])
    return words


def to_remind(at: dt.datetime) -> QuerySet[InterviewInvitation]:
    """Not answered, and half of the time to answer in has gone; once each."""
    length = ExpressionWrapper((F("answer_due_at") - F("sent_at")) / 2, DurationField())
    half = ExpressionWrapper(F("sent_at") + length, DateTimeField())
    return InterviewInvitation.objects.alias(half=half).filter(
        state__in=WAITS_FOR_ANSWER, reminded_at__isnull=True, half__lte=at, answer_due_at__gt=at
    )


def to_expire(at: dt.datetime) -> QuerySet[InterviewInvitation]:
    """Not answered in time."""
    return InterviewInvitation.objects.filter(state__in=WAITS_FOR_ANSWER, answer_due_at__lte=at)


def to_tell_on_the_eve(at: dt.datetime) -> QuerySet[InterviewInvitation]:
    """Agreed, and the interview is tomorrow; once each time that was agreed. Not where it was agreed the day before."""
    return InterviewInvitation.objects.filter(
        state=InvitationState.ACCEPTED, eve_told_at__isnull=True, slot__starts_at__gt=at, slot__starts_at__lte=at + EVE,
        answered_at__lte=at - EVE,
    )  # fmt: skip


def see_to_invitations() -> int:
    """Remind, let expire, and tell on the eve; each invitation in a transaction of its own. Returns how many."""
    at, done = clock.now(), 0
    for rows, deed in ((to_expire(at), _expire), (to_remind(at), _remind), (to_tell_on_the_eve(at), _tell_on_the_eve)):
        for invitation in rows.order_by("pk")[:500]:
            done += _carefully(invitation, deed, at)
    return done


@transaction.atomic
def _carefully(invitation: InterviewInvitation, deed: object, at: dt.datetime) -> int:
    """What was due a moment ago may have been answered since: it is looked at again under its lock."""
    locked = lock(invitation, None)
    if locked.version != invitation.version or locked.state != invitation.state:
        return 0
    deed(locked, at)  # type: ignore[operator]
    return 1


def _expire(locked: InterviewInvitation, _at: dt.datetime) -> None:
    let_go(locked.slot)
    make(lifecycle.EXPIRE, locked, actor=HOUSE, version=locked.version + 1)


def _remind(locked: InterviewInvitation, at: dt.datetime) -> None:
    write("INTERVIEW_REMINDER", locked)
    locked.reminded_at = at
    locked.save(update_fields=["reminded_at"])


def _tell_on_the_eve(locked: InterviewInvitation, at: dt.datetime) -> None:
    write("INTERVIEW_REMINDER", locked)
    locked.eve_told_at = at
    locked.save(update_fields=["eve_told_at"])
