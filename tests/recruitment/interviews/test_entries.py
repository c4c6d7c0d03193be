"""Calendar entries: readable by a strict reader, the same entry from invitation to calling off, right when clocks change."""

import datetime as dt
import json
import subprocess
from pathlib import Path

import icalendar
import pytest

from portal.platform import frontend
from recruitment import clock
from recruitment.interviews import answering
from recruitment.interviews.entries import CANCEL, as_calendar, interview_entry, time_zone, uid_of
from recruitment.interviews.inviting import call_off, reschedule
from recruitment.interviews.models import InterviewSlot, MeetingRoom
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, set_table
from tests.factories.world import HOUSE
from tests.tools import CHECKERS, requires_tool

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


def read_by_ical_js(files: list[bytes], folder: Path) -> list[list[dict]]:
    """The events of each file as a calendar program of another house has them; fails where its strict mode does."""
    names = [folder / f"{number}.ics" for number in range(len(files))]
    for name, content in zip(names, files, strict=True):
        name.write_bytes(content)
    done = subprocess.run(
        [frontend.node(), Path(__file__).with_name("icaljs.mjs"), CHECKERS.parent / "package.json", *names],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@requires_tool("ical.js")
def test_a_strict_reader_of_another_house_has_the_same_times_on_both_sides_of_the_changes_of_the_clock(tmp_path):
    slots = [
        InterviewSlot(starts_at=at, ends_at=at + dt.timedelta(minutes=45), room=MeetingRoom(name="Rum 1; 2, \\ æøå"))
        for at in (dt.datetime(*day, 9, tzinfo=clock.COPENHAGEN) for day in ((2027, 3, 27), (2027, 3, 29), (2027, 10, 30), (2027, 11, 1)))
    ]  # fmt: skip
    entries = [
        interview_entry(
            slot, uid=f"{number}@opslag", version=number, case_number="2027-0001", link="https://x.example/"
        )
        for number, slot in enumerate(slots)
    ]
    files = [*(as_calendar([entry], method="REQUEST") for entry in entries), as_calendar(entries, method="PUBLISH")]

    *each, together = read_by_ical_js(files, tmp_path)

    wanted = [
        (f"{number}@opslag", number, slot.starts_at.astimezone(dt.UTC), slot.ends_at.astimezone(dt.UTC))
        for number, slot in enumerate(slots)
    ]
    seen = [
        (
            event["uid"],
            event["sequence"],
            dt.datetime.fromisoformat(event["from"]),
            dt.datetime.fromisoformat(event["until"]),
        )
        for event in together
    ]
    assert seen == wanted
    assert each == [[event] for event in together]


@requires_tool("ical.js")
def test_a_strict_reader_of_another_house_reads_what_the_applicant_gets(world, tmp_path):
    table = set_table(world)
    invitation = answering.accept(invited(table), actor=APPLICANT)
    call_off(invitation, actor=HOUSE, reason="Sygdom i panelet.")

    read_events = read_by_ical_js([raw.encode() for raw in sent(invitation)], tmp_path)

    assert [(event["uid"], event["sequence"]) for [event] in read_events] == [
        (uid_of(invitation), n) for n in (1, 2, 3)
    ]


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
