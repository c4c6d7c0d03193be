"""Accepting the notice and giving consents."""

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


def has_accepted_notice(application: Any) -> bool:
    """Whether the gate of GRD-22 was passed for this application."""
    return Consent.objects.filter(
        application=application, kind=ConsentKind.APPLICATION_PROCESSING, state=ConsentState.GIVEN
    ).exists()
