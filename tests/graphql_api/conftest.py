"""Asking the API over HTTP, as anybody or with a token."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import AccessToken, set_token_value

from graphql_api.oauth import Scope
from recruitment.people.models import ApiClient
from tests.factories.world import make_world

ALL = tuple(Scope)
Ask = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def own_addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.graphql_api.urls"


@pytest.fixture(scope="module")
def made_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[SimpleNamespace]:
    """A world for all tests of a file together, inside a transaction that is rolled back after them."""
    held = transaction.atomic()
    with django_db_blocker.unblock():
        held.__enter__()
        made = make_world()
    yield made
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        held.__exit__(None, None, None)


@pytest.fixture
def ask(client: Client) -> Ask:
    """The decoded answer to a document; `token` is sent as a bearer token, the rest are variables."""

    def asking(document: str, *, token: str | None = None, **variables: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": document, "variables": variables}
        return client.post("/graphql/", body, content_type="application/json", headers=headers).json()

    return asking


@pytest.fixture
def data(ask: Ask) -> Ask:
    """The data of an answer that must have no errors."""

    def asking(document: str, **options: Any) -> dict[str, Any]:
        answer = ask(document, **options)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    return asking


def make_client(*employers: Any, scopes: Iterable[str] = ALL, **fields: Any) -> ApiClient:
    """An integrator's program; `plain_secret` is what it was told once."""
    secret = secrets.token_urlsafe(64)
    client = ApiClient.objects.create(
        name="HR tool", client_type="confidential", authorization_grant_type="client-credentials",
        client_secret=secret, scopes=[str(scope) for scope in scopes], **fields,
    )  # fmt: skip
    client.institutions.set(employer.institution for employer in employers)
    client.plain_secret = secret
    return client


def make_token(client: ApiClient, scopes: Iterable[str] | None = None, *, seconds: int = 900) -> str:
    """A token as the token address would give it."""
    text = secrets.token_urlsafe(24)
    token = AccessToken(
        application=client, expires=timezone.now() + dt.timedelta(seconds=seconds),
        scope=" ".join(client.scopes if scopes is None else scopes),
    )  # fmt: skip
    set_token_value(token, text)
    token.save()
    return text


def token_for(*employers: Any, scopes: Iterable[str] = ALL) -> str:
    """A token of a new client of these employers."""
    return make_token(make_client(*employers, scopes=scopes))


def codes(answer: dict[str, Any]) -> list[str]:
    """The codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer.get("errors", [])]
