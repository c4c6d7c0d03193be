"""Everything that was given to somebody who asked to see their papers, as one file with a manifest."""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.text import get_valid_filename

from recruitment.audit.record import record
from recruitment.fairness.access_requests import given_items
from recruitment.fairness.request_models import AccessItem, AccessRequest
from recruitment.people.actor import Actor

FORM = "opslag.papers/1"
IN_MEMORY = 5_000_000  # bytes of a package that are held in memory before it goes to a file
LONGEST_NAME = 80


def package(asked: AccessRequest, *, actor: Actor) -> IO[bytes]:
    """The given papers, words as text and files as they are; what was held back stands in the manifest with its reason. Noted in the trail."""
    with transaction.atomic():
        record(actor, "AccessRequest.take_along", asked)
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        papers = [_put(bundle, item) for item in given_items(asked)]
        told = json.dumps(_manifest(asked, papers), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        bundle.writestr("manifest.json", told)
    made.seek(0)
    return made


def _put(bundle: zipfile.ZipFile, item: AccessItem) -> dict[str, Any]:
    """Write it, piece by piece; returns its line of the manifest. A file that must not be served is named there and left out."""
    told: dict[str, Any] = {"number": item.position + 1, "title": item.title}
    if item.document is not None and not item.document.may_be_served:
        return told | {"path": None, "left_out": str(item.document.get_scan_state_display())}
    path, digest, size = _path_of(item), hashlib.sha256(), 0
    with bundle.open(path, "w") as place:
        for piece in _pieces(item):
            digest.update(piece)
            size += place.write(piece)
    return told | {"path": path, "sha256": digest.hexdigest(), "bytes": size}


def _pieces(item: AccessItem) -> Iterator[bytes]:
    if item.document is None:
        yield item.words.encode()
        return
    with item.document.file.open("rb") as stored:
        yield from stored.chunks()


def _path_of(item: AccessItem) -> str:
    """Its number first, so that no two are alike and they lie in the order in which they are shown."""
    name = PurePath(item.document.filename) if item.document else PurePath(item.title.replace("/", "-") + ".txt")
    stem = get_valid_filename(name.stem[:LONGEST_NAME] or "-")
    return f"papers/{item.position + 1:03}-{stem}{name.suffix if item.document else '.txt'}"


def _manifest(asked: AccessRequest, papers: list[dict[str, Any]]) -> dict[str, Any]:
    case = asked.application.case
    return {
        "form": FORM, "kind": asked.kind, "asked": asked.received_at, "delivered": asked.delivered_at, "decision": asked.decision,
        "application": asked.application.reference,
        "case": {"number": case.case_number, "title": case.title},
        "authority": {"name": case.institution.name, "cvr": case.institution.cvr_number},
        "papers": papers,
        "held_back": [{"number": item.position + 1, "title": item.title, "reason": item.reason} for item in asked.items.filter(is_given=False)],
    }  # fmt: skip
