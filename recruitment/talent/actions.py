"""Asking somebody into a pool, their yes, their way out, and the end of the time."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment import clock
from recruitment.access.decide import institutions_of, require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.furnishing import icons_for
from recruitment.assessments.marks import CandidateIcon
from recruitment.audit.purge import purging
from recruitment.audit.record import record
from recruitment.consents.models import Consent, ConsentState
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import make
from recruitment.mail.actions import send
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.talent.consenting import keep_answers
from recruitment.talent.lifecycle import JOIN, RENEW, WARN
from recruitment.talent.models import MembershipState, PoolProposal, TalentPool, TalentPoolMembership

WARN_AHEAD = dt.timedelta(days=30)
UNANSWERED = dt.timedelta(days=60)  # an invitation that nobody answers is forgotten
A_ROUND = 200


def require_pools(actor: Actor, institution: Institution) -> None:
    """Pass those who may make pools in the institution (talentpool.create)."""
    if not actor.is_house and institution.pk not in institutions_of(actor, Permission.TALENTPOOL_CREATE):
        raise PermissionDenied


@transaction.atomic
def save_pool(pool: TalentPool, fields: Mapping[str, Any], *, actor: Actor) -> TalentPool:
    """Make or change a pool. Raises ValidationError; a longer time holds for those who say yes from now on."""
    require_pools(actor, pool.institution)
    for name, value in fields.items():
        setattr(pool, name, value)
    pool.created_by = pool.created_by or actor.user
    pool.full_clean()
    pool.save()
    record(actor, "TalentPool.save", pool)
    return pool


@transaction.atomic
def close_pool(pool: TalentPool, *, actor: Actor) -> int:
    """Close it: everybody in it is deleted from it and told. Returns how many were."""
    require_pools(actor, pool.institution)
    locked = TalentPool.objects.select_for_update().get(pk=pool.pk)
    TalentPool.objects.filter(pk=pool.pk).update(closed_at=clock.now())
    members = list(locked.memberships.select_related("candidate", "pool__institution"))
    for membership in members:
        _forget(membership, actor=actor, why="closed")
    record(actor, "TalentPool.close", locked, members=len(members))
    return len(members)


def why_not_invited(application: Application, pool: TalentPool) -> Obstacle | None:
    """What stands in the way of asking this applicant into this pool; None when nothing does."""
    if pool.institution_id != application.case.institution_id:
        return Obstacle("other_institution", _("The pool is another employer's."))
    if pool.closed_at is not None:
        return Obstacle("pool_closed", _("The pool has been closed."))
    if application.is_draft:
        return Obstacle("not_received", _("The application has not been handed in."))
    if not application.candidate.email:
        return Obstacle("no_address", _("There is no e-mail address to ask on."))
    others = TalentPoolMembership.objects.filter(pool=pool, candidate__email__iexact=application.candidate.email)
    if others.exists():
        return Obstacle("already_asked", _("Has been asked already, or is in the pool."))
    return None


@transaction.atomic
def invite(
    application: Application, pool: TalentPool, *, actor: Actor, note: str = "", icons: Iterable[CandidateIcon] = ()
) -> TalentPoolMembership:
    """Ask the applicant into the pool; in it they are only when they have said yes twice (C7). Raises NotPossible."""
    require(actor, Permission.TALENTPOOL_ADD_MEMBER, application)
    TalentPool.objects.select_for_update().get(pk=pool.pk)
    if found := why_not_invited(application, pool):
        raise NotPossible([found])
    membership = TalentPoolMembership.objects.create(
        pool=pool, candidate=application.candidate, application=application, note=note.strip(), added_by=actor.user,
        invited_at=clock.now(),
    )  # fmt: skip
    membership.icons.set(_own(icons, pool))
    PoolProposal.objects.filter(application=application, pool=pool, decided_at=None).update(
        is_taken_up=True, decided_at=clock.now(), decided_by=actor.user
    )
    record(actor, "TalentPoolMembership.invite", membership, application=str(application.pk))
    _write("POOL_INVITE", membership, key=f"pool-invite:{membership.pk}", actor=actor)
    return membership


def _own(icons: Iterable[CandidateIcon], pool: TalentPool) -> Sequence[CandidateIcon]:
    allowed = {icon.pk for icon in icons_for(pool.institution)}
    return [icon for icon in icons if icon.pk in allowed]


@transaction.atomic
def invite_many(
    applications: Iterable[Application], pool: TalentPool, *, actor: Actor
) -> list[tuple[Application, Obstacle]]:
    """Ask each who can be asked; returns those who were not, and why."""
    left_out = []
    for application in applications:
        if found := why_not_invited(application, pool):
            left_out.append((application, found))
        else:
            invite(application, pool, actor=actor)
    return left_out


@transaction.atomic
def mark(membership: TalentPoolMembership, *, note: str, icons: Iterable[CandidateIcon], actor: Actor) -> None:
    """What one searches for later: icons and a note. The member sees the note when they ask for their data."""
    _require_search(actor, membership)
    membership.note = note.strip()
    membership.save(update_fields=["note"])
    membership.icons.set(_own(icons, membership.pool))
    record(actor, "TalentPoolMembership.mark", membership)


def _require_search(actor: Actor, membership: TalentPoolMembership) -> None:
    rows = TalentPoolMembership.objects.filter(pk=membership.pk)
    if not actor.is_house and not visible(actor, Permission.TALENTPOOL_SEARCH, rows).exists():
        raise PermissionDenied


def _require_owner(actor: Actor, membership: TalentPoolMembership) -> None:
    own = TalentPoolMembership.objects.filter(
        pk=membership.pk, candidate__user__isnull=False, candidate__user=actor.user
    )
    if not own.exists():
        raise PermissionDenied


@transaction.atomic
def say_yes(
    membership: TalentPoolMembership, *, storing: bool, contact: bool, language: str, actor: Actor
) -> TalentPoolMembership:
    """Join, or renew: two yeses, each for itself (GRD-26). Raises NotPossible where one is missing; nothing is kept then."""
    _require_owner(actor, membership)
    if not (storing and contact):
        message = _(
            "Both are needed: that we keep your data, and that we write to you. Say yes to both, or to neither."
        )
        raise NotPossible([Obstacle("both_consents", message, "storing" if not storing else "contact")])
    locked = (
        TalentPoolMembership.objects.select_for_update(of=("self",))
        .select_related("pool__institution", "candidate")
        .get(pk=membership.pk)
    )
    is_new = locked.state == MembershipState.INVITED
    now = clock.now()
    until = clock.months_after(now, locked.pool.months)
    before = _consents_of(locked)
    changes: dict[str, Any] = dict(keep_answers(locked, language, until))
    joined = now if is_new else locked.joined_at
    made = make(JOIN if is_new else RENEW, locked, actor=actor, joined_at=joined, expires_at=until, **changes)
    Consent.objects.filter(pk__in=before, state=ConsentState.GIVEN).update(state=ConsentState.SUPERSEDED)
    if is_new:
        _write("POOL_WELCOME", made, key=f"pool-welcome:{made.pk}", actor=actor)
    return made


@transaction.atomic
def leave(membership: TalentPoolMembership, *, actor: Actor) -> None:
    """The member takes the yes back, or says no to the invitation: deleted from the pool at once (C7)."""
    _require_owner(actor, membership)
    _forget(membership, actor=actor, why="left")


@transaction.atomic
def remove(membership: TalentPoolMembership, *, reason: str, actor: Actor) -> None:
    """HR takes somebody out. Raises NotPossible without a reason, which stays in the trail."""
    _require_search(actor, membership)
    if not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "reason")])
    _forget(membership, actor=actor, why="removed", reason=reason.strip())


def _consents_of(membership: TalentPoolMembership) -> list[Any]:
    return [key for key in (membership.storing_id, membership.contact_id) if key]


def _forget(membership: TalentPoolMembership, *, actor: Actor, why: str, **more: str) -> None:
    was_in = membership.state != MembershipState.INVITED
    record(actor, f"TalentPoolMembership.{why}", membership, pool=str(membership.pool_id), **more)
    if was_in:
        _write("POOL_REMOVED", membership, key=f"pool-removed:{membership.pk}", actor=actor)
    over = ConsentState.EXPIRED if why == "expired" else ConsentState.WITHDRAWN
    consents = _consents_of(membership)
    with purging():
        membership.delete()
    Consent.objects.filter(pk__in=consents, state=ConsentState.GIVEN).update(
        state=over, withdrawn_at=None if why == "expired" else clock.now()
    )


def see_to_pools() -> int:
    """Tell those whose time is nearly over, forget those whose time is, and invitations nobody answered. Returns how many."""
    now, house = clock.now(), Actor.house("talent pools")
    rows = TalentPoolMembership.objects.select_related("pool__institution", "candidate")
    over = rows.filter(expires_at__lte=now) | rows.filter(
        state=MembershipState.INVITED, invited_at__lte=now - UNANSWERED
    )
    soon = rows.filter(state=MembershipState.ACTIVE, expires_at__gt=now, expires_at__lte=now + WARN_AHEAD)
    done = 0
    for membership in over[:A_ROUND]:
        with transaction.atomic():
            _forget(membership, actor=house, why="expired")
        done += 1
    for membership in soon[:A_ROUND]:
        with transaction.atomic():
            made = make(WARN, membership, actor=house)
            _write("POOL_RENEW", made, key=f"pool-renew:{made.pk}:{made.expires_at}")
        done += 1
    return done


def _write(code: str, membership: TalentPoolMembership, *, key: str, actor: Actor | None = None) -> None:
    """A letter to the member. Ordinary by its words: it says no more than that there is a pool."""
    person, institution = membership.candidate, membership.pool.institution
    language = person.preferred_language
    portal = settings.SITE_URL if language == "da" else f"{settings.SITE_URL}/{language}"
    with override(language):
        until = formats.date_format(membership.expires_at, "DATE_FORMAT") if membership.expires_at else ""
        values = {
            "given_name": person.given_name, "institution": institution.name, "portal_link": f"{portal}/mine/emnebank/",
            "privacy_link": f"{portal}/privatliv/{institution.slug}/", "deadline": until,
            "deletion_rule": _("on %s, unless you renew") % until if until else "",
        }  # fmt: skip
    send(code, to=person, institution=institution, values=values, key=key, language=language, actor=actor)
