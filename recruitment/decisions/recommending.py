"""The committee's recommendation: ranked names with reasons, to the one who decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.actions import is_chair
from recruitment.audit.record import record
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.models import Recommendation, RecommendedApplicant
from recruitment.decisions.queries import can_be_chosen, newest_recommendation
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor

OPEN_IN = (CaseState.INTERVIEWING, CaseState.DECIDING)


@dataclass(frozen=True)
class Named:
    """Somebody recommended, and why; their place is their place in the list."""

    application: Application
    reason: str


@transaction.atomic
def recommend(case: RecruitmentCase, names: Sequence[Named], *, actor: Actor, comparison: str = "") -> Recommendation:
    """The next version of the recommendation. HR and the manager write it for the chair, and it says so (INV-6)."""
    require(actor, Permission.APPLICATION_FINAL_RANK, case)
    RecruitmentCase.objects.select_for_update().get(pk=case.pk)
    _refuse(case, names)
    before = newest_recommendation(case)
    made = Recommendation.objects.create(
        case=case, version=(before.version if before else 0) + 1, comparison=comparison.strip(), by_user=actor.user,
        on_behalf=not is_chair(actor, case), made_at=clock.now(),
    )  # fmt: skip
    RecommendedApplicant.objects.bulk_create(
        [
            RecommendedApplicant(recommendation=made, application=each.application, rank=rank, reason=each.reason.strip())
            for rank, each in enumerate(names, 1)
        ]
    )  # fmt: skip
    record(actor, "Recommendation.make", made, version=made.version, names=len(names), on_behalf=made.on_behalf)
    return made


def _refuse(case: RecruitmentCase, names: Sequence[Named]) -> None:
    if case.state not in OPEN_IN:
        raise NotPossible([Obstacle("wrong_state", _("A recommendation belongs between interviews and decision."))])
    if not names:
        raise NotPossible([Obstacle("nobody_named", _("Recommend somebody, or say that nobody is to be hired."))])
    open_to = set(can_be_chosen(case).values_list("pk", flat=True))
    found = []
    for each in names:
        if each.application.pk not in open_to:
            message = _("%s cannot be chosen.") % each.application.candidate.full_name
            found.append(Obstacle("cannot_be_chosen", message))
        if not each.reason.strip():
            message = _("Write why %s is recommended.") % each.application.candidate.full_name
            found.append(Obstacle("reason_missing", message))
    if len({each.application.pk for each in names}) != len(names):
        found.append(Obstacle("named_twice", _("Somebody is named twice.")))
    if found:
        raise NotPossible(found)
