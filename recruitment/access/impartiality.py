"""What a person says before they read applications: that they are impartial, and that they keep what they read to themselves (INV-7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require, visible
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, ConflictStatus
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.events import Event, tell
from recruitment.people.actor import Actor

if TYPE_CHECKING:
    from recruitment.cases.models import RecruitmentCase


@dataclass(frozen=True)
class ConflictDeclared(Event):
    """Somebody has said that they may not be impartial; it waits for a decision."""

    declaration: ConflictOfInterestDeclaration
    actor: Actor


@transaction.atomic
def confirm_confidentiality(case: RecruitmentCase, *, actor: Actor) -> int:
    """The person confirms that they keep to themselves what they read on the case. Returns on how many seats for the first time."""
    require(actor, Permission.CASE_VIEW, case)
    seats = CaseMember.objects.filter(case=case, user=actor.user, accepted_confidentiality_at__isnull=True)
    confirmed = seats.update(accepted_confidentiality_at=clock.now())
    if confirmed:
        record(actor, "confidentiality.confirm", case)
        actor.memo.clear()
    return confirmed


@transaction.atomic
def declare_conflict(
    case: RecruitmentCase, *, actor: Actor, has_conflict: bool, relation_text: str = ""
) -> ConflictStatus:
    """The person says whether they are disqualified on the case (INV-7). A declared conflict shuts the case until decided.

    Said again without a conflict, an earlier decision that cleared them stands.
    """
    require(actor, Permission.APPLICATION_LIST, case)
    if actor.user is None:
        raise PermissionDenied
    if has_conflict and not relation_text.strip():
        raise ValidationError(_("Write what the connection is."), code="relation_missing")
    before = ConflictOfInterestDeclaration.objects.select_for_update().filter(case=case, user=actor.user).first()
    declaration = before or ConflictOfInterestDeclaration(case=case, user=actor.user)
    if has_conflict:
        declaration.status, declaration.relation_text = ConflictStatus.DECLARED, relation_text
        declaration.decision, declaration.decided_by, declaration.decided_at = "", None, None
    elif before is None or before.status != ConflictStatus.CLEARED:
        declaration.status, declaration.relation_text = ConflictStatus.NONE, relation_text
    declaration.declared_at = clock.now()
    declaration.save()
    record(actor, "conflict.declare", declaration, status=declaration.status)
    actor.memo.clear()
    if has_conflict:
        tell(ConflictDeclared(declaration, actor))
    return ConflictStatus(declaration.status)


def conflicts_to_decide(actor: Actor) -> QuerySet[ConflictOfInterestDeclaration]:
    """Declared and not decided, on cases whose people the actor sees to; never their own."""
    waiting = ConflictOfInterestDeclaration.objects.filter(status=ConflictStatus.DECLARED).exclude(user=actor.user)
    rows = visible(actor, Permission.CONFLICT_DECIDE, waiting)
    return rows.select_related("user", "case").order_by("declared_at")


@transaction.atomic
def decide_conflict(
    declaration: ConflictOfInterestDeclaration, *, actor: Actor, excluded: bool, decision: str
) -> ConflictOfInterestDeclaration:
    """Say whether the person takes part in the case, and why. Nobody decides on themselves."""
    locked = ConflictOfInterestDeclaration.objects.select_for_update().get(pk=declaration.pk)
    require(actor, Permission.CONFLICT_DECIDE, locked)
    if actor.user is not None and locked.user_id == actor.user.pk:
        raise PermissionDenied
    if not decision.strip():
        raise ValidationError(_("Write why."), code="reason_missing")
    if locked.status not in {ConflictStatus.DECLARED, ConflictStatus.CLEARED, ConflictStatus.EXCLUDED}:
        raise ValidationError(_("Nothing has been declared."), code="nothing_declared")
    locked.status = ConflictStatus.EXCLUDED if excluded else ConflictStatus.CLEARED
    locked.decision, locked.decided_by, locked.decided_at = decision, actor.user, clock.now()
    locked.save()
    record(actor, "conflict.decide", locked, status=locked.status)
    return locked
