"""The case's tab “Decision”: what is recommended, decided, offered and answered."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.guard import actor_of
from portal.workbench.places import blockers
from portal.workbench.screens import Crumb, case_for, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.cases.lifecycle import CONCLUDE, CONCLUDE_UNFILLED, DECIDE_AGAIN
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.models import HiringDecision, Place
from recruitment.decisions.queries import (
    decision_in_force,
    draft_of,
    names_of,
    newest_recommendation,
    next_in_reserve,
    offers_of,
    positions_of,
    unanswered,
)
from recruitment.decisions.recommending import OPEN_IN
from recruitment.lifecycle import is_open, obstacles
from recruitment.people.actor import Actor

TAB = "decision"


def case_at_decision(request: HttpRequest, case_id: uuid.UUID, right: Permission) -> RecruitmentCase:
    """The case, for somebody who has the right and has declared."""
    case = case_for(request, case_id, right)
    require(actor_of(request), right, case)
    return case


def crumb(case: RecruitmentCase) -> tuple[Crumb, ...]:
    """The way back to the tab."""
    return ((_("Decision"), reverse("workbench:decision", args=[case.pk])),)


def rights_at(actor: Actor, case: RecruitmentCase) -> dict[str, bool]:
    """Which buttons this person is shown in the state that the case is in."""
    at_decision = case.state in OPEN_IN
    return {
        "may_recommend": at_decision and may(actor, Permission.APPLICATION_FINAL_RANK, case),
        "may_write": at_decision and may(actor, Permission.DECISION_RECORD, case),
        "may_conclude": is_open(CONCLUDE, case, actor=actor),
        "may_hire_nobody": is_open(CONCLUDE_UNFILLED, case, actor=actor),
        "may_decide_again": is_open(DECIDE_AGAIN, case, actor=actor),
        "may_correct": case.state == CaseState.CONCLUDING and may(actor, Permission.DECISION_RECORD, case),
        "may_note": may(actor, Permission.APPLICATION_CHANGE_STATE, case),
        "may_answer": may(actor, Permission.REJECT_LOG_PHONE, case),
    }


@screen
def decision(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everything in the order in which it happens."""
    case = case_at_decision(request, case_id, Permission.PRIORITY_VIEW)
    actor = actor_of(request)
    draft, force = draft_of(case), decision_in_force(case)
    earlier = HiringDecision.objects.filter(case=case, concluded_at__isnull=False).select_related("by_user")
    return show_case(
        request, "workbench/decisions/decision.html", case, tab=TAB, title=_("Decision"),
        recommendation=newest_recommendation(case), draft=_told(draft), force=_told(force),
        earlier=earlier.exclude(pk=force.pk if force else None).order_by("-version"), offers=offers_of(case),
        reserve=next_in_reserve(case), positions=positions_of(case), unanswered=unanswered(case).count(),
        blockers=blockers(obstacles(CONCLUDE, case), case) if draft and case.state == CaseState.DECIDING else [],
        **rights_at(actor, case),
    )  # fmt: skip


def _told(row: HiringDecision | None) -> dict[str, Any] | None:
    """A decision with its names."""
    if row is None:
        return None
    return {"row": row, "chosen": list(names_of(row)), "reserve": list(names_of(row, Place.RESERVE))}
