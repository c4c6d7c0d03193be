"""The promised answer date: moved and told, reminded of, and told on the desk when it is broken."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.models import AnswerPromise
from recruitment.decisions.promises import move_promise, remind_of_promises
from recruitment.decisions.queries import Kept, broken_promises, promises_kept
from recruitment.errors import NotPossible
from recruitment.mail.models import Message


def promise(case, days: int) -> None:
    RecruitmentCase.objects.filter(pk=case.pk).update(expected_answer_date=clock.today() + dt.timedelta(days=days))
    case.refresh_from_db()


def test_those_who_wait_are_told_of_a_later_day_once(table):
    promise(table.case, 3)
    Application.objects.filter(pk=table.read[0].pk).update(state="WITHDRAWN")
    day = clock.today() + dt.timedelta(days=20)

    move_promise(table.case, day, actor=table.hr)

    told = Message.objects.filter(code="PROCESS_DELAYED")
    assert {letter.application_id for letter in told} == {table.met[0].pk, table.met[1].pk, table.read[1].pk}
    kept = AnswerPromise.objects.get()
    assert (kept.day, kept.told, kept.by_user) == (day, 3, table.hr.user)
    with pytest.raises(NotPossible):
        move_promise(table.case, day, actor=table.hr)
    assert told.count() == 3


def test_an_earlier_day_breaks_no_promise(table):
    promise(table.case, 30)

    move_promise(table.case, clock.today() + dt.timedelta(days=10), actor=table.hr)

    assert not Message.objects.filter(code="PROCESS_DELAYED").exists()
    assert AnswerPromise.objects.get().told == 0


def test_a_day_that_has_passed_is_no_promise(table):
    with pytest.raises(NotPossible):
        move_promise(table.case, clock.today() - dt.timedelta(days=1), actor=table.hr)


def test_who_does_not_change_the_case_promises_nothing(table):
    for role in (Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.ADMIN_SUPPORT):
        with pytest.raises(PermissionDenied):
            move_promise(table.case, clock.today() + dt.timedelta(days=90), actor=table.ours.actor(role))


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (20, None),
        (7, "STAFF_ANSWERS_DUE"),
        (1, "STAFF_ANSWERS_DUE"),
        (0, "STAFF_ANSWERS_DUE"),
        (-1, "STAFF_ANSWERS_LATE"),
    ],
)
def test_the_one_responsible_and_the_manager_are_reminded_once_within_a_week_and_told_when_it_is_broken(
    table, days, code
):
    promise(table.case, days)

    assert (remind_of_promises(), remind_of_promises()) == ((2, 0) if code else (0, 0))

    told = set(Message.objects.filter(code__startswith="STAFF_ANSWERS").values_list("code", "recipient"))
    both = {table.case.hr_responsible.email, table.case.hiring_manager.email}
    assert told == ({(code, address) for address in both} if code else set())


def test_who_is_both_hears_once_and_who_has_left_not_at_all(table):
    promise(table.case, 1)
    RecruitmentCase.objects.filter(pk=table.case.pk).update(hiring_manager=table.case.hr_responsible)
    assert remind_of_promises() == 1
    Message.objects.all().delete()
    type(table.case.hr_responsible).objects.filter(pk=table.case.hr_responsible_id).update(is_active=False)
    assert remind_of_promises() == 0


def test_and_once_more_the_day_before(table):
    promise(table.case, 1)
    remind_of_promises()

    keys = Message.objects.filter(code="STAFF_ANSWERS_DUE").values_list("key", flat=True)

    assert {key.split(":")[3] for key in keys} == {"1"}  # a week before it was another letter


def test_nobody_is_reminded_where_nobody_waits(table):
    promise(table.case, 1)
    Application.objects.filter(case=table.case).update(answer_delivered_at=clock.now())

    assert remind_of_promises() == 0


def test_a_broken_promise_is_told_to_those_who_answer(table, world):
    promise(table.case, -2)

    assert [(case.pk, case.owed) for case in broken_promises(table.hr)] == [(table.case.pk, 4)]
    assert broken_promises(table.ours.actor(Role.HIRING_MANAGER)).exists()
    for other in (table.ours.actor(Role.HIRING_COMMITTEE), world.theirs.actor(Role.HR_EXTENDED)):
        assert list(broken_promises(other)) == []
    Application.objects.filter(case=table.case).update(answer_delivered_at=clock.now())
    assert list(broken_promises(table.hr)) == []


def test_how_often_promises_are_kept_is_told_to_those_who_answer(table, world):
    promise(table.case, -2)
    now = clock.now()
    for row, days in ((table.met[0], 5), (table.met[1], 2), (table.read[0], 1)):
        Application.objects.filter(pk=row.pk).update(answer_delivered_at=now - dt.timedelta(days=days))
    Application.objects.filter(pk=table.read[1].pk).update(state="WITHDRAWN", answer_delivered_at=now)
    AnswerPromise.objects.create(
        case=table.case, before=clock.today() - dt.timedelta(days=9), day=clock.today(), moved_at=now
    )
    since = clock.today() - dt.timedelta(days=30)

    assert promises_kept(table.hr, since) == Kept(in_time=2, late=1, moved=1)
    assert promises_kept(table.hr, clock.today() - dt.timedelta(days=3)) == Kept(in_time=1, late=1, moved=1)
    for other in (table.ours.actor(Role.HIRING_COMMITTEE), world.theirs.actor(Role.HR_EXTENDED)):
        assert promises_kept(other, since) == Kept(0, 0, 0)
