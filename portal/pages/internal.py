"""Who is inside: a visitor from the institution's own networks, or somebody with a seat there."""

import ipaddress

from django.http import HttpRequest

from portal.guard import actor_of
from recruitment.access.decide import seats_of
from recruitment.organisation.models import Institution


def is_internal_visitor(request: HttpRequest, institution: Institution) -> bool:
    """Whether the visitor may see what is on the intranet only."""
    if request.user.is_authenticated:
        seats = seats_of(actor_of(request))
        if any(place == institution.pk for _role, place, _path in seats.levels):
            return True
        if any(institution.cases.filter(pk=case).exists() for _role, case, _chair in seats.cases):
            return True
    return _from_own_network(request.META.get("REMOTE_ADDR", ""), institution.settings.internal_networks)


def _from_own_network(address: str, networks: list[str]) -> bool:
    try:
        visitor = ipaddress.ip_address(address)
        return any(visitor in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False
