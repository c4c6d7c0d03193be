"""Making a plan, changing it, ticking it off, and moving the day on which the new colleague begins."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.models import CaseMember
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.audit.record import record
from recruitment.cases.actions import edit_case, set_deadline
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import CaseType, RecruitmentCase
from recruitment.cases.queries import ENDED
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.planning.models import ActivityKind, CasePlan, Part, PlannedActivity, PlanTemplate
from recruitment.planning.queries import absences_of, anchors_of_plan, deadline_of, usual_template
from recruitment.planning.scheduling import anchors_of, day_of

#: What of a step is copied from a template, or from another plan.
STEP = ("kind", "title", "part", "anchor", "offset", "position")
#: What may be typed about a step of a plan.
TYPED = ("kind", "title", "responsible", "due_date", "note")


@transaction.atomic
def make_plan(
    case: RecruitmentCase, *, actor: Actor, template: PlanTemplate | None = None, like: RecruitmentCase | None = None
) -> CasePlan | None:
    """The case's plan, from the template (else the usual one) or with the steps of another case's plan.

    An existing plan is kept as it is. None for a call for open applications, which nobody begins in on a day.
    """
    if case.case_type == CaseType.OPEN_APPLICATION:
        return None
    require(actor, Permission.CASE_EDIT, case)
    if existing := CasePlan.objects.filter(case=case).first():
        return existing
    template = template or usual_template(case.unit)
    plan = CasePlan.objects.create(case=case, template=template, target_start_date=case.start_date)
    source = CasePlan.objects.filter(case=like).first() if like else None
    steps: Iterable[Any] = source.activities.all() if source else template.activities.all() if template else ()
    people = people_by_part(case)
    PlannedActivity.objects.bulk_create(
        [
            PlannedActivity(
                plan=plan, responsible=people.get(step.part), **{name: getattr(step, name) for name in STEP}
            )
            for step in steps
        ]
    )
    reschedule(plan)
    record(actor, "plan.make", case, template=str(template.pk) if template else "")
    return plan


def people_by_part(case: RecruitmentCase) -> dict[str, User | None]:
    """Who plays which part on the case today."""
    seats = list(
        CaseMember.objects.filter(case=case, access_until__isnull=True)
        .select_related("user")
        .order_by("-is_chair", "invited_at")
    )
    chair = next((seat.user for seat in seats if seat.is_chair), None)
    support = next((seat.user for seat in seats if seat.role == Role.ADMIN_SUPPORT), None)
    return {
        Part.HR: case.hr_responsible,
        Part.MANAGER: case.hiring_manager,
        Part.CHAIR: chair or case.hiring_manager,
        Part.SUPPORT: support or case.hr_responsible,
    }


@transaction.atomic
def reschedule(plan: CasePlan) -> None:
    """Put every open step that nobody has pinned on its day."""
    steps = list(plan.activities.all())
    anchors = anchors_of_plan(plan, steps)
    away = absences_of([step.responsible_id for step in steps], plan.case.institution_id)
    moved = []
    for step in steps:
        day = day_of(step, anchors, away)
        if day != step.due_date:
            step.due_date = day
            moved.append(step)
    PlannedActivity.objects.bulk_update(moved, ["due_date"])


def _refuse_if_ended(plan: CasePlan) -> None:
    if plan.case.state in ENDED:
        raise NotPossible([Obstacle("closed", _("The case is closed."))])


@transaction.atomic
def save_activity(
    plan: CasePlan, activity: PlannedActivity | None = None, *, actor: Actor, fields: Mapping[str, Any]
) -> PlannedActivity:
    """Add a step, or change one. A day that was typed is pinned; an emptied one is reckoned again."""
    require(actor, Permission.CASE_EDIT, plan.case)
    _refuse_if_ended(plan)
    step = activity or PlannedActivity(plan=plan, position=plan.activities.count())
    before = step.due_date
    for name in TYPED:
        if name in fields:
            setattr(step, name, fields[name])
    if step.due_date is None:
        step.is_pinned = False
        steps = list(plan.activities.all())
        step.due_date = day_of(
            step, anchors_of_plan(plan, steps), absences_of([step.responsible_id], plan.case.institution_id)
        )
    elif step.due_date != before:
        step.is_pinned = True
    step.save()
    record(actor, "plan.save_activity", plan.case, activity=str(step.pk), kind=step.kind)
    return step


@transaction.atomic
def remove_activity(activity: PlannedActivity, *, actor: Actor) -> None:
    """Take a step out of the plan."""
    case = activity.plan.case
    require(actor, Permission.CASE_EDIT, case)
    _refuse_if_ended(activity.plan)
    record(actor, "plan.remove_activity", case, activity=str(activity.pk), kind=activity.kind)
    activity.delete()


def is_ticked_by_hand(activity: PlannedActivity) -> bool:
    """The deadline passes by itself; nobody does it."""
    return activity.kind != ActivityKind.DEADLINE


def may_tick(activity: PlannedActivity, actor: Actor) -> bool:
    """Whoever is responsible for a step and still on the case, and whoever may change the plan."""
    if not is_ticked_by_hand(activity):
        return False
    case = activity.plan.case
    is_own = actor.user is not None and activity.responsible_id == actor.user.pk
    return may(actor, Permission.CASE_EDIT, case) or (is_own and may(actor, Permission.CASE_VIEW, case))


@transaction.atomic
def tick(activity: PlannedActivity, *, actor: Actor, done: bool = True) -> PlannedActivity:
    """Say that a step is done, or that it is not after all. Raises PermissionDenied for other people's steps."""
    locked = PlannedActivity.objects.select_for_update(of=("self",)).select_related("plan__case").get(pk=activity.pk)
    if not may_tick(locked, actor):
        raise PermissionDenied
    _refuse_if_ended(locked.plan)
    if (locked.done_at is not None) == done:
        return locked
    locked.done_at, locked.done_by = (clock.now(), actor.user) if done else (None, None)
    locked.save(update_fields=["done_at", "done_by"])
    record(actor, "plan.tick" if done else "plan.untick", locked.plan.case, activity=str(locked.pk), kind=locked.kind)
    return locked


