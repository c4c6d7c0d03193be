"""Those who can be recommended and chosen, with what is known of each, as lines of a form."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from portal.guard import actor_of
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application
from recruitment.assessments.models import FinalRanking
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.models import HiringDecision, Place
from recruitment.decisions.queries import can_be_chosen, newest_recommendation
from recruitment.interviews.records import Interview

FAR_BEHIND = 999


@dataclass
class Line:
    """One applicant: what the panel and the committee said, and what is typed."""

    application: Application
    panel: str = ""
    rank: int | None = None
    recommended: int | None = None
    reason: str = ""
    place: str = ""
    order: str = ""
    findings: list[Any] = field(default_factory=list)


def order_of(line: Line) -> int:
    """The number typed beside the name; those without come last."""
    return int(line.order) if line.order.isdecimal() and len(line.order) < 4 else FAR_BEHIND


def candidates_for(request: HttpRequest, case: RecruitmentCase, decision: HiringDecision | None = None) -> list[Line]:
    """With what was posted, else with what is written; the same number of queries for few and for many."""
    rows = mask_for(actor_of(request), case).put_on_all(list(can_be_chosen(case)))
    panels = Interview.objects.filter(invitation__application__in=rows).exclude(outcome="")
    said = {each.invitation.application_id: each.get_outcome_display() for each in panels.select_related("invitation")}
    ranks = dict(FinalRanking.objects.filter(case=case).values_list("application", "rank"))
    newest = newest_recommendation(case)
    named = {name.application_id: name for name in newest.names.all()} if newest else {}
    written = {name.application_id: name for name in decision.names.all()} if decision else {}
    lines = [
        Line(row, said.get(row.pk, ""), ranks.get(row.pk), *_of(named.get(row.pk)), *_place(written.get(row.pk)))
        for row in rows
    ]
    if request.method == "POST":
        for line in lines:
            _take(request, line)
    return lines


def _of(name: Any) -> tuple[int | None, str]:
    return (name.rank, name.reason) if name else (None, "")


def _place(name: Any) -> tuple[str, str]:
    if name is None:
        return "", ""
    return name.place, str(name.order) if name.place == Place.RESERVE else ""


def _take(request: HttpRequest, line: Line) -> None:
    key = line.application.pk
    line.place = request.POST.get(f"place-{key}", "")
    line.order = request.POST.get(f"order-{key}", "").strip()
    line.reason = request.POST.get(f"reason-{key}", "").replace("\x00", "")[:3000]
