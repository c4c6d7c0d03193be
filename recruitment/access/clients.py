"""API clients as the administrator's affair: making, restricting, renewing secrets. Only for institutions one administers."""

import ipaddress
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from recruitment.access.decide import SCOPES, institutions_of, require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.organisation.models import Institution
from recruitment.people.actions import make_api_client, rotate_secret
from recruitment.people.actor import Actor
from recruitment.people.models import ApiClient


def clients_of(actor: Actor, institution: Institution) -> QuerySet[ApiClient]:
    """The institution's clients; one that serves an institution besides, which the actor does not administer, is not among them."""
    administered = institutions_of(actor, Permission.API_CLIENT_EDIT)
    if institution.pk not in administered:
        return ApiClient.objects.none()
    foreign = Institution.objects.exclude(pk__in=administered)
    beyond = ApiClient.objects.filter(institutions__in=foreign).values("pk")
    return ApiClient.objects.filter(institutions=institution).exclude(pk__in=beyond).order_by("name")


def _check(scopes: Iterable[str], networks: Iterable[str]) -> None:
    if not set(scopes) or set(scopes) - set(SCOPES):
        raise ValidationError({"scopes": _("Choose what the client may read.")}, code="scopes")
    for network in networks:
        try:
            ipaddress.ip_network(network, strict=False)
        except ValueError:
            message = _("“%s” is not a network. Write for example 192.0.2.0/24.") % network
            raise ValidationError({"networks": message}, code="network") from None


@transaction.atomic
def make_client(
    name: str,
    *,
    institution: Institution,
    scopes: Iterable[str],
    networks: Iterable[str],
    contact_email: str,
    actor: Actor,
) -> tuple[ApiClient, str]:
    """A client and its secret, which nobody can show again."""
    require(actor, Permission.API_CLIENT_EDIT, institution)
    scopes, networks = list(scopes), list(networks)
    _check(scopes, networks)
    client, secret = make_api_client(
        name, scopes=scopes, institutions=[institution], contact_email=contact_email, networks=networks
    )
    record(actor, "api_client.make", institution, client=client.pk, scopes=scopes)
    return client, secret


def _require_own(client: ApiClient, institution: Institution, actor: Actor) -> None:
    if not clients_of(actor, institution).filter(pk=client.pk).exists():
        raise PermissionDenied


@transaction.atomic
def restrict_client(
    client: ApiClient, *, institution: Institution, scopes: Iterable[str], networks: Iterable[str], contact_email: str,
    is_active: bool, actor: Actor,
) -> ApiClient:  # fmt: skip
    """Change what a client may read, from where, and whether it may at all; from the next request on."""
    _require_own(client, institution, actor)
    scopes, networks = list(scopes), list(networks)
    _check(scopes, networks)
    client.scopes, client.allowed_networks = sorted(scopes), networks
    client.contact_email, client.is_active = contact_email, is_active
    client.save(update_fields=["scopes", "allowed_networks", "contact_email", "is_active"])
    record(actor, "api_client.restrict", institution, client=client.pk, scopes=scopes, active=is_active)
    return client


@transaction.atomic
def renew_secret(client: ApiClient, *, institution: Institution, actor: Actor) -> str:
    """A new secret, shown once; the one before works for another week."""
    _require_own(client, institution, actor)
    secret = rotate_secret(client)
    record(actor, "api_client.renew_secret", institution, client=client.pk)
    return secret
