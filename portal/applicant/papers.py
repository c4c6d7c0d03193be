"""Files on the papers step: what is there, taking in new ones through the gate, photos into one PDF, removing."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.guard import actor_of
from recruitment.applications.models import Application
from recruitment.documents.actions import receive, set_aside
from recruitment.documents.assembling import photos_into_pdf
from recruitment.documents.discretion import without_papers_of_staff
from recruitment.documents.models import Document, DocumentKind
from recruitment.questions.models import MotivationForm

MOST_PHOTOS = 20


@dataclass
class PaperGroup:
    """One kind of document: what it is called, what is there, what may be added."""

    kind: str
    label: str
    required: bool
    maximum: int
    documents: list[Document] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        """Whether another file may be added."""
        return len(self.documents) < self.maximum


def paper_groups(application: Application, faults: dict[str, list[str]]) -> list[PaperGroup]:
    """The kinds the form asks for, the motivated application first where it may be uploaded."""
    form = application.case.form
    groups = []
    if form.motivation != MotivationForm.NOT_ASKED:
        must = form.motivation == MotivationForm.UPLOADED
        groups.append(PaperGroup(DocumentKind.COVER_LETTER, _("Your application as a file"), must, 1))
    groups += [PaperGroup(r.kind, r.label, r.minimum > 0, r.maximum) for r in form.document_requirements.all()]
    present = list(without_papers_of_staff(application.documents.filter(replaced_at__isnull=True)))
    for group in groups:
        group.documents = [d for d in present if d.kind == group.kind]
        group.faults = faults.get(f"document-{group.kind}", [])
    return groups


def take_in_files(request: HttpRequest, application: Application) -> dict[str, list[str]]:
    """Receive every file the form sent; faults by field, in plain words. Files that are fine are kept."""
    faults: dict[str, list[str]] = {}
    allowed = {group.kind: group for group in paper_groups(application, {})}
    for name, files in request.FILES.lists():
        prefix, _dash, kind = name.partition("-")
        if kind not in allowed or prefix not in {"document", "photos"}:
            continue
        try:
            if prefix == "photos":
                _take_photos(request, application, allowed[kind], files)
            else:
                _take_each(request, application, allowed[kind], files)
        except ValidationError as refusal:
            faults.setdefault(f"document-{kind}", []).extend(refusal.messages)
    return faults


def _take_each(request: HttpRequest, application: Application, group: PaperGroup, files: list[Any]) -> None:
    """One after another. Where only one may be there, a new file replaces the old one."""
    refusals: list[str] = []
    for file in files:
        if not group.has_room and group.maximum > 1:
            refusals.append(_("There may be at most %(most)d files here.") % {"most": group.maximum})
            break
        try:
            with transaction.atomic():
                document = receive(file, file.name, application=application, kind=group.kind, actor=actor_of(request))
                if group.maximum == 1:
                    for old in [d for d in group.documents if d.pk != document.pk]:
                        set_aside(old)
                    group.documents = []
        except ValidationError as refusal:
            refusals += [f"{file.name}: {message}" for message in refusal.messages]
            continue
        group.documents = [*(d for d in group.documents if d.pk != document.pk), document]
        _warn_of_cpr(request, document)
    if refusals:
        raise ValidationError(refusals)


def _take_photos(request: HttpRequest, application: Application, group: PaperGroup, files: list[Any]) -> None:
    if len(files) > MOST_PHOTOS:
        raise ValidationError(_("Choose at most %d photos.") % MOST_PHOTOS)
    pdf = photos_into_pdf([file.read() for file in files])
    bound = ContentFile(pdf, name=f"{group.label}.pdf")
    _take_each(request, application, group, [bound])


def _warn_of_cpr(request: HttpRequest, document: Document) -> None:
    if document.has_cpr_number:
        messages.warning(
            request,
            _("“%s” seems to hold a CPR number. We do not need it: consider uploading a copy without it.")
            % document.filename,
        )


def remove_asked_for(request: HttpRequest, application: Application) -> bool:
    """Remove the file whose button was pressed. On a received application a required file is replaced, not removed."""
    key = request.POST.get("remove")
    own = without_papers_of_staff(application.documents.filter(replaced_at__isnull=True))
    document = own.filter(pk=key).first() if _is_key(key) else None
    if document is None:
        return bool(key)
    group = next((g for g in paper_groups(application, {}) if g.kind == document.kind), None)
    if not application.is_draft and group is not None and group.required and len(group.documents) == 1:
        messages.error(request, _("Upload the new file first; it replaces the old one."))
        return True
    set_aside(document)
    messages.info(request, _("“%s” has been removed.") % document.filename)
    return True


def _is_key(key: str | None) -> bool:
    try:
        return key is not None and bool(uuid.UUID(key))
    except ValueError:
        return False
