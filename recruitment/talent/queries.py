"""Who sees which pool and who is in it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q, QuerySet

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.people.models import User
from recruitment.talent.models import MembershipState, PoolProposal, TalentPool, TalentPoolMembership

IN_THE_POOL = (MembershipState.ACTIVE, MembershipState.EXPIRING)


def pools_seen(actor: Actor, right: Permission = Permission.TALENTPOOL_SEARCH) -> QuerySet[TalentPool]:
    """The pools whose members the actor may look through, each once, with how many are in and how many are asked."""
    found = visible(actor, right, TalentPool.objects.all()).values("pk")
    return TalentPool.objects.filter(pk__in=found).select_related("institution", "staff_group").annotate(
        members=Count("memberships", filter=Q(memberships__state__in=IN_THE_POOL)),
        asked=Count("memberships", filter=Q(memberships__state=MembershipState.INVITED)),
    )  # fmt: skip


def pools_to_ask_into(case: RecruitmentCase) -> QuerySet[TalentPool]:
    """Open pools of the case's employer: who may ask its applicants may ask them into these."""
    return TalentPool.objects.filter(institution=case.institution_id, closed_at=None)


def members_of(
    actor: Actor, pool: TalentPool, *, words: str = "", icon: Any = None, state: str = ""
) -> QuerySet[TalentPoolMembership]:
    """Who is in the pool, by name, address, note, icon and state; the newest last."""
    rows = visible(actor, Permission.TALENTPOOL_SEARCH, TalentPoolMembership.objects.filter(pool=pool))
    rows = TalentPoolMembership.objects.filter(pk__in=rows.values("pk"))
    for word in words.split():
        rows = rows.filter(
            Q(candidate__given_name__icontains=word) | Q(candidate__family_name__icontains=word)
            | Q(candidate__email__icontains=word) | Q(note__icontains=word)
        )  # fmt: skip
    if icon:
        rows = rows.filter(icons=icon)
    if state:
        rows = rows.filter(state=state)
    return rows.select_related("candidate", "application__case", "added_by").prefetch_related("icons")


def own_memberships(user: User) -> QuerySet[TalentPoolMembership]:
    """Where the person is, and where they are asked; by proved address only."""
    return TalentPoolMembership.objects.filter(candidate__user=user).select_related(
        "pool__institution", "candidate", "storing", "contact"
    )


def memberships_by_application(applications: Iterable[Application]) -> dict[Any, list[TalentPoolMembership]]:
    """Pools that the applicants were asked into from these applications; one query."""
    found: dict[Any, list[TalentPoolMembership]] = {}
    rows = TalentPoolMembership.objects.filter(application__in=list(applications)).select_related("pool")
    for membership in rows:
        found.setdefault(membership.application_id, []).append(membership)
    return found


def told_to_applicant(application: Application) -> dict[str, Any]:
    """For the applicant's own download: pools they are in because of this application."""
    rows = TalentPoolMembership.objects.filter(application=application).select_related("pool")
    return {
        "talent_pools": [
            {"pool": m.pool.name, "state": m.state, "asked": m.invited_at, "joined": m.joined_at, "until": m.expires_at,
             "note": m.note} for m in rows
        ],
        "proposed_for_pools": [
            {"pool": p.pool.name, "when": p.proposed_at, "note": p.note}
            for p in PoolProposal.objects.filter(application=application).select_related("pool")
        ],
    }  # fmt: skip
