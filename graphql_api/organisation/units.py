"""Narrowing a list to units."""

from collections.abc import Iterable

from django.db.models import Q
from strawberry import ID

from graphql_api.nodes import keys_in
from recruitment.organisation.models import OrganisationalUnit


def within_units(ids: Iterable[ID], path: str) -> Q:
    """Rows whose unit is one of these or stands below one of them; `path` leads to the unit's path."""
    units = OrganisationalUnit.objects.filter(pk__in=keys_in(ids, "OrganisationalUnit", OrganisationalUnit))
    within = Q(pk__in=[])
    for start in units.values_list("path", flat=True):
        within |= Q(**{f"{path}__startswith": start})
    return within
