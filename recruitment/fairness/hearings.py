"""Hearing an applicant: opened from what counts against them, sent, answered, evaluated, closed."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.documents.actions import receive
from recruitment.documents.cpr import find_cpr_numbers
from recruitment.documents.models import DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import Event, tell
from recruitment.fairness.letters import in_words, place_of, write
from recruitment.fairness.lifecycle import (
    CLOSE,
    DROP,
    EVALUATE,
    EXTEND,
    FALL_AWAY,
    PASS_DEADLINE,
    RESPOND,
    RESPOND_FOR,
    SEND,
)
from recruitment.fairness.models import SHOWN_STATES, FactNote, HearingState, HearingTrigger, PartyHearing
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.planning.workdays import workday_from

LONGEST = 20_000
MOST_FILES = 5
FEWEST_WORKDAYS = 3
HOUSE = Actor.house("hearing")


@dataclass(frozen=True)
class HearingOpened(Event):
    """Somebody has begun to hear the applicant about these notes."""

    hearing: PartyHearing
    notes: tuple[FactNote, ...]
    actor: Actor


@transaction.atomic
def open_hearing(
    application: Application, *, actor: Actor, trigger: str, facts_text: str = "", notes: Iterable[FactNote] = (),
    test_result: Any = None, assessment: Any = None,
) -> PartyHearing:  # fmt: skip
    """Begin one. The words start as those of the notes; they are looked over before they are sent."""
    require(actor, Permission.HEARING_MANAGE, application)
    about = [note for note in notes if note.application_id == application.pk and note.is_adverse]
    if application.state in {"STARTED", "WITHDRAWN"}:
        raise NotPossible([Obstacle("withdrawn", _("The applicant has withdrawn."))])
    if trigger not in HearingTrigger.values:
        raise NotPossible([Obstacle("trigger", _("Choose what the hearing is about."), "hearing.trigger")])
    words = facts_text.strip() or "\n\n".join(_told(note) for note in about)
    hearing = PartyHearing.objects.create(
        application=application, trigger=trigger, facts_text=words, test_result=test_result, assessment=assessment,
        opened_by=actor.user, created_at=clock.now(),
    )  # fmt: skip
    hearing.notes.set(about)
    record(actor, "PartyHearing.open", hearing, trigger=trigger)
    tell(HearingOpened(hearing, tuple(about), actor))
    return hearing


def _told(note: FactNote) -> str:
    """The fact with where it comes from."""
    return f"{note.fact_text}\n{note.address}" if note.address else note.fact_text


@transaction.atomic
def change_facts(hearing: PartyHearing, facts_text: str, *, actor: Actor) -> PartyHearing:
    """What the applicant is told, while it has not been sent."""
    require(actor, Permission.HEARING_MANAGE, hearing)
    locked = PartyHearing.objects.select_for_update().get(pk=hearing.pk)
    if locked.state != HearingState.OPENED:
        raise NotPossible([Obstacle("sent", _("It has been sent and does not change any more."))])
    locked.facts_text = _fitting(facts_text, "hearing.facts_text")
    locked.save(update_fields=["facts_text"])
    record(actor, "PartyHearing.change", locked)
    return locked


def usual_deadline(application: Application) -> dt.date:
    """So many working days from today as the institution gives."""
    return workday_from(clock.today(), application.case.institution.settings.hearing_workdays)


@transaction.atomic
def send_hearing(hearing: PartyHearing, *, actor: Actor, deadline: dt.date | None = None) -> PartyHearing:
    """Post it in the secure inbox. `letter` stays empty for somebody without an address: they must have it on paper."""
    until = _in_time(deadline or usual_deadline(hearing.application))
    sent = make(SEND, hearing, actor=actor, sent_at=clock.now(), deadline=until)
    sent.letter = _post("PARTY_HEARING", sent, actor)
    sent.save(update_fields=["letter"])
    return sent


def _in_time(deadline: dt.date) -> dt.date:
    if deadline < workday_from(clock.today(), FEWEST_WORKDAYS):
        message = _("Give the applicant at least %d working days.") % FEWEST_WORKDAYS
        raise NotPossible([Obstacle("too_soon", message, "hearing.deadline")])
    return deadline


def _post(code: str, hearing: PartyHearing, actor: Actor, occasion: str = "") -> Any:
    application = hearing.application
    return write(
        code, application, key=f"{code.lower()}:{hearing.pk}:{hearing.deadline}{occasion}", actor=actor, hearing_facts=hearing.facts_text,
        hearing_deadline=in_words(hearing.deadline, application.language) if hearing.deadline else "",
        portal_link=place_of(application, "hoering", str(hearing.pk)),
    )  # fmt: skip


@transaction.atomic
def extend(hearing: PartyHearing, deadline: dt.date, *, actor: Actor) -> PartyHearing:
    """More time; the applicant is told the new date."""
    later = _in_time(deadline)
    if hearing.deadline and later <= hearing.deadline:
        raise NotPossible(
            [Obstacle("not_later", _("The new date is not later than the one there is."), "hearing.deadline")]
        )
    extended = make(EXTEND, hearing, actor=actor, deadline=later, reminded_at=None)
    _post("PARTY_HEARING_REMINDER", extended, actor, ":more time")
    return extended


@transaction.atomic
def respond(
    hearing: PartyHearing, text: str, *, actor: Actor, files: Iterable[tuple[BinaryIO, str]] = ()
) -> PartyHearing:
    """The applicant answers, in words and with files; once."""
    if actor.user is None or hearing.application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    given = list(files)
    words = _fitting(text, "hearing.text", required=not given)
    if len(given) > MOST_FILES:
        raise NotPossible([Obstacle("too_many_files", _("Send at most %d files.") % MOST_FILES, "hearing.files")])
    answered = make(RESPOND, hearing, actor=actor, response_text=words, responded_at=clock.now())
    for stream, name in given:
        answered.attachments.add(
            receive(stream, name, application=answered.application, kind=DocumentKind.HEARING, actor=actor,
                    uploaded_by=UploadedBy.APPLICANT)
        )  # fmt: skip
    if find_cpr_numbers(words):
        Application.objects.filter(pk=answered.application_id).update(has_cpr_number=True, cpr_handled_at=None)
    return answered


def respond_for(hearing: PartyHearing, text: str, *, actor: Actor, how: str) -> PartyHearing:
    """The applicant has answered on the telephone or on paper; `how` says when and to whom."""
    words = _fitting(text, "hearing.text")
    return make(RESPOND_FOR, hearing, actor=actor, reason=how, response_text=words, responded_at=clock.now())


def evaluate(hearing: PartyHearing, evaluation: str, *, actor: Actor) -> PartyHearing:
    """What the answer changes. From here the decision is free again (GRD-12)."""
    words = _fitting(evaluation, "hearing.evaluation")
    return make(EVALUATE, hearing, actor=actor, evaluation=words, evaluated_at=clock.now(), evaluated_by=actor.user)


def close_hearing(hearing: PartyHearing, *, actor: Actor) -> PartyHearing:
    """Nothing more is done about it."""
    return make(CLOSE, hearing, actor=actor)


def drop(hearing: PartyHearing, *, actor: Actor, reason: str) -> PartyHearing:
    """It is not held after all; the facts then still need their answer."""
    return make(DROP, hearing, actor=actor, reason=reason)


def fall_away(application: Application) -> None:
    """Who has withdrawn is asked no more."""
    for hearing in PartyHearing.objects.filter(application=application, state__in=FALL_AWAY.sources):
        make(FALL_AWAY, hearing, actor=HOUSE)


def _fitting(text: str, place: str, *, required: bool = True) -> str:
    words = text.strip().replace("\x00", "")
    if required and not words:
        raise NotPossible([Obstacle("words_missing", _("Write something."), place)])
    if len(words) > LONGEST:
        raise NotPossible([Obstacle("too_long", _("Use at most %d characters.") % LONGEST, place)])
    return words


def shown_to_applicant(application: Application) -> QuerySet[PartyHearing]:
    """Those the applicant has been sent, newest first."""
    rows = PartyHearing.objects.filter(application=application, state__in=SHOWN_STATES, sent_at__isnull=False)
    return rows.order_by("-sent_at")


def may_respond(hearing: PartyHearing) -> bool:
    """Whether an answer still counts."""
    return hearing.state in RESPOND.sources


def pass_deadlines(today: dt.date) -> int:
    """Hearings whose date is over, each in a transaction of its own. Returns how many."""
    late = PartyHearing.objects.filter(state=HearingState.SENT, deadline__lt=today)
    for hearing in late:
        make(PASS_DEADLINE, hearing, actor=HOUSE)
    return len(late)


def remind(today: dt.date) -> int:
    """A working day before the date, once. Returns how many were reminded."""
    rows = PartyHearing.objects.filter(
        state=HearingState.SENT, reminded_at__isnull=True, deadline__gte=today, deadline__lte=workday_from(today, 1)
    )
    done = 0
    for hearing in rows.select_related(
        "application__case__institution", "application__round", "application__candidate"
    ):
        with transaction.atomic():
            done += PartyHearing.objects.filter(pk=hearing.pk, reminded_at=None).update(reminded_at=clock.now())
            _post("PARTY_HEARING_REMINDER", hearing, HOUSE)
    return done
