"""Referees, what they are asked, and what became of it (domain B10, C6)."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.audit.models import StateChange
from recruitment.consents.models import Consent
from recruitment.documents.models import Document
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Language, Row


class RefereeWish(Row):
    """The applicant has been asked to name referees, once."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="referee_wish")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"asked for referees {str(self.pk)[:8]}"


class Referee(Row):
    """Somebody the applicant has named; by themselves, or HR wrote down what they said (`noted_how`)."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referees")
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("workplace"), max_length=160)
    relation = models.CharField(_("how they know you"), max_length=160, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_current_employer = models.BooleanField(_("works where you work now"), default=False)
    given_by_applicant = models.BooleanField(default=True)
    noted_how = models.CharField(_("how and when the applicant said so"), max_length=240, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(given_by_applicant=True) | ~Q(noted_how=""), name="what_hr_noted_says_how_it_was_said"
            ),
            models.CheckConstraint(condition=~Q(phone="") | ~Q(email=""), name="a_referee_can_be_reached"),
        )

    def __str__(self) -> str:
        return f"referee {str(self.pk)[:8]}"


class ReferenceGuide(Row):
    """One version of what referees are asked; shipped, or an institution's own. Never changed: answers point at it."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="reference_guides"
    )
    language = models.CharField(max_length=2, choices=Language)
    version = models.PositiveIntegerField()
    questions = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "language", "version"], name="reference_guide_version_once", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"reference guide ({self.language}) v{self.version}"


class ReferenceState(models.TextChoices):
    """C6."""

    PLANNED = "PLANNED", _("named")
    CONSENT_REQUESTED = "CONSENT_REQUESTED", _("consent asked for")
    CONSENT_GIVEN = "CONSENT_GIVEN", _("consent given")
    CONSENT_REFUSED = "CONSENT_REFUSED", _("consent refused")
    IN_PROGRESS = "IN_PROGRESS", _("being taken")
    COMPLETED = "COMPLETED", _("reference taken")
    ADVERSE = "ADVERSE", _("taken, something counts against")
    HEARING = "HEARING", _("with the applicant for hearing")
    CLOSED = "CLOSED", _("closed")
    ABORTED = "ABORTED", _("stopped: consent withdrawn")


#: How a note is marked that says why fewer than two are taken.
FEWER = "references: fewer than two"
#: The referee has been asked and has answered; consent stood until then.
TAKEN = (ReferenceState.COMPLETED, ReferenceState.ADVERSE, ReferenceState.HEARING, ReferenceState.CLOSED)


class ReferenceCheck(Row):
    """The way of one reference, from its referee to its end."""

    REACH: ClassVar[Reach] = Reach(
        institution="referee__application__case__institution", unit="referee__application__case__unit__path",
        case="referee__application__case", owner="referee__application__candidate__user",
    )  # fmt: skip

    referee = models.OneToOneField(Referee, on_delete=models.CASCADE, related_name="check_row")
    state = models.CharField(max_length=17, choices=ReferenceState, default=ReferenceState.PLANNED)
    consent = models.OneToOneField(
        Consent, null=True, blank=True, on_delete=models.RESTRICT, related_name="reference_check"
    )
    guide = models.ForeignKey(ReferenceGuide, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    fact = models.ForeignKey(FactNote, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    hearing = models.ForeignKey(PartyHearing, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return f"reference {str(self.pk)[:8]}"

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.referee.application

    @property
    def application_id(self) -> Any:
        """For the trail."""
        return self.referee.application_id


class ReferenceCheckStateChange(StateChange):
    """The history of a reference."""

    check_row = models.ForeignKey(ReferenceCheck, on_delete=models.CASCADE, related_name="history")


class ReferenceNote(Row):
    """What was written down during the talk: answers in the order of the guide, or the filled-in form as a document."""

    REACH: ClassVar[Reach] = Reach(
        institution="check_row__referee__application__case__institution",
        unit="check_row__referee__application__case__unit__path", case="check_row__referee__application__case",
    )  # fmt: skip

    check_row = models.ForeignKey(ReferenceCheck, on_delete=models.CASCADE, related_name="notes")
    answers = models.JSONField(default=list)
    remarks = models.TextField(_("other remarks"), blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at",)

    def __str__(self) -> str:
        return f"note {str(self.pk)[:8]}"

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.check_row.application
