"""Giving and taking seats: invitations, roles with scope, deputies, members of a case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.models import (
    CaseMember,
    MemberFunction,
    RoleAssignment,
    RoleAssignmentQuerySet,
)
from recruitment.access.permissions import Permission
from recruitment.access.roles import CASE_ROLES, LEVEL_ROLES, Role
from recruitment.audit.record import record
from recruitment.events import Event, tell
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.actor import Actor
from recruitment.people.models import User, UserStatus

if TYPE_CHECKING:
    from recruitment.cases.models import RecruitmentCase

MOST_ADMINISTRATORS = 2  # INV-3: "one or two persons" (guide p. 21)


@dataclass(frozen=True)
class SeatsChanged(Event):
    """Somebody's roles changed; faces that keep groups of their own bring them up to date."""

    user: User


@dataclass(frozen=True)
class UserInvited(Event):
    """Somebody is to sign in for the first time (or is reminded of it). `to_case`: they hear of it with their seat."""

    user: User
    institution: Institution
    actor: Actor
    to_case: bool = False


@dataclass(frozen=True)
class SeatGiven(Event):
    """Somebody got a seat on a case that they did not have."""

    member: CaseMember
    actor: Actor


@transaction.atomic
def invite_user(
    email: str, *, institution: Institution, actor: Actor, first_name: str = "", last_name: str = "",
    title: str = "", phone: str = "", language: str = "da", to_case: bool = False,
) -> User:  # fmt: skip
    """The user with this address, made if new. An existing person keeps what they have; roles are given apart.

    `to_case`: they get an occasional seat on a case, and one letter, which opens it, instead of two.
    """
    if not actor.is_house and not (
        may(actor, Permission.USER_CREATE_ANY, institution) or may(actor, Permission.USER_CREATE_CASE_BOUND)
    ):
        raise PermissionDenied
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User.objects.create_user(
            email.strip(), first_name=first_name, last_name=last_name, title=title, phone=phone,
            language=language, status=UserStatus.INVITED,
        )  # fmt: skip
        record(actor, "user.invite", user, institution=str(institution.pk))
        tell(UserInvited(user, institution, actor, to_case=to_case))
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    return user


@transaction.atomic
def invite_again(user: User, *, institution: Institution, actor: Actor) -> None:
    """Remind somebody who was invited and has never signed in. Raises ValidationError for one who has."""
    require(actor, Permission.USER_CREATE_ANY, institution)
    if user.status != UserStatus.INVITED:
        raise ValidationError(_("This person has signed in already."), code="not_invited")
    record(actor, "user.invite_again", user, institution=str(institution.pk))
    tell(UserInvited(user, institution, actor))


@transaction.atomic
def grant_role(
    user: User, role: Role, *, institution: Institution, actor: Actor, unit: OrganisationalUnit | None = None,
    is_deputy: bool = False, deputy_for: User | None = None, valid_from: dt.datetime | None = None,
    valid_until: dt.datetime | None = None,
) -> RoleAssignment:  # fmt: skip
    """Give a role at a level. Raises ValidationError for INV-3, INV-4 and a deputy without an end date."""
    require(actor, Permission.ROLE_ASSIGN_DEPUTY_ADMIN if is_deputy else Permission.USER_CREATE_ANY, institution)
    _check_role(user, role, institution, unit, is_deputy=is_deputy, valid_until=valid_until)
    assignment = RoleAssignment(
        user=user, role=role, institution=institution, unit=unit, is_deputy=is_deputy, deputy_for=deputy_for,
        granted_by=actor.user, valid_from=valid_from or clock.now(), valid_until=valid_until,
    )  # fmt: skip
    assignment.validate_constraints()
    assignment.save()
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    record(actor, "role.grant", assignment, role=role, user=user.pk)
    tell(SeatsChanged(user))
    return assignment


