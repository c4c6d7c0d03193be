"""Documents and their rendered pages."""

import uuid
from typing import ClassVar

from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import DataClass, Row


def private_store() -> Storage:
    """The store outside the web root."""
    return storages["applications"]


def random_name(instance: models.Model, filename: str) -> str:
    """A name nobody can guess, in one of 256 folders; the applicant's own name is kept in the row only."""
    name = uuid.uuid4().hex
    return f"{name[:2]}/{name}"


class DocumentKind(models.TextChoices):
    """What a document is (domain B6)."""

    COVER_LETTER = "COVER_LETTER", _("motivated application")
    CV = "CV", _("CV")
    DIPLOMA = "DIPLOMA", _("diploma")
    REFERENCE_LETTER = "REFERENCE_LETTER", _("letter of reference")
    PUBLICATIONS = "PUBLICATIONS", _("list of publications")
    PORTFOLIO = "PORTFOLIO", _("portfolio")
    TEST = "TEST", _("test")
    INTERVIEW_FORM = "INTERVIEW_FORM", _("interview form")
    REFERENCE_FORM = "REFERENCE_FORM", _("reference form")
    JOB_CENTRE = "JOB_CENTRE", _("job centre")
    MESSAGE = "MESSAGE", _("attached to a message")
    HEARING = "HEARING", _("reply to a hearing")
    ORIGINAL = "ORIGINAL", _("original as received")
    OTHER = "OTHER", _("other")


class ScanState(models.TextChoices):
    """What the scanner said. NOT_SCANNED: there is no scanner here, so only rendered pages are shown."""

    PENDING = "PENDING", _("waits to be checked")
    CLEAN = "CLEAN", _("checked, nothing found")
    INFECTED = "INFECTED", _("held back: harmful contents")
    NOT_SCANNED = "NOT_SCANNED", _("not checked for viruses")
    ERROR = "ERROR", _("could not be checked, tried again")


class RenderState(models.TextChoices):
    """Whether the pages are ready to be read."""

    PENDING = "PENDING", _("pages are being made")
    READY = "READY", _("ready")
    FAILED = "FAILED", _("cannot be shown as pages")


class UploadedBy(models.TextChoices):
    """Who handed the document in."""

    APPLICANT = "APPLICANT", _("applicant")
    STAFF = "STAFF", _("staff")


class Document(Row):
    """A file on an application. The stored bytes never change; a better version is a new row."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey("recruitment.Application", on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    filename = models.CharField(max_length=160)
    mime = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.FileField(storage=private_store, upload_to=random_name, max_length=120)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.PENDING)
    scanned_at = models.DateTimeField(null=True, blank=True)
    render_state = models.CharField(max_length=8, choices=RenderState, default=RenderState.PENDING)
    page_count = models.PositiveIntegerField(default=0)  # of the file; 0 where its type has no pages
    is_cut = models.BooleanField(default=False)  # not all of it is shown, only the original holds the rest
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    uploaded_by = models.CharField(max_length=10, choices=UploadedBy, default=UploadedBy.APPLICANT)
    uploader = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    data_class = models.CharField(max_length=12, choices=DataClass, default=DataClass.CONFIDENTIAL)
    has_cpr_number = models.BooleanField(default=False)
    cpr_handled_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("position", "created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(size__gt=0) & Q(size__lte=10 * 1024 * 1024), name="file_of_at_most_10_mb"
            ),
        )
        indexes = (
            models.Index(fields=["created_at"], condition=Q(scan_state="PENDING"), name="documents_to_scan"),
            models.Index(fields=["created_at"], condition=Q(render_state="PENDING"), name="documents_to_render"),
        )

    def __str__(self) -> str:
        return f"document {str(self.pk)[:8]}"

    @property
    def may_be_served(self) -> bool:
        """Whether the original may leave as an attachment: never while a scanner has not passed it (reliability I11)."""
        return self.scan_state in {ScanState.CLEAN, ScanState.NOT_SCANNED}


class DocumentPage(Row):
    """One page of a document as an image, made by the worker; the text of the whole stands on the document."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    image = models.FileField(storage=private_store, upload_to=random_name, max_length=120)
    mime = models.CharField(max_length=30, default="image/webp")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["document", "number"], name="page_number_once"),)

    def __str__(self) -> str:
        return f"page {self.number}"
