"""Taking a reference: begun with the consent, written down or uploaded, completed; what counts against somebody becomes a fact."""

from collections.abc import Sequence
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.documents.actions import receive
from recruitment.documents.models import DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import StateChanged
from recruitment.fairness.facts import HearingSpared, note_fact
from recruitment.fairness.hearings import HearingOpened
from recruitment.fairness.models import FactNote, FactSource, PartyHearing
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.references.guides import guide_in_force
from recruitment.references.lifecycle import (
    BEGIN,
    CLOSE,
    COMPLETE,
    COMPLETE_ADVERSE,
    END,
    HEAR,
    HEAR_NOT,
    consent_is_not_given,
)
from recruitment.references.models import FEWER, ReferenceCheck, ReferenceNote, ReferenceState

LONGEST = 4000
HOUSE = Actor.house("reference")


@transaction.atomic
def begin(check: ReferenceCheck, *, actor: Actor) -> ReferenceCheck:
    """From here the referee may be called, with the guide that is in force today."""
    application = check.application
    guide = guide_in_force(application.case.institution, application.language)
    return make(BEGIN, check, actor=actor, guide=guide, begun_at=clock.now())


@transaction.atomic
def write_down(
    check: ReferenceCheck, *, actor: Actor, answers: Sequence[str] = (), remarks: str = "",
    file: tuple[BinaryIO, str] | None = None,
) -> ReferenceNote:  # fmt: skip
    """What the referee says, in the order of the guide, or the form as a document; each saving is kept. Refused without a consent."""
    require(actor, Permission.REFERENCE_MANAGE, check)
    locked = ReferenceCheck.objects.select_for_update(of=("self",)).get(pk=check.pk)
    if refused := consent_is_not_given(locked):
        raise NotPossible([refused])
    if locked.state != ReferenceState.IN_PROGRESS or locked.guide is None:
        raise NotPossible([Obstacle("not_begun", _("Begin the reference first."))])
    words = [answer.strip().replace("\x00", "") for answer in answers][: len(locked.guide.questions)]
    if not any(words) and not remarks.strip() and file is None:
        raise NotPossible(
            [
                Obstacle(
                    "nothing_written", _("Write down what the referee said, or upload the form."), "reference.remarks"
                )
            ]
        )
    if any(len(each) > LONGEST for each in [*words, remarks]):
        raise NotPossible(
            [Obstacle("too_long", _("Use at most %d characters for each answer.") % LONGEST, "reference.remarks")]
        )
    document = None
    if file is not None:
        document = receive(
            *file,
            application=locked.application,
            kind=DocumentKind.REFERENCE_FORM,
            actor=actor,
            uploaded_by=UploadedBy.STAFF,
        )
    note = ReferenceNote.objects.create(
        check_row=locked, answers=words, remarks=remarks.strip().replace("\x00", ""), document=document, created_by=actor.user,
        created_at=clock.now(),
    )  # fmt: skip
    record(actor, "ReferenceNote.write", locked)
    return note


@transaction.atomic
def complete(check: ReferenceCheck, *, actor: Actor, summary: str, is_adverse: bool) -> ReferenceCheck:
    """The talk is over. Its result is a fact of the case; what counts against the applicant must be heard or accounted for."""
    require(actor, Permission.REFERENCE_MANAGE, check)
    if not summary.strip():
        raise NotPossible(
            [Obstacle("summary_missing", _("Write in a few lines what came of it."), "reference.summary")]
        )
    done = make(COMPLETE_ADVERSE if is_adverse else COMPLETE, check, actor=actor, completed_at=clock.now())
    referee = done.referee
    done.fact = note_fact(
        done.application.case, actor=actor, application=done.application, source=FactSource.REFERENCE,
        source_person=f"{referee.name}, {referee.organisation}", fact_text=summary, is_adverse=is_adverse,
    )  # fmt: skip
    done.save(update_fields=["fact"])
    return done


def say_why_fewer(application: Application, reason: str, *, actor: Actor) -> FactNote:
    """Why fewer than two are taken, as a note of the case; the nudge is then answered."""
    require(actor, Permission.REFERENCE_MANAGE, application)
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "few.reason")])
    return note_fact(
        application.case,
        actor=actor,
        application=application,
        source=FactSource.OTHER,
        source_person=FEWER,
        fact_text=reason,
    )


def close(check: ReferenceCheck, *, actor: Actor) -> ReferenceCheck:
    """Nothing more comes of it."""
    return make(CLOSE, check, actor=actor)


def follow_hearing(event: HearingOpened) -> None:
    """A reference whose fact is being heard says so."""
    for check in ReferenceCheck.objects.filter(fact__in=event.notes, state__in=HEAR.sources):
        make(HEAR, check, actor=HOUSE, hearing=event.hearing)


def follow_spared(event: HearingSpared) -> None:
    """No hearing is needed: the reference has ended."""
    for check in ReferenceCheck.objects.filter(fact=event.note, state__in=END.sources):
        make(END, check, actor=HOUSE)


def follow_move(event: StateChanged) -> None:
    """The hearing has been evaluated, or is not held after all."""
    if not isinstance(event.row, PartyHearing):
        return
    moves = {"evaluate": END, "drop": HEAR_NOT, "fall_away": END}
    if event.move in moves:
        for check in ReferenceCheck.objects.filter(hearing=event.row, state=ReferenceState.HEARING):
            make(moves[event.move], check, actor=HOUSE)
