"""Who reads applications hears of new ones; a committee that is to wait for the deadline neither hears nor reads."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.access.roles import Role
from recruitment.applications.review import open_application
from recruitment.assessments.telling import tell_of_new_applications
from recruitment.cases.models import RecruitmentCase
from recruitment.mail.models import Message
from recruitment.planning.models import Absence, TaskMail
from recruitment.planning.workdays import is_workday
from tests.factories.world import declare_all, make_application


def morning(after: int = 0) -> dt.datetime:
    """Ten o'clock on a working day, that many working days from the next one on."""
    day = clock.today() + dt.timedelta(days=1)
    while not is_workday(day) or after:
        after -= is_workday(day)
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(10), tzinfo=clock.COPENHAGEN)


def told() -> set[str]:
    return set(Message.objects.filter(code="STAFF_NEW_APPLICATIONS").values_list("recipient", flat=True))


@pytest.fixture
def readers(world) -> set[str]:
    roles = (Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE)
    return {world.ours.staff[role].email for role in roles}


def test_everybody_who_reads_is_told_once_a_day_and_only_of_what_is_new(world, readers):
    assert tell_of_new_applications(morning()) >= 3
    assert readers <= told()
    assert tell_of_new_applications(morning()) == 0
    with clock.shifted(dt.timedelta(days=3)):
        assert tell_of_new_applications(morning()) == 0  # nothing has come since


def test_who_has_opened_it_hears_nothing(world):
    declare_all(world.ours)
    member = world.ours.actor(Role.HIRING_COMMITTEE)
    open_application(world.application, actor=member)
    tell_of_new_applications(morning())
    assert member.user.email not in told()

    make_application(world.ours.round, email="ny@ansoeger.example")
    tell_of_new_applications(morning(1))
    assert member.user.email in told()


def test_nobody_at_night_nobody_away_and_nobody_who_wants_no_mail(world):
    manager, member = world.ours.staff[Role.HIRING_MANAGER], world.ours.staff[Role.HIRING_COMMITTEE]
    assert tell_of_new_applications(morning().replace(hour=3)) == 0
    TaskMail.objects.create(user=manager, wish="NONE")
    day = morning().date()
    Absence.objects.create(institution=world.ours.institution, user=member, begins=day, ends=day)

    tell_of_new_applications(morning())
    assert not {manager.email, member.email} & told()


def test_a_committee_that_waits_neither_hears_nor_reads_before_the_deadline(world):
    declare_all(world.ours)
    member, manager = world.ours.staff[Role.HIRING_COMMITTEE], world.ours.staff[Role.HIRING_MANAGER]
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(committee_reads_at_once=False)

    tell_of_new_applications(morning())
    assert member.email not in told()
    assert manager.email in told()
    for right in (Permission.APPLICATION_LIST, Permission.APPLICATION_READ_DOCUMENTS, Permission.APPLICATION_RATE):
        assert not may(world.ours.actor(Role.HIRING_COMMITTEE), right, world.application)
        assert may(world.ours.actor(Role.HIRING_MANAGER), right, world.application)
    assert may(world.ours.actor(Role.HIRING_COMMITTEE), Permission.CASE_VIEW, world.ours.case)

    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(state="ASSESSING")
    assert may(world.ours.actor(Role.HIRING_COMMITTEE), Permission.APPLICATION_READ_DOCUMENTS, world.application)
    tell_of_new_applications(morning(1))
    assert member.email in told()
