"""Claims to preferential access: registered, decided, followed, and negotiated with the job centre (C8)."""

import datetime as dt
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import values_for
from recruitment.applications.models import Application, ClaimState, PriorityClaim
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.actions import receive
from recruitment.documents.models import Document, DocumentKind, UploadedBy
from recruitment.errors import NotPossible, Obstacle
from recruitment.fairness.claim_lifecycle import (
    CALL_DUE,
    CLEAR,
    FIND_ELIGIBLE,
    FIND_NOT_ELIGIBLE,
    HIRE,
    LAPSE,
    LOOK_AGAIN,
    MEET,
    NEGOTIATE,
    PLACE,
    SEND_STATEMENT,
    SET_ASIDE,
    TAKE_UP,
    TURN_DOWN,
    negotiation_of,
)
from recruitment.fairness.claim_models import (
    JobCentreNegotiation,
    NegotiationForm,
    PriorityClaimStateChange,
    StatementWay,
)
from recruitment.fairness.letters import in_words
from recruitment.lifecycle import make
from recruitment.mail.actions import template_in_force
from recruitment.mail.render import Rendered, render
from recruitment.people.actor import Actor
from recruitment.planning.workdays import workday_from

HOUSE = Actor.house("priority claim")
WORKDAYS_TO_ANSWER = 10
VIA = ("APPLICANT", "JOB_CENTRE")


@transaction.atomic
def register_claim(application: Application, *, via: str, actor: Actor) -> PriorityClaim:
    """HR registers a claim that came otherwise than by the form, for example from a job centre."""
    require(actor, Permission.PRIORITY_MANAGE, application)
    if via not in VIA:
        raise NotPossible([Obstacle("via", _("Choose who has claimed it."), "claim.via")])
    if PriorityClaim.objects.filter(application=application).exists():
        raise ValidationError(_("The claim is registered already."), code="registered")
    claim = PriorityClaim.objects.create(application=application, claimed_via=via, claimed_at=clock.now())
    record(actor, "PriorityClaim.register", claim, via=via)
    return claim


def has_duty(claim: PriorityClaim, *, formal_education_met: bool | None) -> bool:
    """Whoever a job centre sends is interviewed; who claims it themselves, when they meet the formal requirements (C8)."""
    return claim.claimed_via == "JOB_CENTRE" or bool(formal_education_met)


@transaction.atomic
def decide_claim(
    claim: PriorityClaim, *, actor: Actor, is_eligible: bool, formal_education_met: bool | None = None, reason: str = ""
) -> PriorityClaim:
    """Whether the applicant has preferential access; a duty to interview follows by itself."""
    decided = {"decided_by": actor.user, "decided_at": clock.now()}
    if not is_eligible:
        return make(FIND_NOT_ELIGIBLE, claim, actor=actor, reason=reason, duty_to_interview=False, **decided)
    if claim.claimed_via == "APPLICANT" and formal_education_met is None:
        message = _("Say whether the applicant meets the formal requirements to education.")
        raise NotPossible([Obstacle("formal_education", message, "claim.formal_education_met")])
    duty = has_duty(claim, formal_education_met=formal_education_met)
    found = make(
        FIND_ELIGIBLE, claim, actor=actor, reason=reason, duty_to_interview=duty,
        formal_education_met=formal_education_met, **decided,
    )  # fmt: skip
    if not duty:
        return found
    due = make(CALL_DUE, found, actor=HOUSE)
    if due.application.interview_invitations.filter(state="HELD").exists():
        return make(MEET, due, actor=HOUSE)
    return due


def look_again(claim: PriorityClaim, *, actor: Actor, reason: str) -> PriorityClaim:
    """The decision was wrong, or the post goes to somebody else after all."""
    return make(
        LOOK_AGAIN, claim, actor=actor, reason=reason, decided_by=None, decided_at=None, duty_to_interview=False
    )


def turn_down(claim: PriorityClaim, *, actor: Actor, reason: str) -> PriorityClaim:
    """Somebody better qualified is to have the post: now the job centre must be heard."""
    return make(TURN_DOWN, claim, actor=actor, reason=reason)


def set_aside(claim: PriorityClaim, *, actor: Actor, reason: str) -> PriorityClaim:
    """The post goes to somebody who works here already, so the claim does not apply."""
    return make(SET_ASIDE, claim, actor=actor, reason=reason)


def follow_interview(application_id: Any) -> None:
    """The interview has been held: a duty to it is met."""
    for claim in PriorityClaim.objects.filter(application=application_id, state__in=MEET.sources):
        make(MEET, claim, actor=HOUSE)


def follow_hiring(application_id: Any) -> None:
    """The claimant is hired."""
    for claim in PriorityClaim.objects.filter(application=application_id, state__in=HIRE.sources):
        make(HIRE, claim, actor=HOUSE)


@transaction.atomic
def lapse(case: RecruitmentCase) -> int:
    """It has been decided that nobody is hired: a claim that was on its way has nothing left to be preferred to. Returns how many."""
    rows = PriorityClaim.objects.filter(application__case=case, state__in=LAPSE.sources)
    for claim in rows:
        make(LAPSE, claim, actor=HOUSE, reason=_("Nobody is hired."))
    return len(rows)


