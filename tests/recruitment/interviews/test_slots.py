"""Times: what the generator proposes, and that the database lets nobody be in two places."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction

from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import Role
from recruitment.errors import NotPossible
from recruitment.interviews.answering import pick
from recruitment.interviews.engagements import stretch
from recruitment.interviews.generator import Proposed, Wish, day_off, propose
from recruitment.interviews.inviting import Call, invite
from recruitment.interviews.models import Engagement, InterviewInvitation, InterviewSlot
from recruitment.interviews.rounds import (
    block_slot,
    change_slot,
    make_round,
    possible_panel,
    remove_slot,
    write_slots,
)
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate
from recruitment.planning.own import keep_absence
from tests.factories.interviews import at, make_room, set_table, working_day
from tests.factories.world import HOUSE, declare_all, make_application, make_case

ATTEMPTS = 80


def codes(refusal) -> set[str]:
    return {obstacle.code for obstacle in refusal.value.obstacles}


def wish(day, people, rooms, **more) -> Wish:
    return Wish(**{
        "days": (day,), "opens": dt.time(9), "closes": dt.time(13), "people": tuple(people), "rooms": tuple(rooms), **more
    })  # fmt: skip


def local(found) -> list[str]:
    return [f"{time.starts_at.astimezone(dt.timezone(dt.timedelta(hours=1))):%H.%M}" for time in found.times]


def test_a_round_takes_length_and_pause_from_the_institution(world):
    settings = world.ours.institution.settings
    settings.default_interview_minutes, settings.default_pause_minutes = 50, 10
    settings.save()
    world.ours.case.institution.refresh_from_db()

    round_ = make_round(world.ours.case, actor=world.ours.actor(Role.ADMIN_SUPPORT))

    assert (round_.number, round_.minutes, round_.pause_minutes) == (1, 50, 10)
    assert make_round(world.ours.case, actor=HOUSE).number == 2


@pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.COMMUNICATIONS])
def test_nobody_without_the_right_plans_interviews(world, role):
    with pytest.raises(PermissionDenied):
        make_round(world.ours.case, actor=world.ours.actor(role))


def test_times_are_proposed_with_pauses_and_lunch_and_nothing_is_written(world):
    table = set_table(world, times=0)
    day = working_day()

    found = propose(
        table.round,
        wish(day, table.panel, [table.room], closes=dt.time(15), lunch_from=dt.time(12), lunch_until=dt.time(12, 30)),
    )

    lengths = {(time.ends_at - time.starts_at, time.room) for time in found.times}
    gaps = [b.starts_at - a.starts_at for a, b in zip(found.times, found.times[1:], strict=False)]
    assert lengths == {(dt.timedelta(minutes=45), table.room)}
    assert gaps == [dt.timedelta(hours=1)] * 2 + [dt.timedelta(hours=1, minutes=30), dt.timedelta(hours=1)]
    assert not InterviewSlot.objects.exists()


def test_rooms_and_people_that_are_busy_elsewhere_are_left_alone(world):
    table = set_table(world, times=1)
    other = make_room(world.ours, "Møderum 3")
    day = table.slots[0].starts_at.date()

    same_people = propose(table.round, wish(day, table.panel, [table.room, other]))
    others = propose(table.round, wish(day, [world.ours.staff[Role.HR_EXTENDED]], [table.room, other]))

    assert same_people.times[0].starts_at == at(day, 10)
    assert others.times[0].starts_at == at(day, 9)
    assert others.times[0].room == other
    assert others.times[1].room == table.room


def test_weekends_holidays_and_what_has_passed_give_no_times(world):
    table = set_table(world, times=0)
    christmas, saturday = dt.date(2030, 12, 25), dt.date(2030, 12, 28)

    found = propose(
        table.round, wish(christmas, table.panel, [table.room], days=(christmas, saturday, dt.date(2020, 1, 6)))
    )

    assert found.times == []
    assert [day for day, _why in found.left_out] == [dt.date(2020, 1, 6), christmas, saturday]


def test_nobody_is_called_on_a_day_on_which_somebody_of_the_panel_is_away(world):
    table = set_table(world, times=0)
    day, following = working_day(10), working_day(30)
    keep_absence(table.panel[0], world.ours.institution, begins=day, ends=day, actor=Actor.person(table.panel[0]))

    found = propose(table.round, wish(day, table.panel, [table.room], days=(day, following)))

    assert {time.starts_at.date() for time in found.times} == {following}
    assert [away for away, _why in found.left_out] == [day]


def test_the_great_prayer_day_is_a_working_day_since_2024():
    assert day_off(dt.date(2023, 5, 5))
    assert not day_off(dt.date(2025, 5, 16))
    assert day_off(dt.date(2026, 12, 24))


def test_times_that_were_taken_meanwhile_are_written_by_nobody(world):
    table = set_table(world, times=1)
    day = table.slots[0].starts_at.date()
    times = [
        Proposed(at(day, 8), at(day, 8, 45), table.room),
        Proposed(at(day, 9, 30), at(day, 10, 15), table.room),
    ]

    with pytest.raises(NotPossible) as refusal:
        write_slots(table.round, times, actor=HOUSE, people=[world.ours.staff[Role.COMMUNICATIONS]])

    assert codes(refusal) == {"not_on_case"}
    with pytest.raises(NotPossible) as refusal:
        write_slots(table.round, times, actor=HOUSE)
    assert codes(refusal) == {"taken"}
    assert InterviewSlot.objects.count() == 1


def test_the_pause_belongs_to_the_interview(world):
    table = set_table(world, times=1)
    end = table.slots[0].ends_at

    with pytest.raises(NotPossible):
        write_slots(table.round, [Proposed(end, end + dt.timedelta(minutes=45), table.room)], actor=HOUSE)

    after = end + dt.timedelta(minutes=15)
    assert write_slots(table.round, [Proposed(after, after + dt.timedelta(minutes=45), table.room)], actor=HOUSE)


def test_the_database_refuses_a_second_engagement_whatever_the_code_does(world):
    table = set_table(world, times=1)
    slot = table.slots[0]
    for resource in ({"room": table.room}, {"user": table.panel[0]}):
        during = stretch(next(iter(resource.values())), slot.starts_at, slot.ends_at)
        with pytest.raises(IntegrityError, match="nobody_is_in_two_places"), transaction.atomic():
            Engagement.objects.create(slot=slot, during=during, **resource)


def test_the_same_room_of_another_case_is_busy_too(world):
    table = set_table(world, times=1)
    other = make_case(world.ours)
    type(other).objects.filter(pk=other.pk).update(state="READY")
    other.refresh_from_db()
    declare_all(world.ours)
    round_ = make_round(other, actor=HOUSE, panel=[world.ours.staff[Role.HIRING_MANAGER]])
    slot = table.slots[0]

    with pytest.raises(NotPossible) as refusal:
        write_slots(round_, [Proposed(slot.starts_at, slot.ends_at, make_room(world.ours, "Et andet"))], actor=HOUSE)

    assert codes(refusal) == {"taken"}, "the manager is in the first case's interview"


def test_a_time_that_is_not_used_frees_room_and_people(world):
    table = set_table(world, times=1)
    slot = table.slots[0]

    block_slot(slot, actor=HOUSE)
    again = write_slots(table.round, [Proposed(slot.starts_at, slot.ends_at, table.room)], actor=HOUSE)

    assert len(again) == 1
    with pytest.raises(NotPossible):
        block_slot(slot, actor=HOUSE, blocked=False)
    remove_slot(again[0], actor=HOUSE)
    assert block_slot(slot, actor=HOUSE, blocked=False).state == "FREE"


def test_another_length_needs_a_note(world):
    table = set_table(world, times=1)
    change = {"starts_at": table.slots[0].starts_at, "room": table.room, "people": table.panel, "actor": HOUSE}

    with pytest.raises(NotPossible) as refusal:
        change_slot(table.slots[0], minutes=60, **change)

    assert codes(refusal) == {"note_missing"}
    assert change_slot(table.slots[0], minutes=60, note="Tolk er med.", **change).minutes == 60


def test_who_has_a_conflict_or_has_applied_sits_on_no_panel(world):
    ours = world.ours
    declare_all(ours)
    excluded, applied = ours.staff[Role.HIRING_COMMITTEE], ours.staff[Role.HR_LIMITED]
    assert {excluded, applied, ours.staff[Role.HIRING_MANAGER]} <= set(possible_panel(ours.case))

    ConflictOfInterestDeclaration.objects.filter(user=excluded).update(status="EXCLUDED")
    make_application(ours.round, email=applied.email)

    assert not {excluded, applied} & set(possible_panel(ours.case))
    with pytest.raises(NotPossible) as refusal:
        make_round(ours.case, actor=HOUSE, panel=[excluded])
    assert codes(refusal) == {"not_on_case"}


def race(deeds) -> list[str]:
    """All at once, each on a connection of its own; what became of each."""
    start, outcomes = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait()
            deed()
            outcomes.append("done")
        except NotPossible as refusal:
            outcomes.append(refusal.obstacles[0].code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_eighty_who_choose_one_time_at_once_one_gets_it(world):
    table = set_table(world, applicants=1, times=1)
    twins = [_twin(table.applications[0], n) for n in range(ATTEMPTS - 1)]
    calls = [Call(application) for application in (table.applications[0], *twins)]
    invitations = invite(table.round, calls, actor=HOUSE)
    slot = table.slots[0]

    outcomes = race([
        lambda mine=invitation: pick(mine, slot, actor=Actor.person(None)) for invitation in invitations
    ])  # fmt: skip

    assert sorted(outcomes) == ["done"] + ["slot_taken"] * (ATTEMPTS - 1)
    assert InterviewInvitation.objects.filter(slot=slot, state="ACCEPTED").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eighty_bookings_of_one_room_at_once_one_is_made(world):
    table = set_table(world, applicants=1, times=0)
    day = working_day()
    times = [Proposed(at(day, 9, n % 40), at(day, 10, n % 40), table.room) for n in range(ATTEMPTS)]

    outcomes = race([lambda time=time: write_slots(table.round, [time], actor=HOUSE) for time in times])

    assert sorted(outcomes) == ["done"] + ["taken"] * (ATTEMPTS - 1)
    assert Engagement.objects.filter(room=table.room).count() == 1


def _twin(application, number):
    """Another applicant, shortlisted, made quickly."""
    candidate = Candidate.objects.create(given_name=f"Tvilling{number}")
    fields = {
        f.name: getattr(application, f.name)
        for f in application._meta.concrete_fields
        if f.name not in {"id", "reference", "candidate"}
    }
    return type(application).objects.create(reference=f"TV-{number:04d}", candidate=candidate, **fields)
