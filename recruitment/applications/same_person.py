"""Whether two candidates are one person, as somebody in HR has found; and who has opened which application."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.organisation.models import Institution
from recruitment.people.models import Candidate, User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row


class Verdict(models.TextChoices):
    """What was found."""

    SAME = "SAME", _("the same person")
    DIFFERENT = "DIFFERENT", _("not the same person")


class SamePerson(Row):
    """One institution's finding about two candidates; the lower number stands first. Neither's data are changed by it."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    first = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=9, choices=Verdict)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["institution", "first", "second"], name="one_finding_about_two_people"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="the_lower_number_stands_first"),
            models.CheckConstraint(condition=Q(verdict="DIFFERENT") | ~Q(reason=""), name="one_person_for_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.verdict} {str(self.pk)[:8]}"


class OpenedBy(models.Model):
    """That a person has opened an application: what is new is new for each."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="opened_by")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "user"], name="a_person_opens_it_the_first_time_once"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} opened {self.application_id}"
