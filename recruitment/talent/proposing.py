"""The hiring manager proposes an applicant for a pool; whether they are asked is HR's to decide (D2)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.people.actor import Actor
from recruitment.talent.actions import why_not_invited
from recruitment.talent.models import PoolProposal, TalentPool


@transaction.atomic
def propose(application: Application, pool: TalentPool, *, actor: Actor, note: str = "") -> PoolProposal:
    """Nothing goes to the applicant. Raises NotPossible where HR could not ask them either, or where it waits already."""
    require(actor, Permission.TALENTPOOL_PROPOSE, application)
    TalentPool.objects.select_for_update().get(pk=pool.pk)
    if found := why_not_invited(application, pool):
        raise NotPossible([found])
    if open_proposals(application).filter(pool=pool).exists():
        raise NotPossible([Obstacle("already_proposed", _("Has been proposed for this pool, and HR has not decided."))])
    proposal = PoolProposal.objects.create(
        application=application, pool=pool, note=note.strip(), proposed_by=actor.user, proposed_at=clock.now()
    )
    record(actor, "PoolProposal.propose", proposal)
    return proposal


@transaction.atomic
def decline(proposal: PoolProposal, *, reason: str, actor: Actor) -> PoolProposal:
    """The applicant is not asked, because ...; whoever proposed them reads why."""
    require(actor, Permission.TALENTPOOL_ADD_MEMBER, proposal)
    locked = PoolProposal.objects.select_for_update().get(pk=proposal.pk)
    if locked.decided_at is not None:
        raise ValidationError(_("That has been decided already."), code="decided")
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "reason")])
    locked.is_taken_up, locked.reason = False, reason.strip()
    locked.decided_at, locked.decided_by = clock.now(), actor.user
    locked.save(update_fields=["is_taken_up", "reason", "decided_at", "decided_by"])
    record(actor, "PoolProposal.decline", locked)
    return locked


def open_proposals(application: Application) -> QuerySet[PoolProposal]:
    """What HR has not decided about this applicant."""
    rows = PoolProposal.objects.filter(application=application, decided_at=None)
    return rows.select_related("pool", "proposed_by")


def proposals_of(application: Application) -> QuerySet[PoolProposal]:
    """All about this applicant, with what became of each."""
    return PoolProposal.objects.filter(application=application).select_related("pool", "proposed_by")


def proposals_to_decide(actor: Actor) -> QuerySet[PoolProposal]:
    """What managers have proposed and waits for the actor, the oldest first; not for pools that have been closed."""
    rows = PoolProposal.objects.filter(decided_at=None, pool__closed_at=None)
    found = visible(actor, Permission.TALENTPOOL_ADD_MEMBER, rows)
    return found.select_related("pool", "application__candidate", "application__case").order_by("proposed_at")
