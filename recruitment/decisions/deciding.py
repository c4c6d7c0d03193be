"""The hiring decision: written as a draft, concluded in one act with its offers, corrected by a new version."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.cases.lifecycle import CANCEL_RUNNING, CONCLUDE, CONCLUDE_UNFILLED, DECIDE_AGAIN
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.models import DecidedApplicant, DecisionKind, HiringDecision, Place
from recruitment.decisions.offering import make_offer
from recruitment.decisions.queries import decision_in_force, draft_of, names_of, newest_recommendation
from recruitment.errors import NotPossible, Obstacle
from recruitment.fairness import claims
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.people.models import User


@dataclass(frozen=True)
class Words:
    """What the decision says."""

    decider: User | None = None
    factors: str = ""
    factors_en: str = ""
    comparison: str = ""
    no_interview_reason: str = ""
    set_aside_note: str = ""
    start_date: dt.date | None = None


def _fields(words: Words) -> dict[str, Any]:
    said = {each.name: getattr(words, each.name) for each in fields(words)}
    return {name: value.strip() if isinstance(value, str) else value for name, value in said.items()}


@transaction.atomic
def write_decision(
    case: RecruitmentCase, words: Words, *, chosen: Sequence[Application], reserve: Sequence[Application] = (),
    actor: Actor,
) -> HiringDecision:  # fmt: skip
    """Keep the draft as it is now; what is missing is told by the guards of CONCLUDE, not here."""
    require(actor, Permission.DECISION_RECORD, case)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if locked.state not in {CaseState.INTERVIEWING, CaseState.DECIDING}:
        raise NotPossible([Obstacle("wrong_state", _("The case is not at its decision."))])
    names = [*chosen, *reserve]
    if len({row.pk for row in names}) != len(names):
        raise NotPossible([Obstacle("named_twice", _("Somebody is both chosen and in reserve."), "decision.reserve")])
    if any(row.case_id != case.pk for row in names):
        raise NotPossible([Obstacle("not_of_this_case", _("Choose applicants of this case."), "decision.chosen")])
    draft = draft_of(case) or HiringDecision(case=case, version=_next_version(case), created_by=actor.user)
    for name, value in _fields(words).items():
        setattr(draft, name, value)
    claims.take_up(case)
    draft.kind, draft.recommendation = DecisionKind.HIRE, newest_recommendation(case)
    draft.save()
    draft.names.all().delete()
    _name(draft, chosen, reserve)
    record(actor, "HiringDecision.write", draft, version=draft.version)
    return draft


def _name(decision: HiringDecision, chosen: Sequence[Application], reserve: Sequence[Application]) -> None:
    DecidedApplicant.objects.bulk_create(
        [
            DecidedApplicant(decision=decision, application=row, place=place, order=order)
            for place, rows in ((Place.CHOSEN, chosen), (Place.RESERVE, reserve))
            for order, row in enumerate(rows, 1)
        ]
    )


def _next_version(case: RecruitmentCase) -> int:
    last = HiringDecision.objects.filter(case=case).order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1


@transaction.atomic
def conclude(case: RecruitmentCase, *, terms: Mapping[Any, str], answer_by: dt.date, actor: Actor) -> HiringDecision:
    """The decision stands, the case concludes, and each chosen one has an offer: all of it or nothing.

    `terms` by application. Raises NotPossible with everything that GRD-10 to GRD-16 say, and where terms are missing.
    """
    concluded = make(CONCLUDE, case, actor=actor, decided_at=clock.now())
    draft = draft_of(concluded)
    assert draft is not None  # noqa: S101 - GRD-10 has said so
    draft.concluded_at, draft.by_user = clock.now(), actor.user
    draft.save()
    record(actor, "HiringDecision.conclude", draft, version=draft.version)
    for application in list(names_of(draft)):
        make_offer(application, draft, terms=terms.get(application.pk, ""), answer_by=answer_by, actor=actor)
    return draft


@transaction.atomic
def conclude_unfilled(case: RecruitmentCase, *, reason: str, actor: Actor, factors: str = "") -> HiringDecision:
    """Nobody is hired. `factors`: what the post would have asked for, in general words, where the answers should say so."""
    make(CONCLUDE_UNFILLED, case, actor=actor, reason=reason, decided_at=clock.now())
    return _without_hire(case, DecisionKind.UNFILLED, reason=reason, factors=factors, actor=actor)


@transaction.atomic
def decide_to_cancel(case: RecruitmentCase, *, reason: str, actor: Actor) -> HiringDecision:
    """The recruitment will end without a hire. Nothing moves yet: everybody is answered first, then the case is cancelled (GRD-17)."""
    require(actor, Permission.CASE_CANCEL_RUNNING, case)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    if locked.state not in CANCEL_RUNNING.sources:
        raise NotPossible([Obstacle("wrong_state", _("This is not possible from the present state."))])
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "decision.reason")])
    return _without_hire(case, DecisionKind.CANCELLED, reason=reason, factors="", actor=actor)


def _without_hire(case: RecruitmentCase, kind: str, *, reason: str, factors: str, actor: Actor) -> HiringDecision:
    HiringDecision.objects.filter(case=case, concluded_at__isnull=True).delete()
    made = HiringDecision.objects.create(
        case=case, version=_next_version(case), kind=kind, reason=reason.strip(), factors=factors.strip(), decider=actor.user,
        created_by=actor.user, concluded_at=clock.now(), by_user=actor.user,
    )  # fmt: skip
    record(actor, "HiringDecision.conclude", made, version=made.version, kind=kind)
    claims.lapse(case)
    return made


@transaction.atomic
def decide_again(case: RecruitmentCase, *, reason: str, actor: Actor) -> RecruitmentCase:
    """Back to the decision: an offer was declined and nobody is in reserve, or the reserve is not wanted."""
    again = make(DECIDE_AGAIN, case, actor=actor, reason=reason)
    claims.take_up(again)
    return again


@transaction.atomic
def correct_decision(case: RecruitmentCase, words: Words, *, reason: str, actor: Actor) -> HiringDecision:
    """A new version of what was concluded, with why. Who is chosen is not corrected: that is decided again."""
    require(actor, Permission.DECISION_RECORD, case)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    before = decision_in_force(case)
    if before is None or before.kind != DecisionKind.HIRE or locked.state != CaseState.CONCLUDING:
        raise NotPossible([Obstacle("nothing_to_correct", _("There is no concluded decision to correct."))])
    found = [
        Obstacle(code, message, place)
        for there, code, message, place in (
            (reason.strip(), "reason_missing", _("Write why."), "decision.reason"),
            (words.decider, "decider_missing", _("Nobody stands as the one who decides."), "decision.decider"),
            (words.factors.strip(), "factors_missing", _("The decisive factors are missing."), "decision.factors"),
            (words.start_date, "start_date_missing", _("The first day at work is missing."), "decision.start_date"),
        )
        if not there
    ]
    if found:
        raise NotPossible(found)
    made = HiringDecision.objects.create(
        case=case, version=_next_version(case), kind=DecisionKind.HIRE, corrects=before, correction_reason=reason.strip(),
        recommendation=before.recommendation, created_by=actor.user, **_fields(words),
    )  # fmt: skip
    _name(made, list(names_of(before)), list(names_of(before, Place.RESERVE)))
    made.concluded_at, made.by_user = clock.now(), actor.user
    made.save()
    record(actor, "HiringDecision.correct", made, version=made.version)
    return made
