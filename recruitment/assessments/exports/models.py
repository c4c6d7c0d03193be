"""The record of everything that was taken out, and the folder that is being built."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.cases.models import RecruitmentCase
from recruitment.documents.models import private_store, random_name
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class ExportKind(models.TextChoices):
    """What was taken out."""

    CSV = "CSV", _("sheet (CSV)")
    XLSX = "XLSX", _("sheet (Excel)")
    FOLDER = "FOLDER", _("folder (PDF)")


class ExportState(models.TextChoices):
    """How far it is. A sheet is ready at once and not kept."""

    QUEUED = "QUEUED", _("waits")
    WORKING = "WORKING", _("is being made")
    READY = "READY", _("ready")
    FAILED = "FAILED", _("could not be made")
    FORGOTTEN = "FORGOTTEN", _("deleted")


class ApplicantExport(Row):
    """One export: who, what for, of whom. A folder's file is fetched by its maker only, and deleted after a week."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="exports")
    kind = models.CharField(max_length=6, choices=ExportKind)
    purpose = models.CharField(max_length=400)
    references = models.JSONField(default=list)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=2, default="da")
    state = models.CharField(max_length=9, choices=ExportState, default=ExportState.READY)
    done = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    file = models.FileField(storage=private_store, upload_to=random_name, max_length=120, blank=True)

    class Meta:
        ordering = ("-made_at",)
        constraints = (models.CheckConstraint(condition=~Q(purpose=""), name="an_export_has_a_purpose"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
