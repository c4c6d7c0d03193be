"""What waits for somebody in this room, and what one applicant is told of it."""

from typing import Any

from django.db.models import QuerySet

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ClaimState, PriorityClaim
from recruitment.cases.queries import ENDED
from recruitment.fairness.access_requests import requests_of
from recruitment.fairness.facts import notes_without_hearing
from recruitment.fairness.hearings import shown_to_applicant
from recruitment.fairness.models import FactNote, HearingState, PartyHearing
from recruitment.fairness.request_models import AccessRequest, AccessState, ReasonsState, WrittenReasonsRequest
from recruitment.people.actor import Actor

#: Somebody must act: write it, evaluate it, close it.
HEARINGS_TO_ACT_ON = (
    HearingState.OPENED, HearingState.RESPONDED, HearingState.DEADLINE_PASSED, HearingState.EVALUATED,
)  # fmt: skip
CLAIMS_TO_ACT_ON = (
    ClaimState.CLAIMED, ClaimState.NOT_TO_BE_HIRED, ClaimState.STATEMENT_SENT, ClaimState.NEGOTIATED,
)  # fmt: skip


def hearings_to_act_on(actor: Actor) -> QuerySet[PartyHearing]:
    """Written and not sent, answered, or over without an answer; the oldest first."""
    rows = visible(actor, Permission.HEARING_MANAGE, PartyHearing.objects.filter(state__in=HEARINGS_TO_ACT_ON))
    return rows.exclude(application__case__state__in=ENDED).select_related(
        "application__candidate", "application__case"
    )


def notes_to_judge(actor: Actor) -> QuerySet[FactNote]:
    """Counts against somebody, and nobody has said whether they are heard."""
    rows = visible(actor, Permission.HEARING_MANAGE, notes_without_hearing())
    return rows.exclude(case__state__in=ENDED).select_related("application__candidate", "case")


def claims_to_act_on(actor: Actor) -> QuerySet[PriorityClaim]:
    """Undecided, or between the statement and its minutes."""
    rows = visible(actor, Permission.PRIORITY_MANAGE, PriorityClaim.objects.filter(state__in=CLAIMS_TO_ACT_ON))
    rows = rows.exclude(application__state__in=["STARTED", "WITHDRAWN"]).exclude(application__case__state__in=ENDED)
    return rows.select_related("application__candidate", "application__case").order_by("claimed_at")


def access_to_answer(actor: Actor) -> QuerySet[AccessRequest]:
    """Somebody waits to see papers; the most pressing first. Also on closed cases."""
    rows = visible(actor, Permission.ACCESS_DECIDE, AccessRequest.objects.exclude(state=AccessState.DELIVERED))
    return rows.select_related("application__candidate", "application__case").order_by("due_on", "received_at")


def reasons_to_answer(actor: Actor) -> QuerySet[WrittenReasonsRequest]:
    """Somebody waits for reasons; the most pressing first. Also on closed cases."""
    rows = visible(actor, Permission.REJECT, WrittenReasonsRequest.objects.exclude(state=ReasonsState.ANSWERED))
    return rows.select_related("application__candidate", "application__case").order_by("due_on", "requested_at")


def hearings_to_answer(application_ids: list[Any]) -> dict[Any, PartyHearing]:
    """By application: the hearing that waits for its applicant; one query."""
    rows = PartyHearing.objects.filter(application__in=application_ids, state=HearingState.SENT)
    return {row.application_id: row for row in rows.order_by("created_at")}


def told_to_applicant(application: Application) -> dict[str, Any]:
    """For the applicant's own data: hearings with what they answered, and what they asked for."""
    reasons = WrittenReasonsRequest.objects.filter(application=application).first()
    return {
        "hearings": [
            {"asked": row.sent_at, "answer_by": row.deadline, "about": row.facts_text, "you_answered": row.response_text}
            for row in shown_to_applicant(application)
        ],
        "asked_to_see": [
            {"what": row.kind, "when": row.received_at, "state": row.state, "delivered": row.delivered_at}
            for row in requests_of(application)
        ],
        "asked_for_reasons": reasons.requested_at if reasons else None,
    }  # fmt: skip


def is_late(row: AccessRequest | WrittenReasonsRequest) -> bool:
    """Whether its limit has passed."""
    return row.due_on < clock.today()
