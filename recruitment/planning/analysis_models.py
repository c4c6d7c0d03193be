"""A job analysis: what several people say about a job before its profile is written (guide p. 11)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class JobAnalysis(Row):
    """The analysis of one case; completed when the profile has been written from it."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="analysis")
    begun_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"analysis of {self.case_id}"


class Contribution(Row):
    """What one person was asked and has answered; `user` is set for a colleague of the house."""

    REACH: ClassVar[Reach] = Reach(
        institution="analysis__case__institution", unit="analysis__case__unit__path", case="analysis__case"
    )

    analysis = models.ForeignKey(JobAnalysis, on_delete=models.CASCADE, related_name="contributions")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role_in_job = models.CharField(_("who they are to the job"), max_length=80, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    asked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    tasks = models.TextField(_("the most important tasks, one a line"), blank=True)
    movable_tasks = models.TextField(_("tasks that could be moved to colleagues, one a line"), blank=True)
    professional = models.TextField(_("professional competences, one a line"), blank=True)
    personal = models.TextField(_("personal competences, one a line"), blank=True)
    success_criteria = models.TextField(_("when has the new colleague succeeded after a year?"), blank=True)
    preconditions = models.TextField(_("what must be in place for it?"), blank=True)
    remarks = models.TextField(_("what else should we know?"), blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (models.UniqueConstraint(fields=["analysis", "email"], name="asked_once_an_analysis"),)

    def __str__(self) -> str:
        return f"contribution {self.pk}"
