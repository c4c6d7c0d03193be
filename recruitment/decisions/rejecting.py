"""Answers: prepared for many, given by telephone, taken up again; and the words that they are made of."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import RECONSIDER, REJECT_BY_PHONE
from recruitment.applications.models import Application, ApplicationState
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.answers import (
    REJECTIONS,
    CallPurpose,
    FullerReasons,
    PhoneLog,
    Rejection,
    RejectionWay,
    ScreeningGrounds,
)
from recruitment.decisions.calls import log_call
from recruitment.decisions.letters import Merging
from recruitment.decisions.queries import decision_in_force, interviewed, is_filled
from recruitment.decisions.sorting import Sorted, sort_answers
from recruitment.errors import NotPossible, Obstacle
from recruitment.letters.bulk import LeftOut, Line, prepare, start
from recruitment.letters.models import BulkLine, BulkSending
from recruitment.lifecycle import make
from recruitment.mail.models import Message, Settled
from recruitment.mail.queries import IN_DOUBT
from recruitment.people.actor import Actor

KIND = "REJECTION"


@transaction.atomic
def write_grounds(case: RecruitmentCase, *, words: str, words_en: str = "", actor: Actor) -> ScreeningGrounds:
    """What the selection was made by, for those who are answered early."""
    require(actor, Permission.REJECT, case)
    if not words.strip():
        raise NotPossible([Obstacle("words_missing", _("Write what the choice was made by."), "answers.words")])
    row, _made = ScreeningGrounds.objects.update_or_create(
        case=case, defaults={"words": words.strip(), "words_en": words_en.strip(), "by_user": actor.user, "written_at": clock.now()}
    )  # fmt: skip
    record(actor, "ScreeningGrounds.write", row)
    return row


@transaction.atomic
def write_reasons(
    application: Application, *, factors: str, feedback: str, priority: str = "", actor: Actor
) -> FullerReasons:
    """What this applicant is told. Both parts are wanted where somebody was interviewed; the letter has room for both."""
    require(actor, Permission.REJECT, application)
    found = []
    if not factors.strip():
        found.append(Obstacle("factors_missing", _("Write what was attached importance to."), "reasons.factors"))
    if application.pk in interviewed(application.case) and not feedback.strip():
        found.append(Obstacle("feedback_missing", _("Write something from the interview."), "reasons.feedback"))
    if found:
        raise NotPossible(found)
    row, _made = FullerReasons.objects.update_or_create(
        application=application, defaults={"factors": factors.strip(), "feedback": feedback.strip(), "priority": priority.strip(), "by_user": actor.user, "written_at": clock.now()}
    )  # fmt: skip
    record(actor, "FullerReasons.write", row)
    return row


@transaction.atomic
def send_answers(
    case: RecruitmentCase, *, actor: Actor, with_interviewed: bool = False, without: Collection[Any] = (), expected: int
) -> BulkSending:
    """Start the sending that the preview showed. Raises NotPossible where the list is another than `expected` letters.

    The states follow as the letters go, and nothing goes before the time for second thoughts is over.
    """
    require(actor, Permission.REJECT, case)
    RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    found = sort_answers(case, with_interviewed=with_interviewed)
    chosen = [each for each in found.planned if each.application.pk not in without]
    if not chosen:
        raise NotPossible([Obstacle("nobody", _("Nobody would get a letter."), "answers")])
    if len(chosen) != expected:
        message = _("The list has changed: now it is %d letters. Look at it once more.") % len(chosen)
        raise NotPossible([Obstacle("list_changed", message, "answers.count")])
    merging = Merging(case)
    lines = [Line(each.application, each.code, merging.values(each)) for each in chosen]
    sending = prepare(case, kind=KIND, lines=lines, left_out=_left_out(found, without), actor=actor)
    return start(sending, actor=actor)


def _left_out(found: Sorted, without: Collection[Any]) -> list[LeftOut]:
    unticked = [each.application for each in found.planned if each.application.pk in without]
    kept = [LeftOut(each.application, each.code, each.message) for each in found.held]
    return [*kept, *(LeftOut(row, "not_now", _("Not this time.")) for row in unticked)]


def does_not_fit_any_more(line: BulkLine) -> tuple[str, str] | None:
    """A letter that was prepared is not sent to somebody who has been answered since, or must not be answered now."""
    found = sort_answers(line.sending.case, with_interviewed=True, only=line.application_id, ignoring=line.sending_id)
    if found.held:
        return found.held[0].code, found.held[0].message
    if found.underway:
        return "underway", _("A letter is under way already.")
    return None if found.planned else ("answered", _("Has been answered meanwhile."))


@transaction.atomic
def reject_by_phone(
    application: Application, *, said: str, called_at: dt.datetime, actor: Actor, caller: str = ""
) -> Application:
    """Told on the telephone, with what was said. For somebody whose letter came back this is the answer (C2)."""
    require(actor, Permission.REJECT_LOG_PHONE, application)
    locked = Application.objects.select_for_update().get(pk=application.pk)
    log = log_call(locked, CallPurpose.REJECTION, said=said, called_at=called_at, actor=actor, caller=caller)
    if locked.state == ApplicationState.REJECTED:
        moved = locked
        if moved.answer_delivered_at is None:
            moved.answer_delivered_at = called_at
            moved.save(update_fields=["answer_delivered_at", "updated_at"])
            _settle_what_came_back(moved, log, actor)
    else:
        moved = make(REJECT_BY_PHONE, locked, actor=actor, reason=said, answer_delivered_at=called_at)
    _record_call(moved, log, actor)
    return moved


def _settle_what_came_back(application: Application, log: PhoneLog, actor: Actor) -> None:
    """The letter that did not get through is nobody's task any more."""
    letters = Message.objects.filter(application=application, code__in=REJECTIONS, state__in=IN_DOUBT)
    letters.filter(settled_at__isnull=True).update(
        settled_at=clock.now(), settled_by=actor.user, settled_how=Settled.PHONE, settled_note=log.said
    )


def _record_call(application: Application, log: PhoneLog, actor: Actor) -> None:
    decision = decision_in_force(application.case)
    Rejection.objects.create(
        application=application, decision=decision, way=RejectionWay.PHONE, phone_log=log, by_user=actor.user, at=clock.now(),
        is_early=not is_filled(application.case) and (decision is None or decision.kind == "HIRE"),
        is_elaborated=True, individual=log.said, general=decision.factors if decision else "",
    )  # fmt: skip


@transaction.atomic
def reconsider(application: Application, *, reason: str, actor: Actor) -> Application:
    """An answer was wrong: under review again, and unanswered. The rejection stays on record; a new letter must follow."""
    return make(RECONSIDER, application, actor=actor, reason=reason, answer_delivered_at=None)
