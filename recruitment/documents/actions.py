"""Taking a file in, replacing it, checking and rendering it, and noting who opened it."""

from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.documents import rendering, scanning
from recruitment.documents.discretion import right_of
from recruitment.documents.inspection import MAX_APPLICATION_BYTES, MAX_FILES, inspect
from recruitment.documents.models import (
    Document,
    DocumentKind,
    DocumentPage,
    RenderState,
    ScanState,
    UploadedBy,
)
from recruitment.outbox.delivery import DONE, Result, put, try_again
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor

OUTBOX_KIND = "document"


@transaction.atomic
def receive(
    stream: BinaryIO, filename: str, *, application: Any, kind: DocumentKind | str, actor: Actor,
    uploaded_by: UploadedBy = UploadedBy.APPLICANT,
) -> Document:  # fmt: skip
    """Take a file in through the gate. Raises `Refused` (a ValidationError in plain words) and stores nothing then."""
    inspected = inspect(stream, filename)
    present = _beside(Document.objects.filter(application=application, replaced_at__isnull=True), kind)
    same = present.filter(kind=kind, sha256=inspected.sha256).first()
    if same is not None:
        return same
    if present.count() >= MAX_FILES:
        raise ValidationError(_("There are already %d files. Remove one first.") % MAX_FILES, code="too_many_files")
    if sum(present.values_list("size", flat=True)) + inspected.size > MAX_APPLICATION_BYTES:
        raise ValidationError(
            _("All files together may be 40 MB. Remove one, or make a smaller PDF."), code="application_too_large"
        )
    document = Document(
        application=application, kind=kind, filename=inspected.filename, mime=inspected.mime, size=inspected.size,
        sha256=inspected.sha256, uploaded_by=uploaded_by, uploader=actor.user, position=present.count(),
        created_at=clock.now(), has_cpr_number=inspected.has_cpr,
    )  # fmt: skip
    document.file.save(inspected.filename, ContentFile(inspected.content), save=False)
    document.save()
    put(OUTBOX_KIND, document.pk, key=f"document:{document.pk}")
    return document


def _beside(documents: QuerySet[Document], kind: DocumentKind | str) -> QuerySet[Document]:
    """What counts beside a new file: messages and the application itself have each their own room."""
    attached = Q(kind=DocumentKind.MESSAGE)
    return documents.filter(attached) if kind == DocumentKind.MESSAGE else documents.exclude(attached)


@transaction.atomic
def set_aside(document: Document) -> None:
    """The applicant removed or replaced the file. It is kept until the round's deadline, shown to nobody meanwhile."""
    document.replaced_at = clock.now()
    document.save(update_fields=["replaced_at"])


def open_original(document: Document, *, actor: Actor) -> BinaryIO:
    """The stored bytes for a reader who may have them; noted in the trail.

    Raises PermissionDenied, or ValidationError while a scanner has not passed the file.
    """
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, document)
    if own_right := right_of(document):
        require(actor, own_right, document)
    if not document.may_be_served:
        raise ValidationError(_("The file has not been checked for viruses yet."), code="not_scanned")
    record(actor, "document.download", document)
    return document.file.open("rb").file


def process(item: OutboxItem) -> Result:
    """What the worker does with a new file: scan it, then make the pages that readers see."""
    document = Document.objects.get(pk=item.subject)
    with document.file.open("rb") as stored:
        content = stored.read()
    verdict = ScanState(scanning.scan(content).value)
    Document.objects.filter(pk=document.pk).update(scan_state=verdict, scanned_at=clock.now())
    if verdict == ScanState.ERROR:
        return try_again(item, "the scanner gave no answer")
    if verdict == ScanState.INFECTED:
        Document.objects.filter(pk=document.pk).update(render_state=RenderState.FAILED)
        return DONE
    make_pages(document, content)
    return DONE


def make_pages(document: Document, content: bytes) -> None:
    """Render the document. A file that cannot be rendered keeps its original for download and says so."""
    try:
        rendered = rendering.render(content, document.mime)
    except rendering.Unreadable:
        Document.objects.filter(pk=document.pk).update(render_state=RenderState.FAILED)
        return
    with transaction.atomic():
        document.pages.all().delete()
        for number, page in enumerate(rendered.pages, start=1):
            made = DocumentPage(document=document, number=number, mime=page.mime, width=page.width, height=page.height)
            made.image.save("page", ContentFile(page.content), save=False)
            made.save()
        Document.objects.filter(pk=document.pk).update(
            render_state=RenderState.READY,
            text=rendered.text,
            html=rendered.html or "",
            page_count=rendered.page_count,
            is_cut=not rendered.is_complete,
        )


def give_up(item: OutboxItem) -> None:
    """The file could not be handled after many tries; the reader says so."""
    Document.objects.filter(pk=item.subject).update(render_state=RenderState.FAILED)
