"""Everything a case file holds, file by file, each with a key by which a later package knows what has gone already."""

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from recruitment.advertising.models import JobAdvertisement
from recruitment.applications.contents import PERSON
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.summary import answers_in_force
from recruitment.audit.models import AuditEntry
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.models import ClosingConfirmation
from recruitment.decisions.answers import PhoneLog, Rejection, ScreeningGrounds
from recruitment.decisions.models import HiringDecision, Offer, Recommendation
from recruitment.documents.models import Document
from recruitment.documents.names import clean_filename
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.fairness.models import FactNote, NoHearing, PartyHearing
from recruitment.fairness.request_models import AccessRequest, WrittenReasonsRequest
from recruitment.interviews.records import GuideQuestion, InterviewGuide, InterviewNote, TestResult
from recruitment.mail.models import Message, MessageState
from recruitment.references.models import ReferenceCheck, ReferenceNote


@dataclass(frozen=True)
class Paper:
    """One file of the case file. `read` gives its bytes when they are wanted."""

    key: str
    path: str
    kind: str
    read: Callable[[], bytes]


#: What is decided and noted, and how it is tied to the case.
ROWS: tuple[tuple[str, type[Model], str], ...] = (
    ("decision", HiringDecision, "case"),
    ("recommendation", Recommendation, "case"),
    ("grounds", ScreeningGrounds, "case"),
    ("closing", ClosingConfirmation, "case"),
    ("fact", FactNote, "case"),
    ("offer", Offer, "application__case"),
    ("rejection", Rejection, "application__case"),
    ("call", PhoneLog, "application__case"),
    ("hearing", PartyHearing, "application__case"),
    ("no-hearing", NoHearing, "note__case"),
    ("access", AccessRequest, "application__case"),
    ("reasons", WrittenReasonsRequest, "application__case"),
    ("claim", PriorityClaim, "application__case"),
    ("negotiation", JobCentreNegotiation, "claim__application__case"),
    ("reference", ReferenceCheck, "referee__application__case"),
    ("reference-note", ReferenceNote, "check_row__referee__application__case"),
    ("guide", InterviewGuide, "round__case"),
    ("guide-question", GuideQuestion, "section__guide__round__case"),
    ("interview-note", InterviewNote, "interview__invitation__application__case"),
    ("test", TestResult, "application__case"),
)
GONE = [MessageState.DRAFT, MessageState.CANCELLED, MessageState.QUEUED]


def as_json(value: Any) -> bytes:
    """For people and programs; the same content is the same bytes."""
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1, sort_keys=True).encode()


def papers_of(case: RecruitmentCase) -> Iterator[Paper]:
    """All of it but the log, in a fixed order."""
    yield from _ads(case)
    for kind, model, tie in ROWS:
        yield from _rows(kind, model._default_manager.filter(**{tie: case}).order_by("pk"))
    applications = Application.objects.filter(case=case, received_at__isnull=False)
    for application in applications.select_related("candidate").order_by("received_at", "pk"):
        yield from _of_application(application)


def _ads(case: RecruitmentCase) -> Iterator[Paper]:
    for ad in JobAdvertisement.objects.filter(round__case=case).order_by("published_at", "pk"):
        name = f"opslag/{ad.published_at:%Y%m%d}-{ad.language}-{ad.version}.html"
        page = (
            f'<!doctype html><html lang="{ad.language}"><meta charset="utf-8"><title>{ad.title}</title>{ad.html}</html>'
        )
        yield Paper(f"ad:{ad.pk}", name, "ad", page.encode)


def _rows(kind: str, rows: QuerySet[Any]) -> Iterator[Paper]:
    for number, row in enumerate(rows, 1):
        content = as_json({field.name: field.value_from_object(row) for field in row._meta.concrete_fields})
        yield Paper(
            f"{kind}:{row.pk}:{_mark(content)}", f"sagen/{kind}-{number:03}-{_mark(content)}.json", kind, partial(bytes, content)
        )  # fmt: skip


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]


def _of_application(application: Application) -> Iterator[Paper]:
    folder = f"ansoegninger/{application.reference}"
    content = as_json({
        "reference": application.reference, "received": application.received_at, "state": application.state,
        "person": {name: getattr(application.candidate, name) for name in PERSON}, "letter": application.motivation_text,
        "answers": [{"question": question, "answer": shown} for question, shown in answers_in_force(application, "da")],
        "history": [{"at": step.at, **step.values()} for step in application.history.order_by("at", "pk")],
    })  # fmt: skip
    mark = _mark(content)
    yield Paper(
        f"application:{application.pk}:{mark}", f"{folder}/ansoegning-{mark}.json", "application", lambda: content
    )
    for document in application.documents.exclude(scan_state="INFECTED").exclude(file="").order_by("created_at", "pk"):
        name = f"{folder}/{str(document.pk)[:8]}-{clean_filename(document.filename)}"
        yield Paper(f"document:{document.pk}", name, document.kind, partial(_bytes_of, document))
    for letter in application.messages.exclude(state__in=GONE).order_by("created_at", "pk"):
        name = f"{folder}/breve/{letter.created_at:%Y%m%d}-{letter.code}-{str(letter.pk)[:8]}"
        yield Paper(
            f"letter:{letter.pk}",
            f"{name}.{'eml' if letter.raw else 'txt'}",
            "letter",
            partial(_words_of, letter),
        )


def _bytes_of(document: Document) -> bytes:
    with document.file.open("rb") as stored:
        content: bytes = stored.read()
    return content


def _words_of(letter: Message) -> bytes:
    return bytes(letter.raw) if letter.raw else f"{letter.subject}\n\n{letter.text}".encode()


def log_of(case: RecruitmentCase, since: dt.datetime | None, until: dt.datetime) -> bytes:
    """The trail of the case from one package to the next, as a sheet in UTF-8."""
    entries = AuditEntry.objects.filter(case_id=case.pk, at__lte=until).order_by("at", "id")
    if since is not None:
        entries = entries.filter(at__gt=since)
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";")
    sheet.writerow(["at", "who", "what", "object", "detail"])
    for entry in entries.iterator():
        detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
        cells = [entry.at.isoformat(), entry.actor, entry.action, f"{entry.object_type} {entry.object_id}", detail]
        sheet.writerow([f"'{cell}" if cell[:1] in "=+-@\t\r" else cell for cell in cells])
    return out.getvalue().encode("utf-8-sig")
