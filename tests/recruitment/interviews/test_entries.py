"""Calendar entries: readable by a strict reader, the same entry from invitation to calling off, right when clocks change."""

import datetime as dt

import icalendar
import pytest

from recruitment import clock
from recruitment.interviews import answering
from recruitment.interviews.entries import CANCEL, as_calendar, interview_entry, time_zone, uid_of
from recruitment.interviews.inviting import call_off, reschedule
from recruitment.interviews.models import InterviewSlot, MeetingRoom
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, set_table
from tests.factories.world import HOUSE

APPLICANT = Actor.person(None)
pytestmark = pytest.mark.django_db


def read(raw) -> icalendar.Calendar:
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar.errors == []
    for part in calendar.walk():
        assert part.errors == []
    return calendar


def event_of(raw) -> icalendar.Event:
    [event] = read(raw).walk("VEVENT")
    return event


def sent(invitation) -> list[str]:
    rows = Message.objects.filter(application=invitation.application).exclude(calendar="").order_by("created_at")
    return list(rows.values_list("calendar", flat=True))


def test_one_entry_from_the_invitation_to_the_calling_off(world):
    table = set_table(world)
    invitation = invited(table)
    accepted = answering.accept(invitation, actor=APPLICANT)
    moved = reschedule(accepted, table.slots[1], actor=HOUSE)
    call_off(moved, actor=HOUSE, reason="Sygdom i panelet.")

    told = sent(invitation)

    events = [event_of(raw) for raw in told]
    assert {str(event["uid"]) for event in events} == {uid_of(invitation)}
    assert [int(event["sequence"]) for event in events] == [1, 2, 3, 4]
    assert [str(read(raw)["method"]) for raw in told] == ["REQUEST", "REQUEST", "REQUEST", "CANCEL"]
    assert [str(event["status"]) for event in events] == ["TENTATIVE", "CONFIRMED", "TENTATIVE", "CANCELLED"]
    assert events[2].decoded("dtstart") == table.slots[1].starts_at
    assert events[3].decoded("dtstart") == table.slots[1].starts_at


def test_colleagues_who_see_the_calendar_learn_number_and_room_and_no_name(world):
    table = set_table(world)

    event = event_of(sent(invited(table))[0])

    assert str(event["class"]) == "PRIVATE"
    assert str(event["location"]) == "Møderum 2"
    assert table.case.case_number in str(event["summary"])
    person = table.applications[0].candidate
    for field in ("summary", "location", "description"):
        assert person.given_name not in str(event[field])
        assert person.family_name not in str(event[field])
        assert table.case.title not in str(event[field])


@pytest.mark.parametrize(("day", "offset"), [
    (dt.date(2027, 3, 27), 1), (dt.date(2027, 3, 29), 2), (dt.date(2027, 10, 30), 2), (dt.date(2027, 11, 1), 1),
])  # fmt: skip
def test_times_are_right_on_both_sides_of_both_changes_of_the_clock(day, offset):
    starts = dt.datetime.combine(day, dt.time(9), tzinfo=clock.COPENHAGEN)
    slot = InterviewSlot(starts_at=starts, ends_at=starts + dt.timedelta(minutes=45), room=MeetingRoom(name="Rum 1"))

    raw = as_calendar(
        [interview_entry(slot, uid="x@opslag", version=1, case_number="2027-0001", link="https://x.example/")],
        method="PUBLISH",
    )

    event, zone = event_of(raw), read(raw).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)
    assert event["dtstart"].params["TZID"] == "Europe/Copenhagen"
    wall = event.decoded("dtstart").replace(tzinfo=None)
    assert wall == dt.datetime.combine(day, dt.time(9))
    assert wall.replace(tzinfo=zone).utcoffset() == dt.timedelta(hours=offset)
    assert wall.replace(tzinfo=zone).astimezone(dt.UTC) == starts.astimezone(dt.UTC)


@pytest.mark.parametrize(("moment", "offset"), [
    ("2026-03-29T01:59", 1), ("2026-03-29T03:01", 2), ("2026-10-25T01:59", 2), ("2026-10-25T03:01", 1),
])  # fmt: skip
def test_the_zone_changes_on_the_last_sundays_at_the_right_hour(moment, offset):
    zone = time_zone().to_tz(lookup_tzid=False)

    assert dt.datetime.fromisoformat(moment).replace(tzinfo=zone).utcoffset() == dt.timedelta(hours=offset)


def test_what_somebody_types_cannot_break_out_of_its_line():
    starts = dt.datetime(2027, 5, 3, 9, tzinfo=clock.COPENHAGEN)
    room = MeetingRoom(name="Rum 1\r\nATTENDEE:mailto:x@y.example;,\\")
    slot = InterviewSlot(starts_at=starts, ends_at=starts + dt.timedelta(minutes=45), room=room)

    raw = as_calendar(
        [interview_entry(slot, uid="x@opslag", version=1, case_number="1", link="https://x.example/")], method=CANCEL
    )

    assert "attendee" not in event_of(raw)
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
