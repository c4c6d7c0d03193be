"""The day on which an applicant hears at the latest, as an entry for any calendar (RFC 5545)."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.applications.models import Application
from recruitment.cases.entries import as_file, entry


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
    days = {"dtstart": day, "dtend": day + dt.timedelta(days=1)}
    return as_file([entry(f"answer-{application.pk}", summary=summary, words=words, link=link, **days)]).decode()
