"""Mail about tasks, days away, and work that is handed over."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.errors import NotPossible
from recruitment.mail.models import Message, MessageTemplate
from recruitment.people.actor import Actor
from recruitment.planning.handing_over import hand_over_work, work_of
from recruitment.planning.letters import tell_of_tasks
from recruitment.planning.models import Absence, PlannedActivity
from recruitment.planning.own import choose_mail, forget_absence, note_absence, task_entries
from recruitment.planning.workdays import workday_from
from tests.factories.world import make_case, make_user


@pytest.fixture
def manager(world):
    """The hiring manager of ours; nothing of theirs is due but one step in a day, and one later."""
    user = world.ours.staff[Role.HIRING_MANAGER]
    PlannedActivity.objects.update(due_date=clock.today() + dt.timedelta(days=90))
    PlannedActivity.objects.filter(plan__case=world.ours.case, kind="DECISION").update(
        due_date=morning().date() + dt.timedelta(days=1), done_at=None
    )
    return user


def morning() -> dt.datetime:
    """Nine o'clock on the next working day."""
    day = workday_from(clock.today(), 1)
    return dt.datetime.combine(day, dt.time(9), tzinfo=clock.COPENHAGEN)


def letters(user) -> list[str]:
    return list(
        Message.objects.filter(recipient=user.email, code__in=["STAFF_TASK_DIGEST", "STAFF_REMINDER"]).values_list(
            "code", flat=True
        )
    )


def test_what_is_due_is_told_once_a_day(world, manager):
    assert [tell_of_tasks(morning()), tell_of_tasks(morning())] == [1, 0]
    assert (
        tell_of_tasks(dt.datetime.combine(workday_from(morning().date(), 1), dt.time(9), tzinfo=clock.COPENHAGEN)) == 1
    )

    told = Message.objects.filter(recipient=manager.email, code="STAFF_TASK_DIGEST").first()
    assert world.ours.case.case_number in told.text


def test_a_letter_that_cannot_be_written_keeps_nobody_else_from_theirs(world, manager):
    other = world.theirs.case.plan.activities.get(kind="DECISION")
    PlannedActivity.objects.filter(pk=other.pk).update(due_date=morning().date(), done_at=None)
    MessageTemplate.objects.create(
        institution=world.ours.institution, code="STAFF_TASK_DIGEST", language="da", name="Vores", message_class="STANDARD",
        subject="Opgaver", body="{{ findes_ikke }}", version=1,
    )  # fmt: skip

    assert tell_of_tasks(morning()) == 1
    assert letters(other.responsible) == ["STAFF_TASK_DIGEST"]


@pytest.mark.parametrize("hour", [3, 22])
def test_nobody_is_written_to_at_night(world, manager, hour):
    assert tell_of_tasks(morning().replace(hour=hour)) == 0


def test_nobody_is_written_to_on_closed_days(world, manager):
    christmas = dt.datetime(2026, 12, 24, 9, tzinfo=clock.COPENHAGEN)
    assert tell_of_tasks(christmas) == 0


def test_a_person_chooses_one_reminder_a_task(world, manager):
    choose_mail(Actor.person(manager), wish="SINGLE", days_ahead=3)

    tell_of_tasks(morning())
    tell_of_tasks(morning() + dt.timedelta(hours=1))

    assert letters(manager) == ["STAFF_REMINDER"]


def test_a_person_switches_mail_off_or_hears_later(world, manager):
    choose_mail(Actor.person(manager), wish="NONE", days_ahead=3)
    assert tell_of_tasks(morning()) == 0

    choose_mail(Actor.person(manager), wish="DAILY", days_ahead=0)
    assert tell_of_tasks(morning()) == 0

    choose_mail(Actor.person(manager), wish="DAILY", days_ahead=1)
    assert tell_of_tasks(morning()) == 1


