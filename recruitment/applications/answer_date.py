"""The day on which an applicant hears at the latest, as an entry for any calendar (RFC 5545)."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.applications.models import Application

LONGEST_LINE = 75  # octets; longer lines are folded


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
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Opslag//Answer date//DA", "BEGIN:VEVENT",
        f"UID:answer-{application.pk}", f"DTSTAMP:{clock.now().astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{escaped(summary)}", f"DESCRIPTION:{escaped(words)}", f"URL:{link}", "TRANSP:TRANSPARENT",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(words: str) -> str:
    """Text as a calendar value."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def folded(line: str) -> str:
    """Broken before 75 octets, never inside a letter."""
    pieces: list[str] = []
    current = ""
    for sign in line:
        if len((current + sign).encode()) > LONGEST_LINE - bool(pieces):
            pieces.append(current)
            current = ""
        current += sign
    return "\r\n ".join([*pieces, current])
