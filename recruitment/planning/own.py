"""What a person decides about their own tasks: mail, and days away."""

import datetime as dt
from collections.abc import Iterable

import icalendar
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import seats_of, visible
from recruitment.access.models import CaseMember
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.entries import entry
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.planning.actions import reschedule
from recruitment.planning.models import Absence, CasePlan, MailWish, PlannedActivity, TaskMail
from recruitment.planning.queries import my_tasks


def employers_of(actor: Actor) -> list[Institution]:
    """Where the person works: institutions in which they have a role, or a seat on a case."""
    seats = seats_of(actor)
    levels = {institution for _role, institution, _path in seats.levels}
    on_cases = CaseMember.objects.filter(case__in=[case for _role, case, _chair in seats.cases])
    return list(Institution.objects.filter(pk__in=levels | set(on_cases.values_list("case__institution", flat=True))))


@transaction.atomic
def choose_mail(actor: Actor, *, wish: MailWish, days_ahead: int) -> TaskMail:
    """How the person is told of tasks from now on."""
    if actor.user is None:
        raise PermissionDenied
    chosen = TaskMail(user=actor.user, wish=wish, days_ahead=days_ahead)
    chosen.clean_fields()
    chosen.save()
    record(actor, "task_mail.choose", actor.user, wish=wish, days=days_ahead)
    return chosen


@transaction.atomic
def note_absence(actor: Actor, *, begins: dt.date, ends: dt.date) -> list[Absence]:
    """The person is away; their open steps are reckoned anew. Raises ValidationError for days in the wrong order."""
    if actor.user is None:
        raise PermissionDenied
    return [
        keep_absence(actor.user, employer, begins=begins, ends=ends, actor=actor) for employer in employers_of(actor)
    ]


def keep_absence(user: User, institution: Institution, *, begins: dt.date, ends: dt.date, actor: Actor) -> Absence:
    """One absence at one employer, kept once; plans with steps of the person follow."""
    row = Absence.objects.filter(user=user, institution=institution, begins=begins).first() or Absence(
        user=user, institution=institution, begins=begins
    )
    row.ends = ends
    row.full_clean()
    row.save()
    record(actor, "absence.note", row, user=user.pk)
    _follow(user, institution)
    return row


@transaction.atomic
def forget_absence(actor: Actor, absence: Absence) -> None:
    """The person is there after all."""
    if actor.user is None or absence.user_id != actor.user.pk:
        raise PermissionDenied
    same = Absence.objects.filter(user=actor.user, begins=absence.begins)
    record(actor, "absence.forget", absence)
    employers = list(Institution.objects.filter(pk__in=same.values("institution")))
    same.delete()
    for employer in employers:
        _follow(actor.user, employer)


def _follow(user: User, institution: Institution) -> None:
    plans = CasePlan.objects.filter(
        case__institution=institution, activities__responsible=user, activities__done_at__isnull=True
    )
    for plan in plans.distinct().select_related("case"):
        reschedule(plan)


def task_entries(actor: Actor, tasks: QuerySet[PlannedActivity] | None = None) -> Iterable[icalendar.Event]:
    """The person's open tasks (or those of them that are given) with a day, as whole days in a calendar; the case by its number only (domain B8)."""
    for task in (my_tasks(actor) if tasks is None else tasks).filter(due_date__isnull=False):
        yield entry(
            f"task-{task.calendar_uid}@opslag", summary=f"{task.name} ({task.plan.case.case_number})", words=task.plan.case.case_number,
            link=f"{settings.SITE_URL}/admin/cases/{task.plan.case_id}/plan/", dtstart=task.due_date,
        )  # fmt: skip


def case_day_entries(actor: Actor, cases: QuerySet[RecruitmentCase]) -> Iterable[icalendar.Event]:
    """The interview days of the cases on which the person has a seat, as whole days that keep nobody busy."""
    for case in visible(
        actor, Permission.CASE_VIEW, cases.filter(members__user=actor.user, members__access_until=None)
    ).distinct():
        for day in case.interview_dates:
            yield entry(
                f"interviews-{case.pk}-{day.isoformat()}@opslag", summary=_("Interviews (%s)") % case.case_number,
                words=case.case_number, link=f"{settings.SITE_URL}/admin/cases/{case.pk}/", dtstart=day,
            )  # fmt: skip
