"""The letters an application causes, with their values as ready strings."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.core import signing
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.dates import day_and_time, instant
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.organisation.queries import retention_text
from recruitment.people.actor import Actor

RESUME_SALT = "applications.resume"
#: Received, and neither answered nor withdrawn.
STILL_STANDING = (
    ApplicationState.SUBMITTED, ApplicationState.UNDER_REVIEW, ApplicationState.RESERVE, ApplicationState.SHORTLISTED,
    ApplicationState.INVITED, ApplicationState.INTERVIEWED, ApplicationState.FINALIST,
)  # fmt: skip


def resume_token(application: Application) -> str:
    """A signed number for the link that brings a draft to another browser; it only opens a page with a button."""
    return signing.dumps(str(application.pk), salt=RESUME_SALT)


def values_for(application: Application) -> dict[str, str]:
    """Every ordinary merge field of domain F.6 that an application can fill, in the application's language."""
    case, round_ = application.case, application.round
    contact = case.contacts.filter(publish_in_ad=True).first()
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    with override(application.language):
        return {
            **own_values(application),
            "institution": case.institution.name,
            "job_title": case.title_en if application.language == "en" and case.title_en else case.title,
            "case_number": case.case_number,
            "deadline": day_and_time(round_.application_deadline) if round_.application_deadline else "",
            "contact_name": contact.name if contact else case.institution.name,
            "contact_phone": (contact.phone if contact else "") or case.institution.support_phone,
            "contact_email": (contact.email if contact else "") or case.institution.support_email,
            "portal_link": f"{portal}/mine/",
            "expected_answer_date": formats.date_format(case.expected_answer_date, "DATE_FORMAT")
            if case.expected_answer_date
            else _("the recruitment has ended"),
            "privacy_link": f"{portal}/privatliv/{case.institution.slug}/",
            "deletion_rule": retention_text(case.institution, application.language),
        }


def values_for_all(applications: Iterable[Application]) -> Iterator[tuple[Application, dict[str, str]]]:
    """The same for many of one case or several: what is the case's is looked up once for each language."""
    shared: dict[tuple[object, object, str], dict[str, str]] = {}
    for application in applications:
        key = (application.case_id, application.round_id, application.language)
        if key not in shared:
            shared[key] = values_for(application)
        yield application, {**shared[key], **own_values(application)}


def own_values(application: Application) -> dict[str, str]:
    """What differs from applicant to applicant of a case."""
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    with override(application.language):
        return {
            "given_name": application.candidate.given_name or _("applicant"),
            "reference": application.reference,
            "received_at": instant(application.received_at) if application.received_at else "",
            "resume_link": f"{portal}/soeg/fortsaet/{resume_token(application)}/",
        }


def write(code: str, application: Application, *, key: str, actor: Actor | None = None) -> Message | None:
    """Send the letter to the applicant; the same key, the same letter."""
    return send(
        code, to=application.candidate, institution=application.case.institution, values=values_for(application),
        key=key, language=application.language, about=application, actor=actor,
    )  # fmt: skip


def tell_of_readvertisement(case: RecruitmentCase) -> int:
    """The job is out again: everybody whose application still stands hears that it stays, and until when others may apply.

    Nothing for a case that is out for the first time. Returns how many letters were written.
    """
    round_ = current_round(case)
    if round_ is None or not round_.is_readvertisement or round_.application_deadline is None:
        return 0
    standing = Application.objects.filter(case=case, state__in=STILL_STANDING).exclude(round=round_)
    told = 0
    for application in standing.select_related("case__institution", "round", "candidate"):
        with override(application.language):
            values = {**values_for(application), "deadline": day_and_time(round_.application_deadline)}
        told += send(
            "CASE_READVERTISED", to=application.candidate, institution=case.institution, values=values,
            key=f"readvertised:{round_.pk}:{application.pk}", language=application.language, about=application,
        ) is not None  # fmt: skip
    return told
