"""The day on which everybody was promised an answer: moved, told, reminded of."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from recruitment import clock
from recruitment.applications.letters import STILL_STANDING, write
from recruitment.applications.models import Application
from recruitment.cases.actions import AnswerDateMoved, edit_case
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.models import AnswerPromise
from recruitment.decisions.queries import IN_PROGRESS, promises_until
from recruitment.errors import NotPossible, Obstacle
from recruitment.mail.actions import send_to_colleague
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from recruitment.people.models import User

#: Days before the promised one on which those who answer are reminded, the last first.
REMIND_AT = (1, 7)
BROKEN = -1  # the mark of a promise whose day has gone
HOUSE = Actor.house("promised answers")


@transaction.atomic
def move_promise(case: RecruitmentCase, day: dt.date, *, actor: Actor) -> RecruitmentCase:
    """Promise another day. Those who wait are told by letter, once for each day that is promised."""
    if day < clock.today():
        raise NotPossible([Obstacle("day_passed", _("The day has passed."), "promise.day")])
    fresh = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if fresh.expected_answer_date == day:
        raise NotPossible([Obstacle("same_day", _("That is the day that is promised already."), "promise.day")])
    return edit_case(fresh, actor=actor, frame={"expected_answer_date": day})


def tell_of_new_day(event: AnswerDateMoved) -> None:
    """Whoever has applied and waits hears of a later day (PROCESS_DELAYED); an earlier one breaks no promise."""
    case, day = event.case, event.case.expected_answer_date
    if day is None or case.state not in IN_PROGRESS:
        return
    told = 0
    if event.before is not None and day > event.before:
        waiting = Application.objects.filter(case=case, state__in=STILL_STANDING, answer_delivered_at__isnull=True)
        for application in waiting.select_related("case__institution", "round", "candidate"):
            key = f"promise:{application.pk}:{day.isoformat()}"
            told += write("PROCESS_DELAYED", application, key=key, actor=event.actor) is not None
    AnswerPromise.objects.create(
        case=case, before=event.before, day=day, told=told, by_user=event.actor.user, moved_at=clock.now()
    )


def remind_of_promises() -> int:
    """The one responsible in HR and the manager hear a week before the promised day, the day before, and when it has been broken.

    Returns how many letters were written.
    """
    today, written = clock.today(), 0
    for case in promises_until(today + dt.timedelta(days=max(REMIND_AT))):
        day: Any = case.expected_answer_date
        left = (day - today).days
        mark = next(days for days in REMIND_AT if left <= days) if left >= 0 else BROKEN
        written += sum(_remind(case, user, day, mark) for user in {case.hr_responsible, case.hiring_manager} if user)
    return written


def _remind(case: RecruitmentCase, user: User, day: dt.date, mark: int) -> int:
    key = f"answers-due:{case.pk}:{day}:{mark}:{user.pk}"
    if not user.is_active or Message.objects.filter(key=key).exists():
        return 0
    owed: int = case.owed  # type: ignore[attr-defined]
    with override(user.language):
        values = {
            "given_name": user.first_name or user.email, "institution": case.institution.name, "case_number": case.case_number,
            "job_title": case.title_en if user.language == "en" and case.title_en else case.title,
            "expected_answer_date": formats.date_format(day, "DATE_FORMAT"),
            "task_list": ngettext("%d applicant waits for an answer.", "%d applicants wait for an answer.", owed) % owed,
            "portal_link": f"{settings.SITE_URL}/admin/cases/{case.pk}/answers/",
        }  # fmt: skip
    code = "STAFF_ANSWERS_LATE" if mark == BROKEN else "STAFF_ANSWERS_DUE"
    send_to_colleague(code, to=user, institution=case.institution, values=values, key=key, actor=HOUSE)
    return 1
