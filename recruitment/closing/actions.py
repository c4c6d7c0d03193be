"""Confirming the four points, closing the case, and opening it again."""

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.lifecycle import CLOSE, REOPEN
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.closing.checklist import counts_of, stands_in_the_way
from recruitment.closing.guards import outcome_of
from recruitment.closing.models import ClosingConfirmation, PoolPoint
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.organisation.models import RetentionTrigger
from recruitment.people.actor import Actor


@transaction.atomic
def confirm_points(case: RecruitmentCase, *, pool: str, actor: Actor) -> ClosingConfirmation:
    """A person vouches for the four points (GRD-21). Refused while one of the first three is not met."""
    require(actor, Permission.CASE_CLOSE, case)
    locked = RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    found = stands_in_the_way(locked)
    if pool not in PoolPoint.values:
        found.append(Obstacle("pool_missing", _("Say what became of the interesting applicants."), "closing.pool"))
    if found:
        raise NotPossible(found)
    made = ClosingConfirmation.objects.create(
        case=locked, pool=pool, counts=counts_of(locked), by_user=actor.user, confirmed_at=clock.now()
    )
    record(actor, "ClosingConfirmation.make", made, **made.counts)
    return made


@transaction.atomic
def close_case(case: RecruitmentCase, *, actor: Actor) -> RecruitmentCase:
    """Close it, with the outcome that the hires say. Raises NotPossible with everything that GRD-17 to GRD-21 say."""
    return make(CLOSE, case, actor=actor, outcome=outcome_of(case), closed_at=clock.now())


@transaction.atomic
def reopen_case(case: RecruitmentCase, *, reason: str, actor: Actor) -> RecruitmentCase:
    """Open a closed case again, as long as its applications are kept."""
    return make(REOPEN, case, actor=actor, reason=reason, outcome="", closed_at=None)


def kept_until(case: RecruitmentCase) -> dt.datetime | None:
    """When the case's applications are due to be deleted; None while that is not settled."""
    settings = case.institution.settings
    begins = {
        RetentionTrigger.CASE_CLOSED: case.closed_at,
        RetentionTrigger.DEADLINE: case.rounds.aggregate(last=Max("application_deadline"))["last"],
    }.get(RetentionTrigger(settings.retention_trigger), case.closed_at)
    return clock.months_after(begins, settings.retention_months) if begins else None


def it_is_past_its_time(case: RecruitmentCase) -> Obstacle | None:
    """C1: a case is opened again before its retention date, not after."""
    until = kept_until(case)
    if case.state != CaseState.CLOSED or until is None or clock.now() < until:
        return None
    return Obstacle("past_retention", _("The applications are due to be deleted: the case stays closed."))
