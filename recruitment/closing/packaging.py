"""The case file as packages for the records system: ordered, built by a worker, fetched, and carried on as the case grows."""

import datetime as dt
import hashlib
import tempfile
import zipfile
from typing import Any, BinaryIO

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.assessments.exports.sheets import checked_purpose
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.case_file import Paper, as_json, log_of, papers_of
from recruitment.closing.records import CaseFilePackage, PackageState
from recruitment.errors import NotPossible, Obstacle
from recruitment.outbox.delivery import DONE, Result, put
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor

OUTBOX_KIND = "case_file"
FORM = "opslag.case-file/1"
KEPT = dt.timedelta(days=7)
IN_MEMORY = 8_000_000  # bytes that are held before the package goes to a file


@transaction.atomic
def order_package(case: RecruitmentCase, *, purpose: str, actor: Actor) -> CaseFilePackage:
    """Leave it to a worker; noted with its purpose before anything is read (GRD-28). One at a time."""
    require(actor, Permission.EXPORT_APPLICANTS, case)
    purpose = checked_purpose(purpose)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if locked.packages.filter(state=PackageState.QUEUED).exists():
        raise NotPossible([Obstacle("already_ordered", _("A package is being made already."))])
    number = (locked.packages.aggregate(last=Max("number"))["last"] or 0) + 1
    package = CaseFilePackage.objects.create(
        case=locked, number=number, purpose=purpose, made_by=actor.user, made_at=clock.now()
    )
    record(actor, "CaseFilePackage.order", package, number=number, purpose=purpose)
    put(OUTBOX_KIND, package.pk, key=f"case-file:{package.pk}")
    return package


def build(item: OutboxItem) -> Result:
    """What the worker does; begun anew if it was cut off."""
    package = CaseFilePackage.objects.select_related("case__institution").get(pk=item.subject)
    if package.state != PackageState.QUEUED:
        return DONE
    earlier = CaseFilePackage.objects.filter(case=package.case, number__lt=package.number).exclude(
        state__in=[PackageState.FAILED, PackageState.QUEUED]
    )
    gone = {entry["key"] for before in earlier for entry in before.contents}
    last = earlier.order_by("-number").first()
    until = clock.now()
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        contents = _write(out, package, last, gone, until)
        out.seek(0)
        package.sha256 = hashlib.file_digest(out, "sha256").hexdigest()
        out.seek(0)
        package.file.save("case-file", File(out), save=False)
    package.contents, package.until, package.state = contents, until, PackageState.READY
    package.save()
    return DONE


def _write(
    out: Any, package: CaseFilePackage, last: CaseFilePackage | None, gone: set[str], until: dt.datetime
) -> list[dict[str, Any]]:
    log = log_of(package.case, last.until if last else None, until)
    papers = [paper for paper in papers_of(package.case) if paper.key not in gone]
    papers.append(Paper(f"log:{package.number}", f"log/log-{package.number:02}.csv", "log", lambda: log))
    contents = []
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            content = paper.read()
            archive.writestr(paper.path, content)
            digest = hashlib.sha256(content).hexdigest()
            contents.append(
                {"key": paper.key, "path": paper.path, "kind": paper.kind, "sha256": digest, "bytes": len(content)}
            )
        archive.writestr("manifest.json", as_json(_manifest(package, last, until, contents)))
    return contents


def _manifest(
    package: CaseFilePackage, last: CaseFilePackage | None, until: dt.datetime, contents: list[dict[str, Any]]
) -> dict[str, Any]:
    case = package.case
    return {
        "form": FORM, "package": package.number, "until": until, "made_by": str(package.made_by or ""), "purpose": package.purpose,
        "case": {"number": case.case_number, "title": case.title, "state": case.state, "outcome": case.outcome},
        "authority": {"name": case.institution.name, "cvr": case.institution.cvr_number},
        "before": {"package": last.number, "sha256": last.sha256} if last else None, "files": contents,
    }  # fmt: skip


def give_up(item: OutboxItem) -> None:
    """It could not be made; whoever ordered it sees that."""
    CaseFilePackage.objects.filter(pk=item.subject, state=PackageState.QUEUED).update(state=PackageState.FAILED)


@transaction.atomic
def open_package(package: CaseFilePackage, *, actor: Actor) -> BinaryIO:
    """The file, for those who may take applicants' data out; noted in the trail."""
    require(actor, Permission.EXPORT_APPLICANTS, package.case)
    if package.state != PackageState.READY:
        raise NotPossible([Obstacle("not_ready", _("The package is not ready, or it has been deleted."))])
    record(actor, "CaseFilePackage.fetch", package, number=package.number)
    opened: BinaryIO = package.file.open("rb").file
    return opened


def forget_old_packages() -> int:
    """Delete the files that are a week old; what they held stays on record, so that the next package goes on from there."""
    old = CaseFilePackage.objects.filter(state=PackageState.READY, made_at__lt=clock.now() - KEPT)
    gone = 0
    for package in old:
        package.file.delete(save=False)
        package.state = PackageState.FORGOTTEN
        package.save()
        gone += 1
    return gone