def test_more_days_than_a_month_are_refused(world, manager):
    with pytest.raises(ValidationError):
        choose_mail(Actor.person(manager), wish="DAILY", days_ahead=31)


def test_nobody_hears_of_a_case_that_they_no_longer_see(world, manager):
    world.ours.case.members.filter(user=manager).update(access_until=clock.now())

    assert tell_of_tasks(morning()) == 0


def test_nobody_who_is_away_is_written_to(world, manager):
    note_absence(Actor.person(manager), begins=clock.today(), ends=clock.today() + dt.timedelta(days=20))
    tell_of_tasks(morning())

    assert letters(manager) == []


def test_days_away_are_one_s_own_to_take_out(world, manager):
    (row,) = note_absence(Actor.person(manager), begins=clock.today(), ends=clock.today())

    with pytest.raises(PermissionDenied):
        forget_absence(world.ours.actor(Role.HR_EXTENDED), row)
    forget_absence(Actor.person(manager), row)
    assert not Absence.objects.exists()


def test_an_absence_that_ends_before_it_begins_is_refused(world, manager):
    with pytest.raises(ValidationError):
        note_absence(Actor.person(manager), begins=clock.today(), ends=clock.today() - dt.timedelta(days=1))


def test_open_tasks_stand_in_one_s_calendar_by_case_number_only(world, manager):
    found = {str(event["summary"]) for event in task_entries(Actor.person(manager))}

    assert len(found) == PlannedActivity.objects.filter(responsible=manager, done_at=None).count() > 0
    assert all(world.ours.case.case_number in words and world.ours.case.title not in words for words in found)


def test_cases_and_tasks_go_over_in_one_act(world):
    ill, taker = world.ours.staff[Role.HR_EXTENDED], world.ours.staff[Role.HR_LIMITED]
    case, actor = make_case(world.ours), world.ours.actor(Role.HR_EXTENDED)
    tasks = PlannedActivity.objects.filter(responsible=ill, done_at=None).count()

    handed = hand_over_work(ill, taker, world.ours.institution, actor=actor, away=(clock.today(), clock.today()))

    case.refresh_from_db()
    assert (case.hr_responsible, handed.cases, handed.tasks, handed.left) == (taker, 2, tasks, [])
    assert not PlannedActivity.objects.filter(responsible=ill, done_at=None).exists()
    assert Absence.objects.filter(user=ill).count() == 1


def test_a_manager_s_part_goes_over_with_a_seat(world):
    ill, taker = world.ours.staff[Role.HIRING_MANAGER], make_user("vikar@ours.example")

    hand_over_work(ill, taker, world.ours.institution, actor=world.ours.actor(Role.HR_EXTENDED))

    world.ours.case.refresh_from_db()
    assert world.ours.case.hiring_manager == taker
    assert world.ours.case.members.filter(user=taker, role=Role.HIRING_MANAGER).exists()


def test_tasks_stay_where_the_colleague_has_no_seat(world):
    support, outsider = world.ours.staff[Role.ADMIN_SUPPORT], make_user("fremmed@ours.example")
    tasks = list(PlannedActivity.objects.filter(responsible=support, done_at=None))

    handed = hand_over_work(support, outsider, world.ours.institution, actor=world.ours.actor(Role.HR_EXTENDED))

    assert (handed.tasks, handed.left) == (0, tasks)


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HR_CASEWORK, Role.COMMUNICATIONS])
def test_others_have_nothing_to_hand_on(world, role):
    with pytest.raises(NotPossible):
        hand_over_work(
            world.ours.staff[Role.HR_EXTENDED], world.ours.staff[Role.HR_LIMITED], world.ours.institution, actor=world.ours.actor(role)
        )  # fmt: skip


def test_nobody_hands_on_another_institution_s_work(world):
    assert not work_of(
        world.theirs.staff[Role.HR_EXTENDED], world.theirs.institution, actor=world.ours.actor(Role.HR_EXTENDED)
    )
