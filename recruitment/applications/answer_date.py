"""The day on which an applicant hears at the latest, as an entry for any calendar (RFC 5545)."""

import datetime as dt

import icalendar
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.applications.models import Application


def answer_date_entry(application: Application, *, link: str) -> str:
    """A whole-day entry, busy for nobody. The same application gives the same entry, so a moved date moves it."""
    case = application.case
    day = case.expected_answer_date
    if day is None:
        raise ValueError("the case has no expected answer date")
    with override(application.language):
        summary = _("Answer about the job: %(title)s, %(employer)s") % {
            "title": case.title, "employer": case.institution.name,
        }  # fmt: skip
        words = _("Reference %(reference)s. Every applicant gets an answer: %(link)s") % {
            "reference": application.reference, "link": link,
        }  # fmt: skip
    event = icalendar.Event()
    event.add("uid", f"answer-{application.pk}")
    event.add("dtstamp", clock.now().astimezone(dt.UTC))
    event.add("dtstart", day)
    event.add("dtend", day + dt.timedelta(days=1))
    event.add("summary", _one_line(summary))
    event.add("description", _one_line(words))
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Opslag//Answer date//DA")
    calendar.add_component(event)
    return calendar.to_ical().decode()


def _one_line(words: str) -> str:
    return " ".join(words.split())
