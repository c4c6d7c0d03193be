"""Blind screening: that a case is screened without names, and what may be read of an application meanwhile."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row


class BlindScreening(Row):
    """The switch: while it is on, those who assess the case meet numbers until somebody is shortlisted."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="blind_screening")
    switched_on_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    switched_on_at = models.DateTimeField(default=timezone.now)
    switched_off_at = models.DateTimeField(null=True, blank=True)
    off_reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(switched_off_at__isnull=True) | ~Q(off_reason=""), name="names_are_shown_again_for_a_reason"
            ),
        )

    def __str__(self) -> str:
        return f"blind screening of {self.case_id}"


def blind_screenings() -> models.QuerySet[BlindScreening]:
    """Those that are on."""
    return BlindScreening.objects.filter(switched_off_at__isnull=True)


class RedactedVersion(Row):
    """An application's words without what tells who wrote them. Shown while the mask is on, once somebody has checked it."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="redacted")
    text = models.TextField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_redacted_version_has_words"),)

    def __str__(self) -> str:
        return f"redacted version of {self.application_id}"
