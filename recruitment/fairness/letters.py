"""The letters of this room: their own values beside those of every application."""

import datetime as dt

from django.conf import settings
from django.utils import formats
from django.utils.translation import override

from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.people.actor import Actor


def place_of(application: Application, *parts: str) -> str:
    """Where the applicant finds it, in the application's language."""
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    return "/".join([portal, "mine", str(application.pk), *parts, ""])


def in_words(day: dt.date, language: str) -> str:
    """A day as letters write it."""
    with override(language):
        return formats.date_format(day, "DATE_FORMAT")


def write(
    code: str, application: Application, *, key: str, actor: Actor | None = None, **values: str
) -> Message | None:
    """Post it once for each key; None for an applicant without an address, who must have it on paper."""
    return send(
        code, to=application.candidate, institution=application.case.institution,
        values=values_for(application) | values, key=key, language=application.language, about=application, actor=actor,
    )  # fmt: skip
