"""Mail about tasks: one a day with what is due, or one a task; each letter once, and none to somebody who is away."""

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import get_language, override

from recruitment import clock
from recruitment.cases.models import RecruitmentCase
from recruitment.mail.actions import send_to_colleague
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.planning.models import Absence, MailWish, PlannedActivity, TaskMail
from recruitment.planning.queries import due_by
from recruitment.planning.workdays import is_workday

logger = logging.getLogger(__name__)
FROM, UNTIL = dt.time(6), dt.time(18)  # nobody is written to at night
MOST_NAMED = 30  # tasks that one letter names
HOUSE = Actor.house("tasks")


def tell_of_tasks(now: dt.datetime) -> int:
    """Write to everybody who has something due and wants to hear of it. Returns how many letters were written."""
    local = now.astimezone(clock.COPENHAGEN)
    if not is_workday(local.date()) or not FROM <= local.time() < UNTIL:
        return 0
    today = local.date()
    away = set(Absence.objects.filter(begins__lte=today, ends__gte=today).values_list("user", flat=True))
    busy = PlannedActivity.objects.filter(
        done_at__isnull=True, responsible__is_active=True, due_date__lte=today + dt.timedelta(days=30)
    )
    wishes = {wish.user_id: wish for wish in TaskMail.objects.all()}
    told = Message.objects.filter(code="STAFF_TASK_DIGEST", key__endswith=f":{today.isoformat()}").values("recipient")
    users = User.objects.filter(pk__in=busy.exclude(responsible__in=away).values("responsible"), is_staff=True)
    return sum(_tell_if_possible(user, wishes.get(user.pk), today) for user in users.exclude(email__in=told))


def _tell_if_possible(user: User, wish: TaskMail | None, today: dt.date) -> int:
    """An institution's own letter that cannot be written keeps nobody else from theirs."""
    try:
        return _tell(user, wish or TaskMail(user=user), today)
    except (ValidationError, ValueError):
        logger.exception("no letter about tasks for user %s", user.pk)
        return 0


def _tell(user: User, wish: TaskMail, today: dt.date) -> int:
    if wish.wish == MailWish.NONE:
        return 0
    due = list(due_by(Actor.person(user), today + dt.timedelta(days=wish.days_ahead)))
    with override(user.language):
        if wish.wish == MailWish.SINGLE:
            return sum(_remind(task, user) for task in due)
        return sum(_digest(tasks, user, today) for tasks in _by_institution(due))


def _by_institution(tasks: Iterable[PlannedActivity]) -> Iterable[list[PlannedActivity]]:
    """No institution's letter names what another one recruits for."""
    found: dict[object, list[PlannedActivity]] = defaultdict(list)
    for task in tasks:
        found[task.plan.case.institution_id].append(task)
    return found.values()


def _digest(tasks: list[PlannedActivity], user: User, today: dt.date) -> int:
    institution = tasks[0].plan.case.institution
    key = f"tasks:{user.pk}:{institution.pk}:{today.isoformat()}"
    if Message.objects.filter(key=key).exists():
        return 0
    values = {
        "given_name": user.first_name or user.email,
        "institution": institution.name,
        "task_list": "\n".join(_in_words(task) for task in tasks[:MOST_NAMED]),
        "portal_link": f"{settings.SITE_URL}/admin/tasks/",
    }
    send_to_colleague("STAFF_TASK_DIGEST", to=user, institution=institution, values=values, key=key, actor=HOUSE)
    return 1


def _in_words(task: PlannedActivity) -> str:
    day = formats.date_format(task.due_date, "DATE_FORMAT") if task.due_date else "–"
    return f"– {day}: {task.name} ({task.plan.case.case_number}, {_title(task.plan.case)})"


def _title(case: RecruitmentCase) -> str:
    return case.title_en if get_language() == "en" and case.title_en else case.title


def _remind(task: PlannedActivity, user: User) -> int:
    case = task.plan.case
    key = f"task:{task.pk}:{user.pk}:{task.due_date}"
    if Message.objects.filter(key=key).exists():
        return 0
    contact = case.hr_responsible
    values = {
        "given_name": user.first_name or user.email,
        "institution": case.institution.name,
        "case_number": case.case_number,
        "job_title": _title(case),
        "deadline": formats.date_format(task.due_date, "DATE_FORMAT") if task.due_date else "",
        "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/plan/",
        "contact_name": str(contact) if contact else case.institution.name,
        "contact_phone": (contact.phone if contact else "") or case.institution.support_phone,
    }
    send_to_colleague("STAFF_REMINDER", to=user, institution=case.institution, values=values, key=key, actor=HOUSE)
    return 1
