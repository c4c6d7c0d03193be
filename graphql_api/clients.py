"""The toolkit's extension points: which scopes a client may ask for, and which of its two secrets it may show."""

import datetime as dt
import ipaddress
from typing import Any

from django.contrib.auth.hashers import check_password
from django.utils import timezone
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes

from graphql_api.oauth import MEANING
from recruitment.people.models import ApiClient

USED_EVERY = dt.timedelta(minutes=5)


class GrantedScopes(BaseScopes):
    """A client can ask for what it was granted and gets what it asked for: nothing when it asked for nothing."""

    def get_all_scopes(self) -> dict[str, str]:
        """Every scope there is, with its meaning."""
        return MEANING

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        """What this client was granted."""
        return [scope for scope in application.scopes if scope in MEANING] if application else []

    def get_default_scopes(self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any) -> list[str]:
        """Nothing is given unasked."""
        return []


class ClientValidator(OAuth2Validator):
    """While a secret is being rotated, the one from before opens the door too; a closed client opens nothing."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        """Whether the client showed a living secret and is not closed."""
        return bool(super().authenticate_client(request, *args, **kwargs)) and request.client.is_active

    def validate_bearer_token(self, token: str, scopes: list[str], request: Any) -> bool:
        """Whether the token lives and its client is not closed."""
        return bool(super().validate_bearer_token(token, scopes, request)) and request.client.is_active

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        if super()._check_secret(provided_secret, stored_secret):
            return True
        rotated = ApiClient.objects.filter(client_secret=stored_secret).exclude(previous_secret_hash="").first()
        return (
            rotated is not None
            and rotated.has_previous_secret(timezone.now())
            and check_password(provided_secret, rotated.previous_secret_hash)
        )


def is_allowed_from(client: ApiClient, address: str | None) -> bool:
    """Whether the client may be used from this address. A client without networks may be used from anywhere."""
    if not client.allowed_networks:
        return True
    if address is None:
        return False
    source = ipaddress.ip_address(address)
    return any(source in ipaddress.ip_network(network, strict=False) for network in client.allowed_networks)


def note_use(client: ApiClient) -> None:
    """Keep `last_used_at` true to five minutes, at most one write in that time."""
    at = timezone.now()
    if client.last_used_at is None or at - client.last_used_at > USED_EVERY:
        ApiClient.objects.filter(pk=client.pk).update(last_used_at=at)
