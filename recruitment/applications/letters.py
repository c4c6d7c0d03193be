"""The letters an application causes, with their values as ready strings."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.applications.models import Application
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.organisation.queries import retention_text
from recruitment.people.actor import Actor

RESUME_SALT = "applications.resume"


def resume_token(application: Application) -> str:
    """A signed number for the link that brings a draft to another browser; it only opens a page with a button."""
    return signing.dumps(str(application.pk), salt=RESUME_SALT)


def values_for(application: Application) -> dict[str, str]:
    """Every ordinary merge field of domain F.6 that an application can fill, in the application's language."""
    case, round_ = application.case, application.round
    contact = case.contacts.filter(publish_in_ad=True).first()
    with override(application.language):
        return {
            "given_name": application.candidate.given_name or _("applicant"),
            "institution": case.institution.name,
            "job_title": case.title_en if application.language == "en" and case.title_en else case.title,
            "case_number": case.case_number,
            "reference": application.reference,
            "deadline": day_and_time(round_.application_deadline) if round_.application_deadline else "",
            "received_at": instant(application.received_at) if application.received_at else "",
            "contact_name": contact.name if contact else case.institution.name,
            "contact_phone": (contact.phone if contact else "") or case.institution.support_phone,
            "contact_email": (contact.email if contact else "") or case.institution.support_email,
            "portal_link": f"{settings.SITE_URL}/mine/",
            "resume_link": f"{settings.SITE_URL}/soeg/fortsaet/{resume_token(application)}/",
            "expected_answer_date": formats.date_format(case.expected_answer_date, "DATE_FORMAT")
            if case.expected_answer_date
            else _("the recruitment has ended"),
            "privacy_link": f"{settings.SITE_URL}/privatliv/{case.institution.slug}/",
            "deletion_rule": retention_text(case.institution, application.language),
        }


def day_and_time(deadline: Any) -> str:
    """A deadline as people are told it: "torsdag den 26. november 2026 kl. 23.59"."""
    return instant_words(clock.shown(deadline))


def instant(moment: Any) -> str:
    """An instant in Copenhagen, in the same words."""
    return instant_words(moment.astimezone(clock.COPENHAGEN))


def instant_words(local: Any) -> str:
    """Weekday, date and time in the language that is active."""
    date = formats.date_format(local, "l")
    return _("%(weekday)s %(date)s at %(time)s") % {
        "weekday": date,
        "date": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }


def write(code: str, application: Application, *, key: str, actor: Actor | None = None) -> Message | None:
    """Send the letter to the applicant; the same key, the same letter."""
    return send(
        code, to=application.candidate, institution=application.case.institution, values=values_for(application),
        key=key, language=application.language, about=application, actor=actor,
    )  # fmt: skip
