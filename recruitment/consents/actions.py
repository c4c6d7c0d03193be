"""Accepting the notice and giving consents."""

import datetime as dt
from typing import Any

from django.db import transaction

from recruitment import clock
from recruitment.consents.models import Consent, ConsentKind, ConsentState
from recruitment.organisation.legal import LegalText
from recruitment.people.models import Candidate


@transaction.atomic
def give(
    kind: ConsentKind, *, candidate: Candidate, application: Any, text: LegalText, shown_text: str, language: str
) -> Consent:
    """Note a yes: which text, in which version and language, word for word as shown, and when."""
    return Consent.objects.create(
        candidate=candidate, application=application, kind=kind, state=ConsentState.GIVEN, text=text,
        shown_text=shown_text, language=language, given_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def request(
    kind: ConsentKind, *, candidate: Candidate, application: Any, text: LegalText, shown_text: str, language: str
) -> Consent:  # fmt: skip
    """Ask for a yes: the words are kept as they are shown. `answer_request` says what came of it."""
    return Consent.objects.create(
        candidate=candidate, application=application, kind=kind, state=ConsentState.REQUESTED, text=text,
        shown_text=shown_text, language=language,
    )  # fmt: skip


@transaction.atomic
def answer_request(consent: Consent, *, is_given: bool, at: dt.datetime | None = None) -> Consent:
    """A yes or a no to what was asked."""
    consent.state = ConsentState.GIVEN if is_given else ConsentState.REFUSED
    consent.given_at = (at or clock.now()) if is_given else None
    consent.save(update_fields=["state", "given_at"])
    return consent


@transaction.atomic
def take_back(consent: Consent, *, at: dt.datetime | None = None) -> Consent:
    """Withdrawn, from `at` on: it may have been said before it was noted."""
    consent.state, consent.withdrawn_at = ConsentState.WITHDRAWN, at or clock.now()
    consent.save(update_fields=["state", "withdrawn_at"])
    return consent


def has_accepted_notice(application: Any) -> bool:
    """Whether the gate of GRD-22 was passed for this application."""
    return Consent.objects.filter(
        application=application, kind=ConsentKind.APPLICATION_PROCESSING, state=ConsentState.GIVEN
    ).exists()
