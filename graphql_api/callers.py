"""From a request to whoever asks. Bearer token or nobody: cookies and sessions are never looked at."""

import uuid
from typing import Never

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from oauth2_provider.oauth2_backends import get_oauthlib_core

from graphql_api import console_tokens
from graphql_api.clients import is_allowed_from, note_use
from graphql_api.errors import Code
from graphql_api.oauth import Scope
from graphql_api.protocol import NotAccepted
from recruitment.access.decide import SCOPES, may
from recruitment.people.actor import Actor, ActorKind


def caller_of(request: HttpRequest) -> Actor:
    """The actor behind the Authorization header. Raises NotAccepted (401) for one that opens nothing."""
    header = request.headers.get("Authorization")
    address = address_of(request)
    if header is None:
        return Actor(ActorKind.ANONYMOUS, ip=address, request_id=uuid.uuid4().hex)
    kind, _, token = header.partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        _refuse("Send `Authorization: Bearer <token>`, or no such header.")
    actor = _person(token.strip()) if token.startswith(console_tokens.PREFIX) else _client(request, address)
    actor.ip, actor.request_id = address, uuid.uuid4().hex
    return actor


def address_of(request: HttpRequest) -> str | None:
    """The address the request came from, as far as the proxies in front are ours."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return None


def scopes_of_person(actor: Actor) -> frozenset[str]:
    """The scopes that match what the person may do somewhere; which rows they then meet is decided row by row.

    Names and contacts come with the right to list applications; contents need a right on the row as well.
    """
    scopes = {scope for scope, rights in SCOPES.items() if any(may(actor, right) for right in rights)}
    return frozenset(scopes | ({Scope.PERSONAL} if Scope.APPLICATIONS in scopes else set()))


def _person(token: str) -> Actor:
    user = console_tokens.person_of(token)
    if user is None:
        _refuse("The token is not one of ours or has expired.")
    actor = Actor.person(user)
    actor.scopes = scopes_of_person(actor)
    return actor


def _client(request: HttpRequest, address: str | None) -> Actor:
    valid, verified = get_oauthlib_core().verify_request(request, scopes=[])
    if not valid or verified.client is None or not is_allowed_from(verified.client, address):
        _refuse("The token is not one of ours, has expired, or may not be used from here.")
    client = verified.client
    note_use(client)
    return Actor.program(client, frozenset(verified.scopes) & frozenset(client.scopes))


def _refuse(message: str) -> Never:
    raise NotAccepted(401, message, code=Code.UNAUTHENTICATED, WWW_Authenticate='Bearer realm="graphql"')
