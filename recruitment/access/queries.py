"""Reading seats: who works for an institution, and who sits on a case."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from recruitment.access.models import CaseMember, RoleAssignment
from recruitment.access.permissions import Permission
from recruitment.access.roles import GRANTS, HR_ROLES, Level, Role
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.models import User


def colleagues(institutions: Iterable[Any]) -> QuerySet[User]:
    """People with a role in one of the institutions or a seat on one of their cases; by name."""
    chosen = list(institutions)
    at_levels = Q(role_assignments__institution__in=chosen, role_assignments__revoked_at__isnull=True)
    on_cases = Q(case_memberships__case__institution__in=chosen, case_memberships__access_until__isnull=True)
    found = User.objects.filter(at_levels | on_cases, is_active=True).values("pk")
    return User.objects.filter(pk__in=found).order_by("first_name", "last_name", "email")


def casework_colleagues(institutions: Iterable[Any]) -> QuerySet[User]:
    """Those in HR who can take a case over."""
    holding = RoleAssignment.objects.active().filter(institution__in=list(institutions), role__in=HR_ROLES)
    return User.objects.filter(pk__in=holding.values("user")).order_by("first_name", "last_name")


def holders(permission: Permission, *, institution: Any, unit_path: str, case: Any) -> QuerySet[User]:
    """Who holds the right on a case, by its institution, unit and number; by name."""
    at = {level: [role for role in Role if GRANTS[role].get(permission) == level] for level in Level}
    steps = range(OrganisationalUnit.steplen, len(unit_path) + 1, OrganisationalUnit.steplen)
    above = [unit_path[:end] for end in steps]
    levels = RoleAssignment.objects.active().filter(
        Q(role__in=at[Level.INSTITUTION], institution=institution) | Q(role__in=at[Level.UNIT], unit__path__in=above)
    )
    seats = CaseMember.objects.filter(
        Q(role__in=at[Level.CASE]) | Q(role__in=at[Level.CHAIR], is_chair=True),
        Q(access_until__isnull=True) | Q(access_until__gt=timezone.now()),
        case=case,
    )
    found = Q(pk__in=levels.values("user")) | Q(pk__in=seats.values("user"))
    return User.objects.filter(found, is_active=True).order_by("first_name", "last_name", "email")
