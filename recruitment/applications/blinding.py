"""Switching blind screening on and off, giving numbers, and making redacted versions."""

import secrets
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.blind import BlindScreening, RedactedVersion, blind_screenings
from recruitment.applications.masking import without_identity
from recruitment.applications.models import Application, Stage
from recruitment.audit.record import record
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.documents.discretion import of_the_application
from recruitment.documents.models import DocumentKind
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import StateChanged
from recruitment.people.actor import Actor

BEFORE_INTERVIEWS = (CaseState.DRAFT, CaseState.READY, CaseState.ADVERTISED, CaseState.ASSESSING)
LONGEST = 60_000
_TAKEN_IN = ("submit", "register", "register_late")


@transaction.atomic
def switch_on(case: RecruitmentCase, *, actor: Actor) -> BlindScreening:
    """From now on those who assess meet numbers, until somebody is shortlisted."""
    require(actor, Permission.CASE_EDIT, case)
    if case.state not in BEFORE_INTERVIEWS:
        raise NotPossible([Obstacle("too_late", _("The field has been screened already."))])
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    on = {"switched_on_by": actor.user, "switched_on_at": clock.now(), "switched_off_at": None, "off_reason": ""}
    blind, _made = BlindScreening.objects.update_or_create(case=locked, defaults=on)
    for application in case.applications.exclude(state="STARTED").filter(blind_number__isnull=True):
        _give_number(application)
    record(actor, "BlindScreening.on", case)
    return blind


@transaction.atomic
def switch_off(case: RecruitmentCase, *, actor: Actor, reason: str) -> None:
    """Everybody sees names again, for a written reason."""
    require(actor, Permission.CASE_EDIT, case)
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "blind.reason")])
    if blind_screenings().filter(case=case).update(switched_off_at=clock.now(), off_reason=reason.strip()):
        record(actor, "BlindScreening.off", case)


def number_the_received(event: StateChanged) -> None:
    """Whoever is received on a blind case gets a number at once."""
    row = event.row
    if (
        isinstance(row, Application)
        and event.move in _TAKEN_IN
        and blind_screenings().filter(case=row.case_id).exists()
    ):
        RecruitmentCase.objects.select_for_update().get(pk=row.case_id)
        _give_number(row)


def _give_number(application: Application) -> None:
    """A number nobody has, out of a range with room: it tells neither the order received nor that of names."""
    taken = set(
        Application.objects.filter(case=application.case_id, blind_number__isnull=False).values_list(
            "blind_number", flat=True
        )
    )
    room = max(99, 3 * len(taken))
    free = [number for number in range(1, room + 1) if number not in taken]
    application.blind_number = secrets.choice(free)
    Application.objects.filter(pk=application.pk).update(blind_number=application.blind_number)


def suggestion_for(application: Application) -> str:
    """The letter and the files' words with the person's own name, addresses and numbers hidden: where redacting begins."""
    parts = [application.motivation_text]
    documents = of_the_application(application.documents.filter(replaced_at__isnull=True)).order_by("created_at")
    parts += [f"[{DocumentKind(file.kind).label}]\n{file.text}" for file in documents if file.text.strip()]
    return without_identity("\n\n".join(part for part in parts if part.strip()), application.candidate)


@transaction.atomic
def save_redacted(application: Application, text: str, *, actor: Actor) -> RedactedVersion:
    """HR writes the redacted version; it is shown to nobody until it has been checked as it stands."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, application)
    words = text.strip().replace("\x00", "")
    if not words or len(words) > LONGEST:
        message = _("Write the redacted words, in at most %d characters.") % LONGEST
        raise ValidationError({"text": ValidationError(message, code="text")})
    version, _made = RedactedVersion.objects.update_or_create(
        application=application,
        defaults={"text": words, "made_by": actor.user, "made_at": clock.now(), "checked_by": None, "checked_at": None},
    )
    record(actor, "RedactedVersion.save", application)
    return version


@transaction.atomic
def check_redacted(version: RedactedVersion, *, actor: Actor) -> RedactedVersion:
    """Somebody says that it tells nobody who wrote it. Refused while it still names the person."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, version.application)
    if without_identity(version.text, version.application.candidate) != version.text:
        message = _("It still holds the applicant's name, an address or a number.")
        raise NotPossible([Obstacle("names_the_person", message, "redacted.text")])
    version.checked_by, version.checked_at = actor.user, clock.now()
    version.save(update_fields=["checked_by", "checked_at"])
    record(actor, "RedactedVersion.check", version.application)
    return version


def redacted_words(application: Any) -> str:
    """What may be read under the mask; empty while nothing has been checked."""
    version = RedactedVersion.objects.filter(application=application.pk, checked_at__isnull=False).first()
    return version.text if version else ""


def unredacted_count(case: RecruitmentCase) -> int:
    """How many of the case have no checked version yet and are still hidden."""
    rows = case.applications.exclude(state__in=["STARTED", "WITHDRAWN", "LATE"]).filter(
        stage_reached__lt=Stage.SCREENED
    )
    return rows.filter(redacted__checked_at__isnull=True).count()
