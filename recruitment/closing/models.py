"""The four points of the guide (p. 19), confirmed by a person before a case is closed (GRD-21)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class PoolPoint(models.TextChoices):
    """The fourth point: what became of the interesting applicants."""

    ASKED = "ASKED", _("those of interest have been asked")
    NOBODY = "NOBODY", _("nobody is of interest for a pool")
    NO_POOL = "NO_POOL", _("we have no talent pool")


class ClosingConfirmation(Row):
    """Somebody has looked at the four points and vouches for them. Counts only; never changed. Asked anew when a case is reopened."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="closing_confirmations")
    pool = models.CharField(max_length=8, choices=PoolPoint)
    counts = models.JSONField(default=dict)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-confirmed_at",)

    def __str__(self) -> str:
        return f"closing of {self.case_id}"
