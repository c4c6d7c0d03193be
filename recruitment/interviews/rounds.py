"""Making rounds, rooms and times."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.models import CaseMember, ConflictStatus
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.audit.record import record
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews.engagements import engage
from recruitment.interviews.generator import Proposed
from recruitment.interviews.models import InterviewRound, InterviewSlot, MeetingRoom, SlotState
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

#: Interviews are planned before the deadline, and while there is somebody to call.
PLANNED_IN = (CaseState.READY, CaseState.ADVERTISED, CaseState.ASSESSING, CaseState.INTERVIEWING)
SITS_AT_INTERVIEWS = (Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.HR_LIMITED)


def possible_panel(case: RecruitmentCase) -> QuerySet[User]:
    """Who may sit at the case's interviews: its members, manager and HR.

    Never somebody with a conflict of interest (INV-7) or who has applied (INV-31).
    """
    seats = CaseMember.objects.filter(
        Q(access_until__isnull=True) | Q(access_until__gt=clock.now()), case=case, role__in=SITS_AT_INTERVIEWS
    )
    excluded = case.declarations.filter(status__in=[ConflictStatus.DECLARED, ConflictStatus.EXCLUDED])
    named = [key for key in (case.hiring_manager_id, case.hr_responsible_id) if key]
    found = User.objects.filter(Q(pk__in=seats.values("user")) | Q(pk__in=named), is_active=True)
    applicants = case.applications.exclude(state="STARTED").values("candidate")
    applied = Q(candidates__in=applicants) | Q(
        email__in=case.applications.exclude(candidate__email="").values("candidate__email")
    )
    outside = User.objects.filter(applied).values("pk")
    return found.exclude(pk__in=excluded.values("user")).exclude(pk__in=outside).order_by("first_name", "last_name")


def _check_panel(case: RecruitmentCase, people: Iterable[User]) -> list[User]:
    chosen = list(people)
    allowed = set(possible_panel(case).values_list("pk", flat=True))
    if strangers := [user for user in chosen if user.pk not in allowed]:
        message = _("%s has no seat on the case, or a conflict of interest.") % strangers[0]
        raise NotPossible([Obstacle("not_on_case", message, "panel")])
    return chosen


@transaction.atomic
def make_round(case: RecruitmentCase, *, actor: Actor, panel: Iterable[User] = (), **fields: Any) -> InterviewRound:
    """A new round; length and pause are the institution's unless others are given."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, case)
    if case.state not in PLANNED_IN:
        raise NotPossible([Obstacle("wrong_state", _("Interviews are not planned in the case's present state."))])
    RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    settings = case.institution.settings
    highest = case.interview_rounds.aggregate(n=Max("number"))["n"] or 0
    chosen = _check_panel(case, panel)
    round_ = InterviewRound.objects.create(
        case=case, number=highest + 1,
        **{"minutes": settings.default_interview_minutes, "pause_minutes": settings.default_pause_minutes, **fields},
    )  # fmt: skip
    round_.panel.set(chosen)
    record(actor, "InterviewRound.make", round_, number=round_.number)
    return round_


@transaction.atomic
def change_round(
    round_: InterviewRound, *, actor: Actor, panel: Iterable[User] | None = None, **fields: Any
) -> InterviewRound:
    """New facts for the round. Times that are made keep theirs: they are changed one by one, with a note."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, round_)
    locked = InterviewRound.objects.select_for_update().get(pk=round_.pk)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
    if panel is not None:
        locked.panel.set(_check_panel(locked.case, panel))
    record(actor, "InterviewRound.change", locked)
    return locked


@transaction.atomic
def find_room(institution: Institution, name: str, *, case: RecruitmentCase, actor: Actor, directions: str = "") -> MeetingRoom:  # fmt: skip
    """The institution's room of this name, made where it is new."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, case)
    clean = " ".join(name.split())
    present = MeetingRoom.objects.filter(institution=institution, name__iexact=clean).first()
    if present is None:
        return MeetingRoom.objects.create(institution=institution, name=clean, directions=directions)
    if not present.is_active:
        message = _("%s is out of use. Your administrator can bring it back.") % present.name
        raise NotPossible([Obstacle("room_out_of_use", message, "new_room")])
    if directions and directions != present.directions:
        present.directions = directions
        present.save(update_fields=["directions"])
    return present


