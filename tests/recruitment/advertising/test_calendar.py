"""The calendar of ads: what happens on which day, for whom, and the feed of it."""

import datetime as dt

import icalendar
import pytest

from recruitment import clock
from recruitment.access.models import RoleAssignment
from recruitment.access.roles import Role
from recruitment.advertising.calendar import (
    DEADLINE,
    DOWN,
    UP,
    Wanted,
    as_events,
    end_feed,
    entries,
    make_feed,
    owner_of,
)
from recruitment.advertising.models import Publication
from recruitment.advertising.taking_down import take_down
from recruitment.cases.entries import as_file
from recruitment.people.actor import Actor
from tests.factories.world import HOUSE, advertise, make_case, make_user

YEAR = dt.timedelta(days=365)


def all_of(actor, **wanted):
    today = clock.today()
    return entries(actor, today - YEAR, today + YEAR, Wanted(**wanted))


def test_going_live_coming_down_and_the_deadline_stand_on_their_days(world):
    round_ = world.ours.round
    found = all_of(world.ours.actor(Role.COMMUNICATIONS))

    of_site = {
        entry.kind: entry.day for entry in found if entry.medium in {"", "Eget karrieresite"} or entry.kind == DEADLINE
    }
    assert of_site[DEADLINE] == clock.shown(round_.application_deadline).date()
    assert {entry.kind for entry in found} == {UP, DOWN, DEADLINE}
    assert {entry.case_id for entry in found} == {world.ours.case.pk}


def test_what_ends_at_midnight_belongs_to_the_day_before(world):
    midnight = dt.datetime(2026, 12, 1, tzinfo=clock.COPENHAGEN)
    world.ours.round.publications.filter(medium__code="SITE").update(
        publish_until=midnight, publish_from=midnight - YEAR / 12, live_at=midnight - YEAR / 12
    )

    found = entries(world.ours.actor(Role.COMMUNICATIONS), dt.date(2026, 11, 30), dt.date(2026, 11, 30))

    assert [(entry.kind, entry.day) for entry in found if entry.kind == DOWN] == [(DOWN, dt.date(2026, 11, 30))]


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.HR_EXTENDED, Role.HIRING_COMMITTEE])
def test_nobody_sees_another_institutions_days(world, role):
    assert {entry.case_id for entry in all_of(world.theirs.actor(role))} == {world.theirs.case.pk}


def test_hr_of_another_unit_sees_none_of_them(world):
    stranger = make_user("nabo@ours.example")
    RoleAssignment.objects.create(
        user=stranger, role=Role.HR_EXTENDED, institution=world.ours.institution, unit=world.ours.sibling
    )

    assert all_of(Actor.person(stranger)) == []


def test_filters_narrow_by_unit_medium_and_kind(world):
    actor = world.ours.actor(Role.COMMUNICATIONS)
    site = Publication.objects.get(round=world.ours.round, medium__code="SITE").medium

    assert all_of(actor, unit_path=world.ours.sibling.path) == []
    assert {entry.medium for entry in all_of(actor, medium=site)} == {str(site)}
    assert {entry.kind for entry in all_of(actor, kinds=frozenset({DEADLINE}))} == {DEADLINE}


def test_what_was_taken_down_comes_down_when_it_did(world):
    publication = Publication.objects.get(round=world.ours.round, medium__code="SITE")
    take_down(publication, actor=HOUSE)

    [down] = [entry for entry in all_of(world.ours.actor(Role.COMMUNICATIONS)) if entry.key == f"down-{publication.pk}"]

    assert down.day == clock.today()


def test_the_month_costs_the_same_for_one_case_and_for_many(world, django_assert_max_num_queries):
    for number in range(4):
        advertise(make_case(world.ours, title=f"Sag {number}"))
    actor = world.ours.actor(Role.COMMUNICATIONS)
    all_of(actor)

    with django_assert_max_num_queries(3):
        found = all_of(actor)
    assert len({entry.case_id for entry in found}) == 5


def test_a_feed_is_a_persons_own_and_a_new_one_ends_the_old(world):
    user = world.ours.staff[Role.COMMUNICATIONS]
    first = make_feed(user, actor=Actor.person(user))
    second = make_feed(user, actor=Actor.person(user))

    assert (owner_of(first), owner_of(second), owner_of("noget-andet")) == (None, user, None)
    end_feed(user, actor=Actor.person(user))
    assert owner_of(second) is None


def test_a_feed_ends_with_the_last_role(world):
    user = world.ours.staff[Role.COMMUNICATIONS]
    token = make_feed(user, actor=Actor.person(user))
    RoleAssignment.objects.filter(user=user).update(revoked_at=clock.now())

    assert owner_of(token) is None


def test_the_file_is_a_calendar_that_others_can_read(world):
    found = all_of(world.ours.actor(Role.COMMUNICATIONS))

    calendar = icalendar.Calendar.from_ical(as_file(as_events(found, site="https://portal.example")))

    events = list(calendar.walk("VEVENT"))
    assert len(events) == len(found)
    assert [event.errors for event in events if event.errors] == []
    assert {str(event["UID"]) for event in events} == {f"{entry.key}@opslag" for entry in found}
    assert all(event.get("DTSTAMP") for event in events)
