"""Tying candidates to the person who proved the address, and API clients with their secrets."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import transaction

from recruitment import clock
from recruitment.people.models import ApiClient, Candidate, User

SECRET_OVERLAP = dt.timedelta(days=7)  # both secrets work while a client is being moved to the new one


@transaction.atomic
def claim_candidates(user: User) -> int:
    """The person has proved to own the address: every candidate with it is theirs. Returns how many were tied."""
    return Candidate.objects.filter(email__iexact=user.email, user__isnull=True).update(user=user)


@transaction.atomic
def make_api_client(
    name: str, *, scopes: Iterable[str], institutions: Iterable[object], contact_email: str = "",
    networks: Iterable[str] = (),
) -> tuple[ApiClient, str]:  # fmt: skip
    """A new client and its secret, which is shown once and stored hashed."""
    secret = secrets.token_urlsafe(64)
    client = ApiClient(
        name=name, public_name=name, client_secret=secret, scopes=sorted(scopes), contact_email=contact_email,
        client_type=ApiClient.CLIENT_CONFIDENTIAL, allowed_networks=list(networks),
        authorization_grant_type=ApiClient.GRANT_CLIENT_CREDENTIALS,
    )  # fmt: skip
    client.save()
    client.institutions.set(institutions)
    return client, secret


@transaction.atomic
def rotate_secret(client: ApiClient) -> str:
    """A new secret; the old one works for another week, so that nothing stops meanwhile."""
    secret = secrets.token_urlsafe(64)
    client.previous_secret_hash = client.client_secret
    client.previous_secret_expires_at = clock.now() + SECRET_OVERLAP
    client.client_secret = secret  # the field hashes it on saving
    client.save()
    return secret