@transaction.atomic
def take_up(case: RecruitmentCase) -> int:
    """Somebody may be hired after all: claims that had lapsed are to be decided anew. Returns how many."""
    newest = PriorityClaimStateChange.objects.filter(claim=OuterRef("pk")).order_by("-at", "-pk").values("move")[:1]
    rows = PriorityClaim.objects.filter(application__case=case, state=ClaimState.NOT_APPLICABLE)
    rows = rows.annotate(newest=Subquery(newest)).filter(newest=LAPSE.name)
    for claim in rows:
        make(TAKE_UP, claim, actor=HOUSE, decided_by=None, decided_at=None, duty_to_interview=False)
    return len(rows)


@transaction.atomic
def write_statement(
    claim: PriorityClaim, *, actor: Actor, job_centre: str, statement_text: str, municipality: str = "",
    is_neighbour: bool = False, answer_by: dt.date | None = None,
) -> JobCentreNegotiation:  # fmt: skip
    """Draft it, as often as wanted, until it has been sent."""
    require(actor, Permission.PRIORITY_MANAGE, claim)
    if claim.state != ClaimState.NOT_TO_BE_HIRED:
        raise NotPossible(
            [Obstacle("wrong_state", _("The statement is written once somebody else is to have the post."))]
        )
    written, _made = JobCentreNegotiation.objects.update_or_create(
        claim=claim,
        defaults={
            "job_centre": job_centre.strip(), "statement_text": statement_text.strip(), "municipality": municipality.strip(),
            "is_neighbour": is_neighbour, "answer_by": answer_by or workday_from(clock.today(), WORKDAYS_TO_ANSWER),
            "updated_by": actor.user,
        },
    )  # fmt: skip
    record(actor, "JobCentreNegotiation.write", written)
    return written


def statement_letter(claim: PriorityClaim) -> Rendered:
    """The letter as it would leave the house now."""
    application, written = claim.application, negotiation_of(claim)
    template = template_in_force(application.case.institution, "JOBCENTRE_STATEMENT", "da")
    values = values_for(application) | {
        "priority_claim_text": _claim_in_words(claim), "decision_text": written.statement_text if written else "",
        "hearing_deadline": in_words(written.answer_by, "da") if written and written.answer_by else "",
    }  # fmt: skip
    return render(template.subject, template.body, values, template_class=template.message_class)


def _claim_in_words(claim: PriorityClaim) -> str:
    """In Danish: the reader is a Danish job centre."""
    with override("da"):
        way = _("a job centre") if claim.claimed_via == "JOB_CENTRE" else _("the applicant")
        name = claim.application.candidate.full_name or claim.application.reference
        words = _("%(name)s has preferential access. It was claimed by %(way)s on %(day)s.")
        return words % {"name": name, "way": way, "day": in_words(claim.claimed_at.date(), "da")}


@transaction.atomic
def send_statement(claim: PriorityClaim, *, actor: Actor, way: str) -> PriorityClaim:
    """It has left the house, on paper or by the institution's own secure mail; the words are kept as they were."""
    if way not in StatementWay.values:
        raise NotPossible([Obstacle("way", _("Say how it was sent."), "claim.way")])
    sent = make(SEND_STATEMENT, claim, actor=actor)
    letter = statement_letter(sent)
    JobCentreNegotiation.objects.filter(claim=sent).update(
        letter=f"{letter.subject}\n\n{letter.text}", statement_sent_at=clock.now(), sent_way=way
    )
    return sent


@transaction.atomic
def note_negotiation(
    claim: PriorityClaim, *, actor: Actor, negotiated_on: dt.date, form: str, outcome: str
) -> PriorityClaim:
    """We have talked with the job centre: when, how, and what came of it."""
    found = []
    if form not in NegotiationForm.values:
        found.append(Obstacle("form", _("Say how you negotiated."), "claim.form"))
    if not outcome.strip():
        found.append(Obstacle("outcome_missing", _("Write what came of it."), "claim.outcome"))
    written = negotiation_of(claim)
    sent_on = (
        written.statement_sent_at.astimezone(clock.COPENHAGEN).date() if written and written.statement_sent_at else None
    )
    if negotiated_on > clock.today() or (sent_on and negotiated_on < sent_on):
        found.append(Obstacle("day", _("The day lies between the statement and today."), "claim.negotiated_on"))
    if found:
        raise NotPossible(found)
    negotiated = make(NEGOTIATE, claim, actor=actor)
    JobCentreNegotiation.objects.filter(claim=negotiated).update(
        negotiated_on=negotiated_on, form=form, outcome=outcome.strip(), updated_by=actor.user
    )
    return negotiated


@transaction.atomic
def attach_minutes(claim: PriorityClaim, stream: BinaryIO, filename: str, *, actor: Actor) -> Document:
    """The minutes of the negotiation, as a paper that only those see who may know of the claim."""
    require(actor, Permission.PRIORITY_MANAGE, claim)
    agreed = negotiation_of(claim)
    if claim.state not in {ClaimState.STATEMENT_SENT, ClaimState.NEGOTIATED} or agreed is None:
        raise NotPossible([Obstacle("wrong_state", _("Minutes belong to a negotiation that has begun."), PLACE)])
    document = receive(
        stream, filename, application=claim.application, kind=DocumentKind.JOB_CENTRE, actor=actor,
        uploaded_by=UploadedBy.STAFF,
    )  # fmt: skip
    agreed.minutes_document = document
    agreed.save(update_fields=["minutes_document", "updated_at"])
    record(actor, "JobCentreNegotiation.minutes", agreed, document=str(document.pk))
    return document


def clear(claim: PriorityClaim, *, actor: Actor) -> PriorityClaim:
    """Negotiated, and the minutes are there: the post may be filled with somebody else (GRD-13)."""
    return make(CLEAR, claim, actor=actor)
