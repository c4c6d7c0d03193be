"""What leaves the house when a recruitment is over: the hired person to HR and pay systems, the case file to the records system."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE
from recruitment.documents.models import private_store, random_name
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row


class HandOver(Row):
    """The data of one hired person as they are handed over. Made with the hire, never changed; a new hire makes a new one.

    Acknowledged when the receiving system, or somebody who has typed it in there, says under which number it stands.
    """

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hand_overs")
    content = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    receiver = models.CharField(_("which system"), max_length=80, blank=True)
    receipt = models.CharField(_("number there"), max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True) | (~Q(receiver="") & ~Q(receipt="")),
                name="a_receipt_has_system_and_number",
            ),
        )

    def __str__(self) -> str:
        return f"hand-over {str(self.pk)[:8]}"


class PackageState(models.TextChoices):
    """How far a package is. The file is deleted after a week; its list of contents stays."""

    QUEUED = "QUEUED", _("waits")
    READY = "READY", _("ready")
    FAILED = "FAILED", _("could not be made")
    FORGOTTEN = "FORGOTTEN", _("deleted")


class CaseFilePackage(Row):
    """One package of a case for the records system: what has come since the package before, and a manifest.

    `contents` holds for each file its `key`, `path`, `sha256` and `bytes`; `until` is the instant up to which the log is told.
    """

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="packages")
    number = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=400)
    state = models.CharField(max_length=9, choices=PackageState, default=PackageState.QUEUED)
    contents = models.JSONField(default=list)
    until = models.DateTimeField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=private_store, upload_to=random_name, max_length=120, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="a_package_number_once_a_case"),
            models.CheckConstraint(condition=~Q(purpose=""), name="a_package_has_a_purpose"),
            models.CheckConstraint(
                condition=~Q(state="READY") | (~Q(file="") & ~Q(sha256="") & Q(until__isnull=False)),
                name="a_ready_package_has_its_file",
            ),
        )

    def __str__(self) -> str:
        return f"package {self.number} of {self.case_id}"