def _check_role(
    user: User, role: Role, institution: Institution, unit: OrganisationalUnit | None, *,
    is_deputy: bool, valid_until: dt.datetime | None,
) -> None:  # fmt: skip
    if role not in LEVEL_ROLES:
        raise ValidationError(_("This role is given on a case, not here."), code="case_role")
    if unit is not None and unit.institution_id != institution.pk:
        raise ValidationError(_("The unit belongs to another institution."), code="other_institution")
    if is_deputy and valid_until is None:
        raise ValidationError(_("A deputy needs an end date."), code="deputy_without_end")
    if role == Role.ADMINISTRATOR and not is_deputy:
        others = _administrators(institution).exclude(user=user).count()
        if others >= MOST_ADMINISTRATORS:
            raise ValidationError(
                _("There are two administrators already. Take the role from one of them, or appoint a deputy."),
                code="too_many_administrators",
            )


def _administrators(institution: Institution) -> RoleAssignmentQuerySet:
    Institution.objects.select_for_update().get(pk=institution.pk)
    return RoleAssignment.objects.active(clock.now()).filter(
        institution=institution, role=Role.ADMINISTRATOR, is_deputy=False
    )


@transaction.atomic
def revoke_role(assignment: RoleAssignment, *, actor: Actor) -> None:
    """Take a role away, from the next request on. The last administrator cannot be taken (INV-3)."""
    require(actor, Permission.USER_CREATE_ANY, assignment)
    is_administrator = assignment.role == Role.ADMINISTRATOR and not assignment.is_deputy
    if is_administrator and not _administrators(assignment.institution).exclude(pk=assignment.pk).exists():
        raise ValidationError(
            _("An institution must have an administrator. Give the role to a colleague first."),
            code="last_administrator",
        )
    assignment.revoked_at = clock.now()
    assignment.save(update_fields=["revoked_at"])
    record(actor, "role.revoke", assignment, role=assignment.role, user=assignment.user_id)
    tell(SeatsChanged(assignment.user))


@transaction.atomic
def deactivate_user(user: User, *, institution: Institution, actor: Actor) -> None:
    """Somebody leaves: every role and seat in this institution ends; without seats elsewhere they cannot sign in as staff."""
    require(actor, Permission.USER_CREATE_ANY, institution)
    for assignment in RoleAssignment.objects.filter(user=user, institution=institution, revoked_at__isnull=True):
        revoke_role(assignment, actor=actor)
    CaseMember.objects.filter(user=user, case__institution=institution, access_until__isnull=True).update(
        access_until=clock.now()
    )
    elsewhere = RoleAssignment.objects.active(clock.now()).filter(user=user).exists()
    if not elsewhere and not user.case_memberships.filter(access_until__isnull=True).exists():
        user.is_staff = False
        user.status = UserStatus.DEACTIVATED
        user.save(update_fields=["is_staff", "status"])
    record(actor, "user.deactivate", user, institution=str(institution.pk))
    tell(SeatsChanged(user))


@transaction.atomic
def seat_member(
    case: RecruitmentCase, user: User, role: Role, *, actor: Actor, function: MemberFunction = MemberFunction.MEMBER,
    is_chair: bool = False,
) -> CaseMember:  # fmt: skip
    """Give someone a seat on a case (again, if it had ended). Raises ValidationError for a second chair (INV-6)."""
    require(actor, Permission.USER_CREATE_CASE_BOUND, case)
    if role not in CASE_ROLES:
        raise ValidationError(_("This role is not given on a case."), code="level_role")
    member = CaseMember.objects.filter(case=case, user=user, role=role).first() or CaseMember(
        case=case, user=user, role=role, invited_by=actor.user
    )
    is_new = member._state.adding or member.access_until is not None  # noqa: SLF001 - Django's only word for it
    member.function, member.is_chair, member.access_until = function, is_chair, None
    member.validate_constraints()
    member.save()
    if not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    record(actor, "case.seat", member, role=role, user=user.pk)
    tell(SeatsChanged(user))
    if is_new:
        tell(SeatGiven(member, actor))
    return member


@transaction.atomic
def unseat_member(member: CaseMember, *, actor: Actor) -> None:
    """End a seat now."""
    require(actor, Permission.USER_CREATE_CASE_BOUND, member)
    member.access_until = clock.now()
    member.save(update_fields=["access_until"])
    record(actor, "case.unseat", member, role=member.role, user=member.user_id)
    tell(SeatsChanged(member.user))
