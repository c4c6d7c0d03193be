"""What applicants may ask for: to see what is kept about them, the list of applicants, reasons in writing (B9, C9)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.audit.models import StateChange
from recruitment.documents.models import Document
from recruitment.mail.models import Message
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Row


class AccessKind(models.TextChoices):
    """What they want to see. The list exists for civil servants' posts only (PAV 15.2.1.6)."""

    PARTY_ACCESS = "PARTY_ACCESS", _("papers about oneself")
    APPLICANT_LIST = "APPLICANT_LIST", _("the list of applicants")


class AccessState(models.TextChoices):
    """C9."""

    RECEIVED = "RECEIVED", _("received")
    COLLECTED = "COLLECTED", _("collected")
    DECIDED = "DECIDED", _("decided")
    DELIVERED = "DELIVERED", _("delivered")


class AccessRequest(Row):
    """One applicant wants to see something. `due_on`: told how far we are if it is not decided by then."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="access_requests")
    kind = models.CharField(max_length=14, choices=AccessKind, default=AccessKind.PARTY_ACCESS)
    words = models.TextField(_("what the applicant wrote"), blank=True)
    state = models.CharField(max_length=9, choices=AccessState, default=AccessState.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    status_sent_at = models.DateTimeField(null=True, blank=True)
    decision = models.TextField(_("the decision in words"), blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    delivered_at = models.DateTimeField(null=True, blank=True)
    letter = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    override_reason = models.TextField(_("why the decision does not wait for it"), blank=True)
    overridden_at = models.DateTimeField(null=True, blank=True)
    overridden_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("received_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["application", "kind"], condition=~Q(state="DELIVERED"), name="one_open_access_request_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(overridden_at__isnull=True) | ~Q(override_reason=""), name="nothing_is_overridden_silently"
            ),
        )

    def __str__(self) -> str:
        return f"access request {str(self.pk)[:8]}"


class AccessRequestStateChange(StateChange):
    """The history of a request for access."""

    access_request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="history")


class AccessItem(Row):
    """One thing of the package: words as they stood when they were collected, or a document; given, or held back with a reason."""

    REACH: ClassVar[Reach] = Reach(
        institution="access_request__application__case__institution",
        unit="access_request__application__case__unit__path", case="access_request__application__case",
        owner="access_request__application__candidate__user",
    )  # fmt: skip

    access_request = models.ForeignKey(AccessRequest, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=240)
    words = models.TextField(blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    is_given = models.BooleanField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(is_given=False) | ~Q(reason=""), name="what_is_held_back_has_a_reason"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"item {self.position}"

    @property
    def application(self) -> Application:
        """Whose package it is in."""
        return self.access_request.application


class ReasonsState(models.TextChoices):
    """C9."""

    RECEIVED = "RECEIVED", _("received")
    STATUS_SENT = "STATUS_SENT", _("told how far we are")
    ANSWERED = "ANSWERED", _("answered")


class WrittenReasonsRequest(Row):
    """Reasons in writing for a rejection, asked for within fourteen days of it and answered within fourteen more."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="reasons_request")
    state = models.CharField(max_length=11, choices=ReasonsState, default=ReasonsState.RECEIVED)
    requested_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField()
    status_sent_at = models.DateTimeField(null=True, blank=True)
    decision_text = models.TextField(_("the decision and what it rests on"), blank=True)
    factors = models.TextField(_("what counted about this application"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    letter = models.ForeignKey(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("requested_at",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(state=ReasonsState.ANSWERED) | (~Q(factors="") & Q(answered_at__isnull=False)),
                name="answered_reasons_have_words",
            ),
        )

    def __str__(self) -> str:
        return f"reasons for {self.application_id}"


class WrittenReasonsStateChange(StateChange):
    """The history of a request for reasons."""

    reasons_request = models.ForeignKey(WrittenReasonsRequest, on_delete=models.CASCADE, related_name="history")
