"""The PDF folder: ordered, built by a worker with progress, fetched by its maker, forgotten after a week."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.queries import handed_in
from recruitment.assessments.exports.binding import Folder
from recruitment.assessments.exports.models import ApplicantExport, ExportKind, ExportState
from recruitment.assessments.exports.sheets import checked_purpose, watermark
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.outbox.delivery import DONE, Result, put
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor

OUTBOX_KIND = "folder"
MOST = 60  # applications in one folder
KEPT = dt.timedelta(days=7)
#: Whom a folder holds unless somebody else is chosen: those who are to be invited, to save paper (guide p. 14).
USUAL = (ApplicationState.SHORTLISTED, ApplicationState.INVITED)


def usual_references(actor: Actor, case: RecruitmentCase) -> list[str]:
    """Those to be invited, in the order received."""
    rows = handed_in(
        visible(actor, Permission.APPLICATION_FOLDER, Application.objects.filter(case=case, state__in=USUAL))
    )
    return list(rows.order_by("received_at", "pk").values_list("reference", flat=True)[:MOST])


def set_aside_beside(rows: Sequence[Application], actor: Actor) -> list[Application]:
    """Those that are handled as one with the chosen ones and are not among them: their papers may be bound as well."""
    keys = [row.pk for row in rows]
    aside = Application.objects.filter(joined_to__in=keys).exclude(pk__in=keys)
    seen = visible(actor, Permission.APPLICATION_FOLDER, aside).select_related("candidate", "case", "joined_to")
    found = list(seen.order_by("joined_to__received_at", "joined_to", "received_at", "pk"))
    return mask_for(actor, rows[0].case).put_on_all(found) if found else []


@transaction.atomic
def order_folder(
    case: RecruitmentCase, references: Sequence[str], *, purpose: str, actor: Actor, language: str
) -> ApplicantExport:
    """Leave it to a worker. Noted with its purpose before a page is made."""
    require(actor, Permission.APPLICATION_FOLDER, case)
    purpose = checked_purpose(purpose)
    on_case = handed_in(visible(actor, Permission.APPLICATION_FOLDER, Application.objects.filter(case=case)))
    known = list(
        on_case.filter(reference__in=references).order_by("received_at", "pk").values_list("reference", flat=True)
    )
    if not known:
        raise ValidationError(_("Choose applications of the case."), code="nobody_chosen")
    if len(known) > MOST:
        raise ValidationError(_("A folder holds at most %d applications.") % MOST, code="too_many")
    folder = ApplicantExport.objects.create(
        case=case, kind=ExportKind.FOLDER, purpose=purpose, references=known, made_by=actor.user, made_at=clock.now(),
        language=language, state=ExportState.QUEUED,
    )  # fmt: skip
    record(actor, "Application.folder", case, count=len(known))
    put(OUTBOX_KIND, folder.pk, key=f"folder:{folder.pk}")
    return folder


def build(item: OutboxItem) -> Result:
    """What the worker does: application by application, as the maker may see them now; begun anew if it was cut off."""
    folder = ApplicantExport.objects.select_related("case__institution", "made_by").get(pk=item.subject)
    if folder.state in {ExportState.READY, ExportState.FORGOTTEN}:
        return DONE
    ApplicantExport.objects.filter(pk=folder.pk).update(state=ExportState.WORKING, done=0)
    actor = Actor.person(folder.made_by)
    with override(folder.language):
        bound = Folder(folder.case, watermark(actor, folder.purpose), actor=actor)
        for application in _contents(folder, actor):
            bound.add(application)
            ApplicantExport.objects.filter(pk=folder.pk).update(done=F("done") + 1)
        content, pages = bound.finished()
    folder.refresh_from_db()
    folder.file.save("folder", ContentFile(content), save=False)
    folder.state, folder.pages = ExportState.READY, pages
    folder.save()
    return DONE


def _contents(folder: ApplicantExport, actor: Actor) -> list[Application]:
    """What the maker may read at the moment of building: a seat that ended leaves the folder empty.

    What is handled as one with another stands after it.
    """
    rows = Application.objects.filter(case=folder.case, reference__in=folder.references).select_related(
        "candidate", "case", "joined_to"
    )
    seen = list(visible(actor, Permission.APPLICATION_FOLDER, rows).order_by("received_at", "pk"))
    bound = {row.pk for row in seen}
    aside: dict[Any, list[Application]] = defaultdict(list)
    for row in seen:
        aside[row.joined_to_id if row.joined_to_id in bound else None].append(row)
    seen = [each for row in aside[None] for each in (row, *aside[row.pk])]
    return mask_for(actor, folder.case).put_on_all(seen)


def give_up(item: OutboxItem) -> None:
    """It could not be made; its maker sees that."""
    ApplicantExport.objects.filter(pk=item.subject).update(state=ExportState.FAILED)


@transaction.atomic
def open_folder(folder: ApplicantExport, *, actor: Actor) -> BinaryIO:
    """The file, for the one who ordered it and still may; noted in the trail."""
    require(actor, Permission.APPLICATION_FOLDER, folder.case)
    if actor.user is None or folder.made_by_id != actor.user.pk:
        raise PermissionDenied
    if folder.state != ExportState.READY or clock.now() - folder.made_at > KEPT:
        raise NotPossible([Obstacle("not_ready", _("The folder is not ready, or it has been deleted."))])
    record(actor, "Application.folder_download", folder.case, folder=str(folder.pk))
    opened: BinaryIO = folder.file.open("rb").file
    return opened


def forget_old_folders() -> int:
    """Delete the files that are a week old; that they were made stays on record."""
    old = ApplicantExport.objects.filter(kind=ExportKind.FOLDER, made_at__lt=clock.now() - KEPT)
    gone = 0
    for folder in old.exclude(state=ExportState.FORGOTTEN):
        if folder.file:
            folder.file.delete(save=False)
        folder.state = ExportState.FORGOTTEN
        folder.save()
        gone += 1
    return gone
