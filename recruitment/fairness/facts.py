"""Notes of facts: written, supplemented, and judged as to whether the applicant must be heard (offentlighedsloven § 13)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.purge import purging
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import Event, tell
from recruitment.fairness.models import FactNote, FactSource, NoHearing, PartyHearing
from recruitment.people.actor import Actor

LONGEST = 20_000


@dataclass(frozen=True)
class HearingSpared(Event):
    """Somebody has decided that an adverse fact needs no hearing."""

    note: FactNote
    actor: Actor


@transaction.atomic
def note_fact(
    case: RecruitmentCase, *, actor: Actor, source: str, fact_text: str, application: Application | None = None,
    source_person: str = "", address: str = "", received_on: dt.date | None = None, is_adverse: bool = False,
) -> FactNote:  # fmt: skip
    """Write down what became known. From then on it stands as it is."""
    require(actor, Permission.HEARING_VIEW, application or case)
    day = received_on or clock.today()
    found = _lacks(source, fact_text, address, day)
    if is_adverse and application is None:
        found.append(Obstacle("about_nobody", _("Say whom it counts against."), "fact.application"))
    if found:
        raise NotPossible(found)
    note = FactNote.objects.create(
        case=case, application=application, source=source, source_person=source_person.strip(), address=address.strip(),
        received_on=day, fact_text=_words(fact_text), is_adverse=is_adverse, created_by=actor.user, created_at=clock.now(),
    )  # fmt: skip
    record(actor, "FactNote.write", note, source=source, adverse=is_adverse)
    return note


def _lacks(source: str, fact_text: str, address: str, day: dt.date) -> list[Obstacle]:
    found = []
    if source not in FactSource.values:
        found.append(Obstacle("source", _("Choose how it became known."), "fact.source"))
    if not fact_text.strip():
        found.append(Obstacle("fact_missing", _("Write what became known."), "fact.fact_text"))
    if len(fact_text) > LONGEST:
        found.append(Obstacle("too_long", _("Use at most %d characters.") % LONGEST, "fact.fact_text"))
    if source == FactSource.WEB and not address.strip():
        message = _("Write the address of the page: the applicant must be told where you looked.")
        found.append(Obstacle("address_missing", message, "fact.address"))
    if day > clock.today():
        found.append(Obstacle("in_the_future", _("The day has not come yet."), "fact.received_on"))
    return found


def _words(text: str) -> str:
    return text.strip().replace("\x00", "")


@transaction.atomic
def supplement(note: FactNote, text: str, *, actor: Actor) -> FactNote:
    """Add to a note; the note itself stays as it is."""
    require(actor, Permission.HEARING_VIEW, note)
    if not text.strip() or len(text) > LONGEST:
        raise NotPossible([Obstacle("fact_missing", _("Write what is to be added."), "fact.fact_text")])
    added = FactNote.objects.create(
        case_id=note.case_id, application_id=note.application_id, supplements=note, source=note.source,
        address=note.address, source_person=note.source_person, received_on=clock.today(), fact_text=_words(text),
        created_by=actor.user, created_at=clock.now(),
    )  # fmt: skip
    record(actor, "FactNote.supplement", added, to=str(note.pk))
    return added


@transaction.atomic
def spare_hearing(note: FactNote, reason: str, *, actor: Actor) -> NoHearing:
    """No hearing is needed, because ... Raises ValidationError without a reason, or where one is being held."""
    require(actor, Permission.HEARING_MANAGE, note)
    if not note.is_adverse:
        raise NotPossible([Obstacle("not_adverse", _("Only what counts against somebody needs a hearing."))])
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why no hearing is needed."), "spare.reason")])
    if hearings_on(note).exists():
        raise NotPossible([Obstacle("hearing_open", _("A hearing is being held about it."))])
    if NoHearing.objects.filter(note=note).exists():
        raise ValidationError(_("It has been decided already."), code="decided")
    decided = NoHearing.objects.create(note=note, reason=_words(reason), decided_by=actor.user, decided_at=clock.now())
    record(actor, "FactNote.spare_hearing", note)
    tell(HearingSpared(note, actor))
    return decided


def hearings_on(note: FactNote) -> QuerySet[PartyHearing]:
    """Those that have not been dropped."""
    return note.hearings.exclude(state="CLOSED", evaluated_at__isnull=True)


def notes_without_hearing(rows: QuerySet[FactNote] | None = None) -> QuerySet[FactNote]:
    """Adverse notes of which nobody has decided whether the applicant is heard (GRD-12)."""
    held = PartyHearing.objects.filter(notes=OuterRef("pk")).exclude(state="CLOSED", evaluated_at__isnull=True)
    adverse = (FactNote.objects.all() if rows is None else rows).filter(is_adverse=True, no_hearing__isnull=True)
    return adverse.filter(~Exists(held)).exclude(application__state__in=["STARTED", "WITHDRAWN"])


def notes_of(case: RecruitmentCase, application: Application | None = None) -> QuerySet[FactNote]:
    """Of one applicant, or of the case itself; oldest first, with what was added to each."""
    rows = FactNote.objects.filter(case=case, supplements__isnull=True)
    rows = rows.filter(application=application) if application is not None else rows.filter(application__isnull=True)
    return rows.select_related("created_by", "no_hearing").prefetch_related("supplements_to__created_by", "hearings")


@transaction.atomic
def erase_notes(which: Q, *, actor: Actor, because: str) -> int:
    """Delete notes that the law says must go (a consent was withdrawn before they were made); the trail says that it was done."""
    notes = list(FactNote.objects.filter(which))
    for note in notes:
        record(actor, "FactNote.erase", note, because=because)
    with purging():
        FactNote.objects.filter(pk__in=[note.pk for note in notes]).delete()
    return len(notes)


def sources_of(note: FactNote) -> dict[str, Any]:
    """Where it comes from, for those who read it."""
    return {"who": note.source_person, "address": note.address, "day": note.received_on}
