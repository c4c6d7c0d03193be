"""Everything that is kept about an applicant in one application, for the applicant: to look at and to take along (GDPR art. 15)."""

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from recruitment.applications.asking_again import replies_of
from recruitment.applications.contents import PERSON
from recruitment.applications.lifecycle import SUBMIT, WITHDRAW
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.summary import answers_in_force, has_unconfirmed_corrections
from recruitment.audit.queries import looks_at
from recruitment.audit.record import record
from recruitment.documents.discretion import papers_of_staff, without_papers_of_staff
from recruitment.documents.models import Document
from recruitment.mail.models import Message, MessageState
from recruitment.people.actor import Actor
from recruitment.people.models import User

#: What the applicant did; other moves are told in letters, when they have been decided.
OWN_MOVES = (SUBMIT.name, WITHDRAW.name, "register", "register_late")
#: Rooms above say what else they keep that the applicant knows of, by name. Filled by `wiring.py`.
told_by_rooms_above: list[Callable[[Application], dict[str, Any]]] = []
IN_MEMORY = 5_000_000  # bytes of a package that are held in memory before it goes to a file


@dataclass(frozen=True)
class Look:
    """One person's looks on one day."""

    day: dt.date
    last: dt.datetime
    who: str
    opened: int
    downloaded: int


def looks(application: Application) -> list[Look]:
    """Who has looked, gathered by person and day; newest first. Two queries, however many looked."""
    entries = list(looks_at(application.pk))
    people = User.objects.in_bulk({entry.user_id for entry in entries if entry.user_id})
    gathered: dict[tuple[Any, ...], list[Any]] = {}
    for entry in entries:
        gathered.setdefault((timezone.localtime(entry.at).date(), entry.user_id, entry.actor), []).append(entry)
    return [
        Look(
            day, found[0].at, _name_of(people.get(user_id)), sum(e.action == "Application.open" for e in found),
            sum(e.action != "Application.open" for e in found),
        )
        for (day, user_id, _actor), found in gathered.items()
    ]  # fmt: skip


def _name_of(user: User | None) -> str:
    if user is None:
        return str(_("A member of staff who has left, or a system"))
    return f"{user}, {user.title}" if user.title else str(user)


def kept_letters(application: Application) -> QuerySet[Message]:
    """Every letter to the applicant that has been written, by mail or in the secure inbox, oldest first."""
    return application.messages.exclude(state__in=[MessageState.DRAFT, MessageState.CANCELLED]).order_by("created_at")


def own_data(application: Application) -> dict[str, Any]:
    """Everything kept, as plain values with names that a person can read.

    What the staff has written (tests, forms, notes) is named by its kind; its words are given out by the employer on request,
    who must first see whether they tell of others too.
    """
    person, case = application.candidate, application.case
    return {
        "application": {
            "reference": application.reference, "job": case.title, "case_number": case.case_number,
            "employer": case.institution.name, "begun": application.started_at, "received": application.received_at,
            "withdrawn": application.withdrawn_at, "came_by": application.channel, "language": application.language,
            "works_there": application.applicant_origin, "saw_the_ad": application.self_reported_source,
            "came_by_link_of": str(application.source_medium or ""), "deleted_after": application.retention_due_at,
            "seems_to_hold_a_cpr_number": application.has_cpr_number,
            "preferential_access": PriorityClaim.objects.filter(application=application).exists(),
        },
        "person": {name: getattr(person, name) for name in PERSON},
        "letter": application.motivation_text,
        "answers": [{"question": question, "answer": shown} for question, shown in answers_in_force(application, application.language)],
        "not_confirmed": application.draft if has_unconfirmed_corrections(application) else {},
        "earlier_versions": [{"number": v.number, "replaced": v.created_at, "content": v.content} for v in application.versions.all()],
        "asked_later": [
            {"question": question, "answer": answer, "when": reply.answered_at} for reply in replies_of(application) for question, answer in reply.pairs()
        ],
        **_papers(application),
        "letters": [
            {"subject": m.subject, "text": m.text, "to": m.recipient, "written": m.created_at, "sent": m.sent_at, "read": m.read_at}
            for m in kept_letters(application)
        ],
        "texts_accepted": [{"when": c.given_at, "kind": c.kind, "text": c.shown_text} for c in application.consents.all()],
        "what_you_did": [
            {"when": h.at, "what": h.move} for h in application.history.filter(move__in=OWN_MOVES)
        ],
        "who_looked": [
            {"day": look.day, "who": look.who, "opened": look.opened, "downloaded": look.downloaded}
            for look in looks(application)
        ],
        **{name: told for tell in told_by_rooms_above for name, told in tell(application).items()},
    }  # fmt: skip


def _papers(application: Application) -> dict[str, Any]:
    own = without_papers_of_staff(application.documents.all(), messages=True)
    of_staff = papers_of_staff(application.documents.all())
    return {
        "files": [
            {"name": d.filename, "kind": d.kind, "bytes": d.size, "sha256": d.sha256, "received": d.created_at,
             "replaced": d.replaced_at, "seems_to_hold_a_cpr_number": d.has_cpr_number}
            for d in own
        ],
        "papers_of_the_staff": [{"kind": d.kind, "made": d.created_at} for d in of_staff],
    }  # fmt: skip


def package(application: Application, *, actor: Actor) -> IO[bytes]:
    """All of it as a zip: one JSON file, and the applicant's own files as they came. Noted in the trail."""
    with transaction.atomic():
        record(actor, "Application.take_along", application)
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        told = json.dumps(own_data(application), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        bundle.writestr("data.json", told)
        for name, document in _named_once(without_papers_of_staff(application.documents.all(), messages=True)):
            with document.file.open("rb") as stored, bundle.open(f"files/{name}", "w") as place:
                for piece in stored.chunks():
                    place.write(piece)
    made.seek(0)
    return made


def _named_once(documents: Any) -> Iterator[tuple[str, Document]]:
    """Each document that has a file, under a name that no other has."""
    taken: set[str] = set()
    for document in documents:
        if not document.file:
            continue
        path, number, name = PurePath(document.filename), 1, document.filename
        while name in taken:
            number += 1
            name = f"{path.stem} ({number}){path.suffix}"
        taken.add(name)
        yield name, document
