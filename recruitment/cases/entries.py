"""Entries for other people's calendars (RFC 5545): busy for nobody, and the same entry again when something moves."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import icalendar

from recruitment import clock


def entry(uid: str, *, summary: str, words: str, link: str, **times: Any) -> icalendar.Event:
    """One entry. `times` are those of the standard: `dtstart` with `dtend` or `duration`, each a day or an instant."""
    event = icalendar.Event()
    event.add("uid", uid)
    event.add("dtstamp", clock.now())
    for name, value in times.items():
        event.add(name, value)
    event.add("summary", " ".join(summary.split()))
    event.add("description", " ".join(words.split()))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    return event


def reminder(before: dt.timedelta, words: str) -> icalendar.Alarm:
    """What the owner's calendar shows so long before the entry."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", -before)
    return alarm


def as_file(entries: Iterable[icalendar.Event], *, name: str = "") -> bytes:
    """The entries as a file that every calendar reads; `name` is what a feed is called there."""
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Opslag//Opslag//DA")
    if name:
        calendar.add("x-wr-calname", name)
    for each in entries:
        calendar.add_component(each)
    return bytes(calendar.to_ical())
