"""Whose browser is an employer's own: noted at sign-in without an account, asked where ads for own staff are shown."""

import ipaddress

from django.http import HttpRequest

from portal.guard import actor_of
from recruitment.access.decide import seats_of
from recruitment.organisation.models import Institution

KEY = "inside"


def let_in(request: HttpRequest, provider: str) -> None:
    """Until the browser is closed; nothing is kept about the person."""
    request.session[KEY] = provider


def is_internal_visitor(request: HttpRequest, institution: Institution) -> bool:
    """From the institution's own networks, signed in by its provider, or with a seat there."""
    if _from_own_network(request.META.get("REMOTE_ADDR", ""), institution.settings.internal_networks):
        return True
    provider = institution.settings.sign_in_provider
    if provider and request.session.get(KEY) == provider:
        return True
    return bool(request.user.is_authenticated) and _has_seat(request, institution)


def _has_seat(request: HttpRequest, institution: Institution) -> bool:
    seats = seats_of(actor_of(request))
    if any(place == institution.pk for _role, place, _path in seats.levels):
        return True
    return any(institution.cases.filter(pk=case).exists() for _role, case, _chair in seats.cases)


def _from_own_network(address: str, networks: list[str]) -> bool:
    try:
        visitor = ipaddress.ip_address(address)
        return any(visitor in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False
