"""Reading seats: who works for an institution, and who sits on a case."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from recruitment.access.models import RoleAssignment
from recruitment.access.roles import HR_ROLES
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
