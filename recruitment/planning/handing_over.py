"""When a colleague is ill or on leave: cases and tasks go to somebody else in one act."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.actions import appoint_hiring_manager, hand_over_case
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.queries import ENDED
from recruitment.errors import NotPossible, Obstacle
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.planning.models import PlannedActivity
from recruitment.planning.own import keep_absence


@dataclass(frozen=True)
class Work:
    """What somebody has on their hands at an institution, as far as the actor may hand it on."""

    responsible_for: list[RecruitmentCase]
    manages: list[RecruitmentCase]
    tasks: list[PlannedActivity]

    def __bool__(self) -> bool:
        return bool(self.responsible_for or self.manages or self.tasks)


@dataclass(frozen=True)
class HandedOver:
    """What went along, and which tasks stayed because the one who takes over may not see their case."""

    cases: int
    tasks: int
    left: list[PlannedActivity]


def work_of(user: User, institution: Institution, *, actor: Actor) -> Work:
    """Open cases and open tasks."""
    cases = _in_reach(institution, actor).exclude(state__in=ENDED).order_by("case_number")
    tasks = PlannedActivity.objects.filter(plan__case__in=cases, responsible=user, done_at__isnull=True)
    return Work(
        list(cases.filter(hr_responsible=user)),
        list(cases.filter(hiring_manager=user)),
        list(tasks.select_related("plan__case")),
    )


def _in_reach(institution: Institution, actor: Actor) -> QuerySet[RecruitmentCase]:
    """An administrator hands on everything of the institution, HR what it may edit."""
    cases = RecruitmentCase.objects.filter(institution=institution)
    if may(actor, Permission.USER_CREATE_ANY, institution):
        return cases
    return visible(actor, Permission.CASE_EDIT, cases)


@transaction.atomic
def hand_over_work(
    user: User, to: User, institution: Institution, *, actor: Actor, away: tuple[dt.date, dt.date] | None = None
) -> HandedOver:
    """Cases, the part of hiring manager and open tasks go to the colleague; the days away are noted.

    Raises NotPossible where there is nothing that the actor may hand on, or nobody to take it.
    """
    work = work_of(user, institution, actor=actor)
    if user == to:
        raise NotPossible([Obstacle("same_person", _("Choose somebody else to take over."), "to")])
    if not work:
        raise NotPossible([Obstacle("nothing", _("There is nothing that you can hand on."), "user")])
    for case in work.responsible_for:
        hand_over_case(case, to, actor=actor)
    for case in work.manages:
        appoint_hiring_manager(case, to, actor=Actor.house("handed over"))
        record(actor, "RecruitmentCase.hand_over_management", case, to=to.pk)
    taker = Actor.person(to)
    left = [task for task in work.tasks if not may(taker, Permission.CASE_VIEW, task.plan.case)]
    going = [task.pk for task in work.tasks if task not in left]
    PlannedActivity.objects.filter(pk__in=going).update(responsible=to)
    record(actor, "tasks.hand_over", institution, user=user.pk, to=to.pk, tasks=[str(pk) for pk in going])
    if away is not None:
        keep_absence(user, institution, begins=away[0], ends=away[1], actor=actor)
    return HandedOver(len({case.pk for case in (*work.responsible_for, *work.manages)}), len(going), left)
