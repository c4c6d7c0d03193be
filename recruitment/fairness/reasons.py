"""Reasons in writing for a rejection: asked for in time, answered or accounted for in time (forvaltningsloven § 22-23)."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application, ApplicationState
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.fairness.letters import in_words, write
from recruitment.fairness.request_lifecycle import ANSWER, TELL_STATUS
from recruitment.fairness.request_models import ReasonsState, WrittenReasonsRequest
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

DAYS_TO_ASK = 14
DAYS_TO_ANSWER = 14
LONGEST = 20_000
HOUSE = Actor.house("written reasons")


def last_day_to_ask(application: Application) -> dt.date | None:
    """Fourteen days from the day the answer came; None for somebody who has not been rejected."""
    if application.state != ApplicationState.REJECTED or application.answer_delivered_at is None:
        return None
    return application.answer_delivered_at.astimezone(clock.COPENHAGEN).date() + dt.timedelta(days=DAYS_TO_ASK)


def may_ask(application: Application) -> bool:
    """Whether the applicant can ask now, and has not."""
    last = last_day_to_ask(application)
    return (
        last is not None
        and clock.today() <= last
        and not WrittenReasonsRequest.objects.filter(application=application).exists()
    )


def ask_reasons(application: Application, *, actor: Actor) -> WrittenReasonsRequest:
    """The applicant asks; asking twice is asking once. Raises NotPossible when the time is over."""
    if actor.user is None or application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    return _receive(application, actor=actor, on=clock.today())


def note_reasons(application: Application, *, actor: Actor, received_on: dt.date) -> WrittenReasonsRequest:
    """HR registers that the applicant has asked by mail or telephone."""
    require(actor, Permission.REJECT, application)
    if received_on > clock.today():
        raise NotPossible([Obstacle("in_the_future", _("The day has not come yet."), "reasons.received_on")])
    return _receive(application, actor=actor, on=received_on)


@transaction.atomic
def _receive(application: Application, *, actor: Actor, on: dt.date) -> WrittenReasonsRequest:
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if present := WrittenReasonsRequest.objects.filter(application=application).first():
        return present
    last = last_day_to_ask(application)
    if last is None:
        raise NotPossible([Obstacle("not_rejected", _("There is no rejection to give reasons for."))])
    if on > last:
        message = _("Reasons in writing can be asked for within 14 days of the answer. You are welcome to call us.")
        raise NotPossible([Obstacle("too_late", message)])
    asked = WrittenReasonsRequest.objects.create(
        application=application, requested_at=clock.now(), due_on=on + dt.timedelta(days=DAYS_TO_ANSWER),
        noted_by=None if actor.user and application.candidate.user_id == actor.user.pk else actor.user,
    )  # fmt: skip
    record(actor, "WrittenReasonsRequest.receive", asked)
    return asked


@transaction.atomic
def draft_reasons(
    asked: WrittenReasonsRequest, *, actor: Actor, decision_text: str, factors: str
) -> WrittenReasonsRequest:
    """Write the answer, as often as wanted, until it is sent."""
    require(actor, Permission.REJECT, asked)
    locked = WrittenReasonsRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.state == ReasonsState.ANSWERED:
        raise NotPossible([Obstacle("answered", _("The answer has been sent."))])
    if max(len(decision_text), len(factors)) > LONGEST:
        raise NotPossible([Obstacle("too_long", _("Use at most %d characters.") % LONGEST, "reasons.factors")])
    locked.decision_text, locked.factors = (
        decision_text.strip().replace("\x00", ""),
        factors.strip().replace("\x00", ""),
    )
    locked.save(update_fields=["decision_text", "factors"])
    record(actor, "WrittenReasonsRequest.draft", locked)
    return locked


@transaction.atomic
def answer_reasons(asked: WrittenReasonsRequest, *, actor: Actor) -> WrittenReasonsRequest:
    """Send them to the secure inbox. `letter` stays empty where they must go on paper."""
    current = WrittenReasonsRequest.objects.get(pk=asked.pk)
    found = [
        Obstacle(code, message, f"reasons.{code}")
        for code, words, message in (
            ("decision_text", current.decision_text, _("Write the decision and what it rests on.")),
            ("factors", current.factors, _("Write what counted about this application.")),
        )
        if not words
    ]
    if found:
        raise NotPossible(found)
    answered = make(ANSWER, current, actor=actor, answered_at=clock.now(), answered_by=actor.user)
    answered.letter = write(
        "WRITTEN_REASONS", answered.application, key=f"reasons:{answered.pk}", actor=actor, decision_text=answered.decision_text,
        rejection_factors_individual=answered.factors,
    )  # fmt: skip
    answered.save(update_fields=["letter"])
    return answered


def tell_status(today: dt.date) -> int:
    """Who has waited fourteen days is told how far we are, and when the answer comes. Returns how many."""
    rows = WrittenReasonsRequest.objects.filter(state=ReasonsState.RECEIVED, due_on__lte=today)
    for asked in rows.select_related("application__case__institution", "application__round", "application__candidate"):
        with transaction.atomic():
            told = make(TELL_STATUS, asked, actor=HOUSE, status_sent_at=clock.now())
            until = in_words(today + dt.timedelta(days=DAYS_TO_ANSWER), told.application.language)
            write(
                "WRITTEN_REASONS_STATUS", told.application, key=f"reasons-status:{told.pk}", expected_answer_date=until
            )
    return len(rows)
