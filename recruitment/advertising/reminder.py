"""The deadline of an ad as an entry for anybody's calendar (RFC 5545)."""

import datetime as dt

import icalendar
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement

WARNING = dt.timedelta(days=2)  # the calendar reminds its owner so long before


def deadline_entry(advertisement: JobAdvertisement) -> bytes:
    """The last minute in which an application is in time, busy for nobody. A deadline that is moved moves the same entry.

    Raises ValueError for an ad without a deadline.
    """
    round_ = advertisement.round
    if round_.application_deadline is None:
        raise ValueError("the round has no deadline")
    with override(advertisement.language):
        summary = _("Application deadline: %(title)s, %(employer)s") % {
            "title": advertisement.headline, "employer": round_.case.institution.name,
        }  # fmt: skip
    end = round_.application_deadline.astimezone(dt.UTC)
    event = icalendar.Event()
    event.add("uid", f"deadline-{round_.pk}@{round_.case.institution.slug}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", end - dt.timedelta(minutes=1))
    event.add("dtend", end)
    event.add("summary", summary)
    event.add("description", advertisement.url)
    event.add("url", advertisement.url)
    event.add("transp", "TRANSPARENT")
    reminder = icalendar.Alarm()
    reminder.add("action", "DISPLAY")
    reminder.add("description", summary)
    reminder.add("trigger", -WARNING)
    event.add_component(reminder)
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Opslag//Deadline//DA")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
