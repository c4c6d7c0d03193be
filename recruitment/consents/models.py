"""The ledger of accepted notices and given consents."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from recruitment.organisation.legal import LegalText
from recruitment.people.models import Candidate
from recruitment.reach import Reach
from recruitment.rows import Language, Row


class ConsentKind(models.TextChoices):
    """One purpose each, never bundled (C7)."""

    APPLICATION_PROCESSING = "APPLICATION_PROCESSING", _("processing of the application")
    SENSITIVE_DATA = "SENSITIVE_DATA", _("sensitive data")
    TALENT_POOL = "TALENT_POOL", _("talent pool")
    FUTURE_CONTACT = "FUTURE_CONTACT", _("contact about later jobs")
    REFERENCE = "REFERENCE", _("reference")
    REFERENCE_CURRENT_EMPLOYER = "REFERENCE_CURRENT_EMPLOYER", _("reference from the present employer")
    PROLONG_STORAGE = "PROLONG_STORAGE", _("longer storage")


class ConsentState(models.TextChoices):
    """Where a consent stands."""

    REQUESTED = "REQUESTED", _("asked for")
    GIVEN = "GIVEN", _("given")
    REFUSED = "REFUSED", _("refused")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")
    EXPIRED = "EXPIRED", _("expired")
    SUPERSEDED = "SUPERSEDED", _("replaced by a newer")


class Consent(Row):
    """One person's yes to one text for one purpose. APPLICATION_PROCESSING is the gate of GRD-22."""

    REACH: ClassVar[Reach] = Reach(
        institution="application__case__institution",
        unit="application__case__unit__path",
        case="application__case",
        owner="candidate__user",
    )

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    application = models.ForeignKey(
        "recruitment.Application", null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    kind = models.CharField(max_length=28, choices=ConsentKind)
    state = models.CharField(max_length=12, choices=ConsentState)
    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="consents")
    shown_text = models.TextField()
    language = models.CharField(max_length=2, choices=Language)
    given_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="GIVEN") | Q(given_at__isnull=False), name="a_given_consent_has_its_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"
