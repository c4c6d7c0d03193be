"""Offers: made by letter in the secure inbox, answered in the portal or on the telephone, and what follows from the answer."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import values_for
from recruitment.applications.lifecycle import DECLINE, HIRE, NOTE_DECLINED, OFFER, WITHDRAW
from recruitment.applications.models import Application, Stage
from recruitment.audit.record import record
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.answers import CallPurpose
from recruitment.decisions.calls import log_call
from recruitment.decisions.models import HiringDecision, Offer, OfferAnswer
from recruitment.decisions.queries import decision_in_force, next_in_reserve
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.events import StateChanged
from recruitment.lifecycle import make
from recruitment.mail.actions import send
from recruitment.people.actor import Actor

LONGEST_WORDS = 2000
ANSWER_WITHIN = dt.timedelta(days=7)


def usual_answer_day() -> dt.date:
    """A week, where nobody says otherwise."""
    return clock.today() + ANSWER_WITHIN


@transaction.atomic
def make_offer(
    application: Application, decision: HiringDecision, *, terms: str, answer_by: dt.date, actor: Actor
) -> Offer:
    """Offer the job to somebody the decision names. The letter is confidential: it waits in the secure inbox.

    Raises NotPossible without terms, for a day that has passed, and for what GRD-10 to GRD-16 say about this applicant.
    """
    RecruitmentCase.objects.select_for_update().get(
        pk=application.case_id
    )  # INV-9: positions are counted one at a time
    found = []
    if not terms.strip():
        message = _("Write the terms for %s.") % application.candidate.full_name
        found.append(Obstacle("terms_missing", message, "offer.terms"))
    if answer_by < clock.today():
        found.append(Obstacle("answer_day_passed", _("The day to answer has passed."), "offer.answer_by"))
    if found:
        raise NotPossible(found)
    make(OFFER, application, actor=actor)
    offer = Offer.objects.create(
        application=application, decision=decision, terms=terms.strip(), answer_by=answer_by, by_user=actor.user,
        made_at=clock.now(),
    )  # fmt: skip
    with override(application.language):
        values = values_for(application) | {
            "pay_offer": offer.terms, "deadline": formats.date_format(answer_by, "DATE_FORMAT"),
            "portal_link": link_to(application),
        }  # fmt: skip
    offer.message = _letter("OFFER_FOLLOWUP", offer, values, actor)
    offer.save(update_fields=["message"])
    return offer


def link_to(application: Application) -> str:
    """Where the applicant answers, after sign-in."""
    portal = settings.SITE_URL if application.language == "da" else f"{settings.SITE_URL}/{application.language}"
    return f"{portal}/mine/{application.pk}/tilbud/"


def _letter(code: str, offer: Offer, values: dict[str, str], actor: Actor | None) -> Any:
    application = offer.application
    return send(
        code, to=application.candidate, institution=application.case.institution, values=values,
        key=f"{code.lower()}:{offer.pk}:{offer.answer}", language=application.language, about=application, actor=actor,
    )  # fmt: skip


@transaction.atomic
def offer_next(case: RecruitmentCase, *, terms: str, answer_by: dt.date, actor: Actor) -> Offer:
    """The next on the reserve list gets an offer."""
    decision, application = decision_in_force(case), next_in_reserve(case)
    if case.state != CaseState.CONCLUDING or decision is None or application is None:
        raise NotPossible([Obstacle("nobody_in_reserve", _("Nobody is left in reserve: decide again."), "decision")])
    return make_offer(application, decision, terms=terms, answer_by=answer_by, actor=actor)


@transaction.atomic
def accept(offer: Offer, *, actor: Actor) -> Offer:
    """The applicant says yes, in the portal. They are hired when HR has registered it; a confirmation waits in the inbox."""
    locked = _own(offer, actor)
    if locked.answer == OfferAnswer.ACCEPTED:
        return locked
    _settle(locked, OfferAnswer.ACCEPTED)
    record(actor, "Offer.accept", locked)
    _confirm(locked)
    return locked


@transaction.atomic
def decline(offer: Offer, *, actor: Actor, words: str = "") -> Offer:
    """The applicant says no, in the portal; the application is closed by it, and HR hears at once."""
    locked = _own(offer, actor)
    if len(words) > LONGEST_WORDS:
        message = _("Write at most %d letters, or call us.") % LONGEST_WORDS
        raise NotPossible([Obstacle("too_long", message, "words")])
    if locked.answer == OfferAnswer.DECLINED:
        return locked
    now = clock.now()
    make(DECLINE, locked.application, actor=actor, withdrawn_at=now, answer_delivered_at=now)
    _settle(locked, OfferAnswer.DECLINED, note=words)
    record(actor, "Offer.decline", locked)
    _confirm(locked)
    return locked


def _own(offer: Offer, actor: Actor) -> Offer:
    """The applicant's own, by proved address, under its lock. Raises StaleRow where it no longer waits for an answer."""
    locked = _locked(offer)
    if actor.user is None or locked.application.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    if locked.application.state != "OFFERED":
        raise StaleRow(_("The offer no longer stands. Call us if you think that this is a mistake."), code="no_offer")
    return locked


