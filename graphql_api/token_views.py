"""Where programs fetch and give back their tokens. No other view of the toolkit is routed anywhere."""

import base64
import binascii
import logging
from typing import Any
from urllib.parse import unquote_plus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from oauth2_provider.views import RevokeTokenView, TokenView

from graphql_api.callers import address_of
from graphql_api.clients import is_allowed_from
from graphql_api.protocol import LARGEST_BODY
from graphql_api.rates import one_more
from recruitment.people.models import ApiClient

PER_CLIENT = 20  # a minute; a token lives fifteen minutes
PER_ADDRESS = 60
LONGEST_ID = 200
logger = logging.getLogger("graphql_api")


class _Limited:
    """Refuses with 429 whoever asks too often, by client and by address, before any secret is looked at."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The toolkit's answer, kept out of caches."""
        refusal = _refusal(request)
        response = refusal or super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        response["Cache-Control"] = "no-store"
        return response


@method_decorator(csrf_exempt, name="dispatch")
class TokenRequestView(_Limited, TokenView):
    """POST /oauth/token/ with grant_type=client_credentials and the scopes wanted."""


@method_decorator(csrf_exempt, name="dispatch")
class TokenRevocationView(_Limited, RevokeTokenView):
    """POST /oauth/revoke/ with the token."""


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if request.method != "POST":
        return _error(405, "invalid_request", Allow="POST")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        return _error(413, "invalid_request")
    client_id, address = _client_id(request), address_of(request)
    for counted in (
        one_more(PER_ADDRESS, what="token by address", who=address or "unknown"),
        one_more(PER_CLIENT, what="token by client", who=client_id),
    ):
        if not counted.granted:
            logger.info("token refused: too often client=%s", client_id)
            return _error(429, "temporarily_unavailable", Retry_After=str(counted.wait))
    client = ApiClient.objects.filter(client_id=client_id).first()
    if client is not None and not is_allowed_from(client, address):
        return _error(401, "invalid_client")
    return None


def _client_id(request: HttpRequest) -> str:
    """The client's id as it is sent, in the header or the body; not yet proved."""
    kind, _, sent = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            name = base64.b64decode(sent, validate=True).decode().partition(":")[0]
        except (binascii.Error, UnicodeDecodeError):
            name = ""
        return _plain(unquote_plus(name))
    return _plain(request.POST.get("client_id", ""))


def _plain(client_id: str) -> str:
    return client_id.replace("\x00", "")[:LONGEST_ID]


def _error(status: int, code: str, **headers: str) -> JsonResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JsonResponse({"error": code}, status=status, headers=named)