@transaction.atomic
def write_slots(
    round_: InterviewRound, times: Sequence[Proposed], *, actor: Actor, people: Iterable[User] | None = None
) -> list[InterviewSlot]:
    """Make these times, each with its room and people. All of them or none: NotPossible where one is taken meanwhile."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, round_)
    panel = _check_panel(round_.case, round_.panel.all() if people is None else people)
    if not panel:
        raise NotPossible([Obstacle("no_panel", _("Choose who sits on the panel first."), "panel")])
    made = []
    for time in times:
        slot = InterviewSlot.objects.create(
            round=round_, starts_at=time.starts_at, ends_at=time.ends_at, pause_minutes=round_.pause_minutes, room=time.room
        )  # fmt: skip
        engage(slot, panel)
        made.append(slot)
    record(actor, "InterviewRound.make_slots", round_, count=len(made))
    return made


@transaction.atomic
def change_slot(
    slot: InterviewSlot, *, actor: Actor, starts_at: dt.datetime, minutes: int, room: MeetingRoom | None,
    people: Iterable[User], note: str = "",
) -> InterviewSlot:  # fmt: skip
    """Move a time that nobody has been offered. Another length than the round's needs a note (equal treatment)."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, slot)
    locked = InterviewSlot.objects.select_for_update(of=("self",)).select_related("round__case").get(pk=slot.pk)
    if locked.state not in {SlotState.FREE, SlotState.BLOCKED}:
        message = _("Somebody has been called at this time: move the invitation instead.")
        raise NotPossible([Obstacle("slot_in_use", message)])
    if minutes != locked.round.minutes and not note.strip():
        message = _("Everybody in a round gets the same time. Write why this one differs.")
        raise NotPossible([Obstacle("note_missing", message, "slot.note")])
    locked.starts_at, locked.ends_at = starts_at, starts_at + dt.timedelta(minutes=minutes)
    locked.room, locked.note = room, note
    locked.save()
    engage(locked, _check_panel(locked.round.case, people))
    record(actor, "InterviewSlot.change", locked.round, slot=str(locked.pk))
    return locked


@transaction.atomic
def block_slot(slot: InterviewSlot, *, actor: Actor, blocked: bool = True) -> InterviewSlot:
    """Take a free time out of use (room and people are free again), or bring it back."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, slot)
    locked = InterviewSlot.objects.select_for_update(of=("self",)).select_related("round__case", "room").get(pk=slot.pk)
    if locked.state != (SlotState.FREE if blocked else SlotState.BLOCKED):
        raise NotPossible([Obstacle("slot_in_use", _("Somebody has been called at this time."))])
    people = list(User.objects.filter(engagements__slot=locked)) or list(locked.round.panel.all())
    locked.state = SlotState.BLOCKED if blocked else SlotState.FREE
    locked.save()
    engage(locked, people)
    record(actor, "InterviewSlot.block" if blocked else "InterviewSlot.free", locked.round, slot=str(locked.pk))
    return locked


@transaction.atomic
def remove_slot(slot: InterviewSlot, *, actor: Actor) -> None:
    """Remove a time that nobody was ever called at."""
    require(actor, Permission.INTERVIEW_PLAN_SLOTS, slot)
    locked = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
    if locked.invitations.exists():
        raise NotPossible([Obstacle("slot_in_use", _("Somebody has been called at this time."))])
    record(actor, "InterviewSlot.remove", locked.round, slot=str(locked.pk))
    locked.delete()


def take(slot: InterviewSlot, *, state: SlotState, was: Sequence[SlotState] = (SlotState.FREE,)) -> InterviewSlot:
    """Lock a slot and bring it from one of the states to another. Raises NotPossible where it is taken."""
    locked = InterviewSlot.objects.select_for_update(of=("self",)).select_related("room", "round").get(pk=slot.pk)
    if locked.state not in was:
        raise NotPossible([Obstacle("slot_taken", _("That time has just been taken. Choose another."), "slot")])
    locked.state = state
    locked.save(update_fields=["state"])
    return locked


def let_go(slot: InterviewSlot | None) -> None:
    """The time is free for somebody else."""
    if slot is not None:
        InterviewSlot.objects.filter(pk=slot.pk, state__in=[SlotState.HELD, SlotState.BOOKED]).update(
            state=SlotState.FREE
        )
