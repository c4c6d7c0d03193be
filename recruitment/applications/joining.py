"""One person, two applications: found to be the same or not, handled together, and parted again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.letters import write
from recruitment.applications.lifecycle import JOIN, PART, PART_LATE, PART_RECEIVED
from recruitment.applications.likeness import pair_of
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.models import ApplicationState as S
from recruitment.applications.same_person import SamePerson, Verdict
from recruitment.audit.record import record
from recruitment.cases.models import CaseState
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.people.actor import Actor

#: An application in one of these can carry no other.
_ENDED = (S.STARTED, S.WITHDRAWN, S.REJECTED)


def _require_both(one: Application, other: Application, actor: Actor) -> None:
    if one.case.institution_id != other.case.institution_id:
        raise PermissionDenied
    for application in (one, other):
        require(actor, Permission.APPLICATION_CHANGE_STATE, application)
        require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)


@transaction.atomic
def find(one: Application, other: Application, verdict: Verdict, *, actor: Actor, reason: str = "") -> SamePerson:
    """Say whether the two come from one person. Changes neither; a later finding takes the place of an earlier one."""
    _require_both(one, other, actor)
    if one.candidate_id == other.candidate_id:
        raise NotPossible([Obstacle("one_candidate", _("Both are the same applicant's already."))])
    if verdict == Verdict.SAME and not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write how you know."), "same.reason")])
    if verdict == Verdict.DIFFERENT and _are_joined(one, other):
        raise NotPossible([Obstacle("joined", _("They are handled together. Part them first."))])
    first, second = pair_of(one.candidate_id, other.candidate_id)
    found, _made = SamePerson.objects.update_or_create(
        institution_id=one.case.institution_id, first_id=first, second_id=second,
        defaults={"verdict": verdict, "reason": reason.strip(), "decided_by": actor.user, "decided_at": clock.now()},
    )  # fmt: skip
    for application, counterpart in ((one, other), (other, one)):
        record(actor, f"Application.found_{verdict.lower()}", application, to=str(counterpart.pk))
    return found


def _are_joined(one: Application, other: Application) -> bool:
    return (
        Application.objects.filter(pk=one.pk, joined_to=other.pk).exists()
        or Application.objects.filter(pk=other.pk, joined_to=one.pk).exists()
    )


@transaction.atomic
def join(kept: Application, aside: Application, *, reason: str, actor: Actor) -> Application:
    """Handle two applications of one case as one: `kept` counts, `aside` is read beside it and counted nowhere.

    Nothing is moved or deleted, so it can be undone. The applicant is told at the address of the one that was set aside.
    """
    rows = {row.pk: row for row in Application.objects.select_for_update().filter(pk__in=[kept.pk, aside.pk]).order_by("pk")}  # fmt: skip
    locked, other = rows[kept.pk], rows[aside.pk]
    _require_both(locked, other, actor)
    if found := why_not_join(locked, other):
        raise NotPossible(found)
    if locked.candidate_id != other.candidate_id:
        find(locked, other, Verdict.SAME, actor=actor, reason=reason)
    other.joined.update(joined_to=locked)
    joined = make(
        JOIN, other, actor=actor, reason=reason, joined_to=locked, stage_reached=0, stage_before_joining=other.stage_reached,
    )  # fmt: skip
    record(actor, "Application.carries", locked, other=str(joined.pk))
    write("APPLICATIONS_JOINED", joined, key=f"joined:{joined.pk}:{joined.history.count()}", actor=actor)
    return joined


def why_not_join(kept: Application, aside: Application) -> list[Obstacle]:
    """What stands in the way of `kept` counting for both."""
    found = []
    if kept.pk == aside.pk or kept.case_id != aside.case_id:
        found.append(Obstacle("other_case", _("Only two applications of the same case are handled together.")))
    if kept.state in _ENDED:
        found.append(Obstacle("not_this_one", _("The one that is to count has ended. Choose the other.")))
    if kept.case.state in {CaseState.CLOSED, CaseState.ANONYMISED}:
        found.append(Obstacle("closed", _("The case is closed.")))
    claims = set(
        PriorityClaim.objects.filter(application__in=[kept.pk, aside.pk]).values_list("application", flat=True)
    )
    if aside.pk in claims and kept.pk not in claims:
        words = _("Preferential access is claimed in the other one: let that one count, or the claim would be lost.")
        found.append(Obstacle("claim_lies_there", words))
    return found


@transaction.atomic
def part(aside: Application, *, reason: str, actor: Actor) -> Application:
    """They were not to be handled together after all: it stands on its own again, as it was. The finding goes too."""
    locked = Application.objects.select_for_update().get(pk=aside.pk)
    kept: Any = locked.joined_to
    if kept is None:
        raise NotPossible([Obstacle("not_joined", _("It is not handled together with another."))])
    _require_both(locked, kept, actor)
    if (
        Application.objects.filter(candidate=locked.candidate_id, round=locked.round_id)
        .exclude(state=S.WITHDRAWN)
        .exists()
    ):
        words = _("The applicant has sent a new application in the same round since; that one stands.")
        raise NotPossible([Obstacle("applied_again", words)])
    first, second = pair_of(locked.candidate_id, kept.candidate_id)
    SamePerson.objects.filter(institution=locked.case.institution_id, first=first, second=second).delete()
    back = make(
        _way_back(locked), locked, actor=actor, reason=reason, joined_to=None, stage_before_joining=None,
        stage_reached=locked.stage_before_joining or 0,
    )  # fmt: skip
    record(actor, "Application.carries_no_more", kept, other=str(back.pk))
    return back


def _way_back(aside: Application) -> Any:
    joined = aside.history.filter(move=JOIN.name).order_by("-at").first()
    before = joined.from_state if joined else ""
    if before == S.LATE:
        return PART_LATE
    return PART_RECEIVED if before == S.SUBMITTED and aside.case.state == CaseState.ADVERTISED else PART
