"""What was asked of whom, what they said, and how it went."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Language, Row


class ReviewState(models.TextChoices):
    """Where a request stands."""

    WAITING = "WAITING", _("waits for an answer")
    APPROVED = "APPROVED", _("approved")
    CHANGES = "CHANGES", _("changes asked for")
    REVOKED = "REVOKED", _("called back")


class AdReview(Row):
    """One colleague is asked to look at one ad. `approved_digest` names the words that were approved, and no others."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="ad_reviews")
    page_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2, choices=Language)
    asked_of = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ad_reviews")
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    note = models.CharField(max_length=600, blank=True)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReviewState, default=ReviewState.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("-asked_at",)
        indexes = (models.Index(fields=["page_id", "state"]),)

    def __str__(self) -> str:
        return f"review {str(self.pk)[:8]}"


class AdReviewStateChange(StateChange):
    """The history of a request."""

    review = models.ForeignKey(AdReview, on_delete=models.CASCADE, related_name="history")


class AdComment(Row):
    """What the colleague says about a block, or (without one) about the whole."""

    REACH: ClassVar[Reach] = Reach(
        institution="review__case__institution", unit="review__case__unit__path", case="review__case"
    )

    review = models.ForeignKey(AdReview, on_delete=models.CASCADE, related_name="comments")
    block = models.CharField(max_length=60, blank=True)
    heading = models.CharField(max_length=240, blank=True)
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return f"comment {str(self.pk)[:8]}"
