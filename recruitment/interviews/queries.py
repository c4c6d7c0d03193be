"""Reading rounds, times and answers."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.lifecycle import CALLABLE
from recruitment.interviews.models import (
    KEEPS_ITS_TIME,
    WAITS_FOR_ANSWER,
    Engagement,
    InterviewInvitation,
    InterviewRound,
    InterviewSlot,
    InvitationState,
    SlotState,
)
from recruitment.people.actor import Actor
from recruitment.people.models import User

TASKS = (InvitationState.DECLINED, InvitationState.NEW_TIME_REQUESTED, InvitationState.EXPIRED)


def rounds_of(case: RecruitmentCase) -> QuerySet[InterviewRound]:
    """First to last, with their panels."""
    return case.interview_rounds.prefetch_related("panel").order_by("number")


def slots_of(round_: InterviewRound) -> QuerySet[InterviewSlot]:
    """In order of time, each with its people and whoever has it; three queries, however many."""
    kept = InterviewInvitation.objects.filter(state__in=KEEPS_ITS_TIME).select_related("application__candidate")
    people = Engagement.objects.filter(user__isnull=False).select_related("user").order_by("user__first_name")
    return round_.slots.select_related("room").prefetch_related(
        Prefetch("invitations", kept, to_attr="kept"), Prefetch("engagements", people, to_attr="engaged")
    )


def invitations_of(case: RecruitmentCase) -> QuerySet[InterviewInvitation]:
    """Everybody who was called, by round and time."""
    rows = InterviewInvitation.objects.filter(round__case=case).exclude(state=InvitationState.CANCELLED)
    return rows.select_related("application__candidate", "slot__room", "round").order_by(
        "round__number", "slot__starts_at", "created_at"
    )


def to_call(round_: InterviewRound) -> QuerySet[Application]:
    """Who can be called to the round and has not been: the chosen, and from the second round on who was interviewed."""
    called = round_.invitations.exclude(state=InvitationState.CANCELLED).values("application")
    states = CALLABLE if round_.number > 1 else CALLABLE[:1]
    rows = round_.case.applications.filter(state__in=states).exclude(pk__in=called)
    return rows.select_related("candidate").order_by("received_at", "pk")


def free_slots(round_: InterviewRound, at: dt.datetime) -> QuerySet[InterviewSlot]:
    """Times that nobody has been offered and that have not come."""
    return round_.slots.filter(state=SlotState.FREE, starts_at__gt=at).select_related("room")


def answers_to_see_to(actor: Actor) -> QuerySet[InterviewInvitation]:
    """Declined, asked for another time, or not answered: a task for whoever invites, while the applicant is called."""
    rows = visible(actor, Permission.INTERVIEW_INVITE, InterviewInvitation.objects.filter(state__in=TASKS))
    live = rows.filter(application__state__in=CALLABLE, round__case__state="INTERVIEWING")
    return live.select_related("application__candidate", "application__case", "round").order_by("updated_at")


def interviews_ahead(actor: Actor, at: dt.datetime, ahead: dt.timedelta) -> QuerySet[InterviewInvitation]:
    """What the person sits at, or calls people to, soon."""
    rows = visible(actor, Permission.INTERVIEW_VIEW_SLOTS, InterviewInvitation.objects.all())
    mine = Q(slot__engagements__user=actor.user) | Q(round__case__hr_responsible=actor.user)
    return (
        rows.filter(mine, state__in=["SENT", "ACCEPTED", "RESCHEDULED"], slot__starts_at__gt=at, slot__starts_at__lte=at + ahead)
        .select_related("round__case", "slot__room").distinct().order_by("slot__starts_at")
    )  # fmt: skip


def slots_of_person(user: User, begins: dt.datetime, ends: dt.datetime) -> QuerySet[InterviewSlot]:
    """The times that somebody sits at, for their calendar."""
    rows = InterviewSlot.objects.filter(engagements__user=user, starts_at__range=(begins, ends))
    kept = InterviewInvitation.objects.filter(state__in=KEEPS_ITS_TIME)
    return (
        rows.exclude(state=SlotState.BLOCKED)
        .select_related("room", "round__case")
        .prefetch_related(Prefetch("invitations", kept, to_attr="kept"))
    )


def invitations_of_application(application: Any) -> QuerySet[InterviewInvitation]:
    """What the applicant has been called to, newest first; drafts are not told."""
    rows = application.interview_invitations.exclude(state=InvitationState.DRAFT)
    return rows.select_related("round__case__institution", "slot__room").order_by("-round__number", "-created_at")


def invitations_to_answer(application_ids: Iterable[Any]) -> dict[Any, InterviewInvitation]:
    """By application: the invitation that waits for its applicant; one query."""
    rows = InterviewInvitation.objects.filter(application__in=list(application_ids), state__in=WAITS_FOR_ANSWER)
    return {row.application_id: row for row in rows.order_by("created_at")}


def told_to_applicant(application: Any) -> dict[str, Any]:
    """For the applicant's own data: what they were called to, what they answered, and that tests are kept."""
    return {
        "interviews": [
            {"round": row.round.number, "called": row.sent_at, "at": row.slot.starts_at if row.slot else None,
             "state": row.state, "answered": row.answered_at, "you_wrote": row.answer_note}
            for row in invitations_of_application(application)
        ],
        "tests": [{"name": row.test_name, "purpose": row.purpose, "kept": row.created_at} for row in application.test_results.all()],
    }  # fmt: skip
