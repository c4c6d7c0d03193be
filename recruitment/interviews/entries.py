"""Interviews in other people's calendars (RFC 5545). Colleagues often see them: number and room, never a name (B8)."""

import datetime as dt
from typing import Any

import icalendar
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.interviews.models import InterviewInvitation, InterviewSlot

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
ZONE = "Europe/Copenhagen"
#: Summer time since 1996: the last Sundays of March and October, at 01.00 UTC.
RULES = (
    ("DAYLIGHT", "19960331T020000", "+0100", "+0200", "CEST", 3),
    ("STANDARD", "19961027T030000", "+0200", "+0100", "CET", 10),
)


def time_zone() -> icalendar.Timezone:
    """Copenhagen's clock as the standard writes it, so that a calendar without a list of zones is right too."""
    zone = icalendar.Timezone()
    zone.add("tzid", ZONE)
    for name, begins, before, after, short, month in RULES:
        rule = icalendar.TimezoneDaylight() if name == "DAYLIGHT" else icalendar.TimezoneStandard()
        rule.add("dtstart", dt.datetime.strptime(begins, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - the standard wants wall time
        rule.add("tzoffsetfrom", _offset(before))
        rule.add("tzoffsetto", _offset(after))
        rule.add("tzname", short)
        rule.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        zone.add_component(rule)
    return zone


def _offset(text: str) -> dt.timedelta:
    return (1 if text[0] == "+" else -1) * dt.timedelta(hours=int(text[1:3]), minutes=int(text[3:]))


def interview_entry(
    slot: InterviewSlot, *, uid: str, version: int, case_number: str, link: str, status: str = "CONFIRMED"
) -> icalendar.Event:
    """One interview; the same `uid` with a higher `version` replaces what the calendar has."""
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", clock.now())
    event.add("sequence", version)
    event.add("dtstart", slot.starts_at.astimezone(clock.COPENHAGEN))
    event.add("dtend", slot.ends_at.astimezone(clock.COPENHAGEN))
    event.add("summary", _("Interview, case %s") % case_number)
    if slot.room is not None:
        event.add("location", slot.room.name)
    event.add("description", _("See the interview: %s") % link)
    event.add("url", link)
    event.add("class", "PRIVATE")
    event.add("status", status)
    event.add("transp", "OPAQUE")
    return event


def as_calendar(events: list[icalendar.Event], *, method: str, name: str = "") -> bytes:
    """A file with the zone that its times are in."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Opslag//Opslag//DA")
    calendar.add("method", method)
    if name:
        calendar.add("x-wr-calname", name)
    if events:
        calendar.add_component(time_zone())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(invitation: InterviewInvitation) -> str:
    """Stays the same from the first invitation to the calling off."""
    return f"interview-{invitation.pk}@opslag"


def for_applicant(
    invitation: InterviewInvitation, *, link: str, method: str = REQUEST, sender: str = "", slot: InterviewSlot | None = None
) -> bytes:  # fmt: skip
    """The applicant's entry. `slot` is the time that is called off where the invitation has none any more."""
    at = slot or invitation.slot
    if at is None:
        return b""
    status = "CANCELLED" if method == CANCEL else "CONFIRMED" if invitation.state == "ACCEPTED" else "TENTATIVE"
    event = interview_entry(
        at, uid=uid_of(invitation), version=invitation.version, case_number=invitation.round.case.case_number, link=link,
        status=status,
    )  # fmt: skip
    if sender:
        event.add("organizer", icalendar.vCalAddress(f"mailto:{sender}"))
        _attend(event, invitation)
    return as_calendar([event], method=method if sender else PUBLISH)


def _attend(event: icalendar.Event, invitation: InterviewInvitation) -> None:
    person = icalendar.vCalAddress(f"mailto:{invitation.application.candidate.email}")
    answered: Any = {"ACCEPTED": "ACCEPTED", "DECLINED": "DECLINED"}.get(invitation.state, "NEEDS-ACTION")
    person.params["PARTSTAT"] = icalendar.vText(answered)
    person.params["RSVP"] = icalendar.vText("FALSE")
    event.add("attendee", person, encode=False)