@dataclass(frozen=True)
class Shift:
    """What moving the first day at work does to one step."""

    activity: PlannedActivity
    before: dt.date | None
    after: dt.date | None

    @property
    def is_too_late(self) -> bool:
        """Whether the new day is over already."""
        return self.after is not None and self.after < clock.today() and self.after != self.before


def deadline_can_move(case: RecruitmentCase) -> bool:
    """Before the ad is out, the deadline follows the first day at work."""
    round_ = current_round(case)
    return round_ is not None and round_.opens_at is None


def consequences(plan: CasePlan, start: dt.date) -> list[Shift]:
    """The old and the new day of each step, if the new colleague began on `start`. Nothing is changed."""
    steps = list(plan.activities.select_related("responsible"))
    deadline = None if deadline_can_move(plan.case) else deadline_of(plan.case)
    anchors = anchors_of(steps, start=start, deadline=deadline)
    away = absences_of([step.responsible_id for step in steps], plan.case.institution_id)
    return [Shift(step, step.due_date, day_of(step, anchors, away)) for step in steps]


@transaction.atomic
def move_start(plan: CasePlan, start: dt.date, *, actor: Actor) -> CasePlan:
    """Let the new colleague begin on another day; every open step follows, and before the ad is out the deadline as well."""
    case = plan.case
    require(actor, Permission.CASE_EDIT, case)
    _refuse_if_ended(plan)
    if start <= clock.today():
        raise NotPossible([Obstacle("start_passed", _("Choose a day that is still ahead."), "start")])
    _move_deadline(plan, start, actor)
    plan.target_start_date = start
    plan.save(update_fields=["target_start_date"])
    if not case.start_asap and case.start_date != start:
        edit_case(case, actor=actor, frame={"start_date": start})
    reschedule(plan)
    record(actor, "plan.move_start", case, start=start.isoformat())
    return plan


def _move_deadline(plan: CasePlan, start: dt.date, actor: Actor) -> None:
    """The new deadline keeps the hour of the old one."""
    round_ = current_round(plan.case)
    if round_ is None or not deadline_can_move(plan.case) or round_.application_deadline is None:
        return
    day = anchors_of(list(plan.activities.all()), start=start, deadline=None).deadline
    if day is None or day <= clock.today():
        raise NotPossible([Obstacle("deadline_passed", _("The deadline would have passed already."), "start")])
    last_minute = clock.shown(round_.application_deadline).replace(year=day.year, month=day.month, day=day.day)
    deadline = clock.end_of_minute(last_minute)
    if deadline != round_.application_deadline:
        set_deadline(round_, deadline, actor=actor)
