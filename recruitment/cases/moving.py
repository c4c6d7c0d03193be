"""A case goes on: approved, advertised, past its deadline, advertised again, ended."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.cases.actions import DeadlineMoved
from recruitment.cases.dates import usual_answer_date
from recruitment.cases.lifecycle import (
    ADVERTISE,
    APPROVE,
    ASSESS_WITHOUT_ADVERTISING,
    BEGIN_ASSESSMENT,
    CANCEL,
    CANCEL_RUNNING,
    DROP_READVERTISING,
    READVERTISE,
    current_round,
)
from recruitment.cases.models import CaseOutcome, CaseState, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import tell
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from recruitment.questions.models import ApplicationForm


def approve_case(case: RecruitmentCase, *, actor: Actor) -> RecruitmentCase:
    """DRAFT to READY (GRD-1, GRD-3, GRD-30)."""
    return make(APPROVE, case, actor=actor)


@transaction.atomic
def advertise_case(case: RecruitmentCase, *, actor: Actor) -> RecruitmentCase:
    """READY to ADVERTISED; a draft is approved first if the actor may. The round opens and the form is locked (INV-19)."""
    if case.state == CaseState.DRAFT:
        case = approve_case(case, actor=actor)
    now = clock.now()
    case = make(ADVERTISE, case, actor=actor, advertised_at=case.advertised_at or now)
    round_ = current_round(case)
    if round_ is not None and round_.opens_at is None:
        round_.opens_at = now
        round_.save(update_fields=["opens_at"])
    ApplicationForm.objects.filter(case=case, locked_at__isnull=True).update(locked_at=now)
    return case


@transaction.atomic
def close_round(round_: AdvertisementRound) -> RecruitmentCase:
    """The deadline has passed: the case goes on to assessment. The round itself stays the current one."""
    house = Actor.house("deadline")
    return make(BEGIN_ASSESSMENT, round_.case, actor=house, deadline_passed_at=round_.application_deadline)


def rounds_past_deadline(at: dt.datetime) -> list[AdvertisementRound]:
    """Rounds of advertised cases whose deadline has come."""
    return list(
        AdvertisementRound.objects.filter(
            case__state=CaseState.ADVERTISED, closed_at__isnull=True, application_deadline__lte=at
        ).select_related("case")
    )


def cancel_case(case: RecruitmentCase, *, actor: Actor, reason: str) -> RecruitmentCase:
    """Close a case that never went out."""
    return make(CANCEL, case, actor=actor, reason=reason, outcome=CaseOutcome.CANCELLED, closed_at=clock.now())


@transaction.atomic
def assess_without_advertising(case: RecruitmentCase, *, actor: Actor) -> RecruitmentCase:
    """READY to ASSESSING where an exemption holds (GRD-6): applications come by invitation or are registered by hand."""
    now = clock.now()
    case = make(ASSESS_WITHOUT_ADVERTISING, case, actor=actor)
    round_ = current_round(case)
    if round_ is not None and round_.opens_at is None:
        round_.opens_at = now
        if round_.application_deadline is not None and round_.application_deadline <= now:
            round_.application_deadline = None
        round_.save(update_fields=["opens_at", "application_deadline"])
    ApplicationForm.objects.filter(case=case, locked_at__isnull=True).update(locked_at=now)
    return case


@transaction.atomic
def readvertise_case(
    case: RecruitmentCase, *, actor: Actor, reason: str, deadline: dt.datetime, short_period_reason: str = ""
) -> AdvertisementRound:
    """A new round with a new deadline (GRD-7); the case waits, approved, for its new ad. Applications stay where they are.

    `deadline` is the exclusive instant. Raises NotPossible for one that has passed.
    """
    if deadline <= clock.now():
        raise NotPossible([Obstacle("deadline_passed", _("The deadline has passed."), "deadline")])
    answer_by = usual_answer_date(deadline, case.institution.settings.expected_answer_days)
    case = make(READVERTISE, case, actor=actor, reason=reason, expected_answer_date=answer_by)
    last = case.rounds.order_by("-number").first()
    case.rounds.filter(closed_at__isnull=True).update(closed_at=clock.now())
    round_ = AdvertisementRound.objects.create(
        case=case, number=(last.number if last else 0) + 1, is_readvertisement=True, reason=reason,
        application_deadline=deadline, short_period_reason=short_period_reason,
    )  # fmt: skip
    tell(DeadlineMoved(round_))
    return round_


@transaction.atomic
def drop_readvertising(case: RecruitmentCase, *, actor: Actor) -> RecruitmentCase:
    """Go on with those who have applied; the round that never opened is closed, and the one before is the current one again."""
    case = make(DROP_READVERTISING, case, actor=actor)
    never_opened = case.rounds.filter(closed_at__isnull=True, opens_at__isnull=True)
    if never_opened.update(closed_at=clock.now()):
        before = case.rounds.filter(opens_at__isnull=False).order_by("-number")[:1]
        case.rounds.filter(pk__in=list(before.values_list("pk", flat=True))).update(closed_at=None)
    return case


def cancel_running_case(case: RecruitmentCase, *, actor: Actor, reason: str) -> RecruitmentCase:
    """End a recruitment that is under way, when everybody who applied has an answer (GRD-17)."""
    return make(CANCEL_RUNNING, case, actor=actor, reason=reason, outcome=CaseOutcome.CANCELLED, closed_at=clock.now())