def _locked(offer: Offer) -> Offer:
    """The case first, as whoever makes an offer does: positions are counted one at a time (INV-9)."""
    RecruitmentCase.objects.select_for_update().get(pk=offer.application.case_id)
    Application.objects.select_for_update().get(pk=offer.application_id)
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "application__candidate", "application__case__institution", "application__round"
    )
    return rows.get(pk=offer.pk)


def _settle(offer: Offer, answer: OfferAnswer, *, note: str = "", actor: Actor | None = None) -> None:
    offer.answer, offer.answered_at, offer.answer_note = answer, clock.now(), note.strip()
    offer.noted_by = actor.user if actor else None
    offer.save()


def _confirm(offer: Offer) -> None:
    application = offer.application
    with override(application.language):
        told = {
            OfferAnswer.ACCEPTED: _("You have said yes to the job. We write to you about the contract of employment."),
            OfferAnswer.DECLINED: _("You have said no to the job. Your application is closed by it."),
        }[OfferAnswer(offer.answer)]
        values = values_for(application) | {"decision_text": told}
    _letter("OFFER_ANSWERED", offer, values, None)


@transaction.atomic
def note_accepted(offer: Offer, *, said: str, called_at: dt.datetime, actor: Actor) -> Application:
    """A yes on the telephone: logged, and registered as hired in the same act."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, offer)
    locked = _locked(offer)
    log_call(locked.application, CallPurpose.OFFER, said=said, called_at=called_at, actor=actor)
    if locked.answer != OfferAnswer.ACCEPTED:
        _settle(locked, OfferAnswer.ACCEPTED, note=said, actor=actor)
    return _hire(locked, actor)


@transaction.atomic
def hire(offer: Offer, *, actor: Actor) -> Application:
    """Register the one who has said yes as hired."""
    return _hire(_locked(offer), actor)


def _hire(offer: Offer, actor: Actor) -> Application:
    return make(
        HIRE, offer.application, actor=actor, stage_reached=Stage.HIRED, answer_delivered_at=clock.now()
    )  # fmt: skip


@transaction.atomic
def note_declined(offer: Offer, *, said: str, called_at: dt.datetime, actor: Actor) -> Application:
    """A no on the telephone, also after a yes and before the first day."""
    require(actor, Permission.APPLICATION_CHANGE_STATE, offer)
    locked, now = _locked(offer), clock.now()
    answer = OfferAnswer.LEFT if locked.answer == OfferAnswer.ACCEPTED else OfferAnswer.DECLINED
    log_call(locked.application, CallPurpose.OFFER, said=said, called_at=called_at, actor=actor)
    moved = make(NOTE_DECLINED, locked.application, actor=actor, reason=said, withdrawn_at=now, answer_delivered_at=now)
    _settle(locked, answer, note=said, actor=actor)
    return moved


def follow_withdrawal(event: StateChanged) -> None:
    """Who withdraws the application while an offer waits has said no to it."""
    if isinstance(event.row, Application) and event.move == WITHDRAW.name:
        for offer in Offer.objects.filter(application=event.row, answer__in=[OfferAnswer.NONE, OfferAnswer.ACCEPTED]):
            _settle(offer, OfferAnswer.LEFT if offer.answer else OfferAnswer.DECLINED)
