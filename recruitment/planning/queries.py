"""Reading plans: what is due, whose turn it is, what no longer holds."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.queries import ENDED
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.planning.models import (
    Absence,
    ActivityKind,
    Anchor,
    CasePlan,
    Phase,
    PlannedActivity,
    PlanTemplate,
    phase_of,
)
from recruitment.planning.scheduling import Anchors, Away, anchors_of, is_away


@dataclass(frozen=True)
class Line:
    """One step as a plan shows it. `status` is done, overdue, next or open; `remarks` say what does not hold."""

    activity: PlannedActivity
    status: str
    days: int | None
    remarks: tuple[str, ...] = ()

    @property
    def phase(self) -> Phase:
        """The stretch it belongs to."""
        return phase_of(self.activity.kind)


def absences_of(users: Iterable[Any], institution: Any) -> Away:
    """Who of them is away when; one query."""
    found: dict[Any, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    rows = Absence.objects.filter(user__in=set(users), institution=institution, ends__gte=clock.today())
    for user, begins, ends in rows.values_list("user", "begins", "ends"):
        found[user].append((begins, ends))
    return found


def deadline_of(case: RecruitmentCase) -> dt.date | None:
    """The day on which the open round ends."""
    round_ = current_round(case)
    return clock.shown(round_.application_deadline).date() if round_ and round_.application_deadline else None


def anchors_of_plan(plan: CasePlan, steps: Sequence[PlannedActivity]) -> Anchors:
    """The days that the plan is counted from."""
    return anchors_of(steps, start=plan.target_start_date, deadline=deadline_of(plan.case))


def lines_of(plan: CasePlan) -> list[Line]:
    """The steps in order of time; the first open one is the next. Three queries, however many."""
    steps = list(plan.activities.select_related("responsible", "done_by"))
    away = absences_of([step.responsible_id for step in steps], plan.case.institution_id)
    today = clock.today()
    whose_turn = next((step for step in steps if step.done_at is None), None)
    offer = _first_from_the_start(steps)
    return [
        Line(
            step, _status(step, today, whose_turn), (step.due_date - today).days if step.due_date else None,
            tuple(_remarks(step, away, offer)) if step.done_at is None else (),
        )
        for step in steps
    ]  # fmt: skip


def _status(step: PlannedActivity, today: dt.date, whose_turn: PlannedActivity | None) -> str:
    if step.done_at is not None:
        return "done"
    if step.due_date is not None and step.due_date < today:
        return "overdue"
    return "next" if step is whose_turn else "open"


def _first_from_the_start(steps: Iterable[PlannedActivity]) -> PlannedActivity | None:
    """The first open step that is counted back from the first day at work: what comes before it must be done by then."""
    counted = [
        step for step in steps
        if step.anchor == Anchor.START_DATE and step.kind != ActivityKind.DEADLINE and step.done_at is None and step.due_date
    ]  # fmt: skip
    return min(counted, key=lambda step: step.position, default=None)


def _remarks(step: PlannedActivity, away: Away, offer: PlannedActivity | None) -> Iterable[str]:
    if step.responsible_id is None:
        yield _("Nobody is responsible.")
    if is_away(step.due_date, away.get(step.responsible_id, ())):
        yield _("%s is away that day.") % step.responsible
    if offer is None or step.due_date is None or offer.due_date is None:
        return
    comes_before = step.anchor == Anchor.DEADLINE and step.position < offer.position
    if comes_before and step.due_date > offer.due_date:
        late = (step.due_date - offer.due_date).days
        yield ngettext(
            "Falls %(n)d day too late: “%(step)s” is due on %(day)s.",
            "Falls %(n)d days too late: “%(step)s” is due on %(day)s.",
            late,
        ) % {"n": late, "step": offer.name, "day": formats.date_format(offer.due_date, "DATE_FORMAT")}


def my_tasks(actor: Actor) -> QuerySet[PlannedActivity]:
    """The person's open steps on cases they may see, the most urgent first. The deadline passes by itself and is nobody's."""
    rows = PlannedActivity.objects.filter(responsible=actor.user, done_at__isnull=True)
    rows = rows.exclude(kind=ActivityKind.DEADLINE)
    rows = visible(actor, Permission.CASE_VIEW, rows.exclude(plan__case__state__in=ENDED))
    return rows.select_related("plan__case__institution")


def due_by(actor: Actor, day: dt.date) -> QuerySet[PlannedActivity]:
    """Those of the person's open steps that are due by the day."""
    return my_tasks(actor).filter(due_date__lte=day)


def templates_for(unit: OrganisationalUnit) -> QuerySet[PlanTemplate]:
    """The templates that a case in the unit can begin with: its own and those above it, and the shipped ones."""
    above = [
        unit.path[:end] for end in range(OrganisationalUnit.steplen, len(unit.path) + 1, OrganisationalUnit.steplen)
    ]
    return PlanTemplate.objects.filter(Q(institution__isnull=True) | Q(unit__path__in=above), active=True)


def usual_template(unit: OrganisationalUnit) -> PlanTemplate | None:
    """The one a new case gets: the usual one of the nearest unit, else the shipped one."""
    usual = templates_for(unit).filter(is_usual=True).select_related("unit")
    return max(usual, key=lambda template: len(template.unit.path) if template.unit else 0, default=None)
