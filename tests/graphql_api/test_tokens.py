"""Programs' tokens: nothing unasked, never more than granted, two living secrets while rotating, and limits."""

import base64
import datetime as dt

import pytest
from django.core.cache import cache
from django.urls import get_resolver
from django.utils import timezone
from oauth2_provider.checks import validate_bcp_configuration
from oauth2_provider.models import AccessToken

from graphql_api.token_views import PER_ADDRESS, PER_CLIENT
from recruitment.people.actions import make_api_client, rotate_secret
from recruitment.people.models import ApiClient
from tests.graphql_api.conftest import codes, make_client, make_token

VIEWER = "{ viewer { scopes } }"


@pytest.fixture(autouse=True)
def empty_counters():
    cache.clear()


@pytest.fixture
def tool(world):
    return make_client(world.ours, scopes=["cases:read", "stats:read"])


@pytest.fixture
def fetch(client):
    """The answer of the token address; secret in the header, as RFC 6749 prefers."""

    def fetching(tool, scope=None, *, secret=None, grant="client_credentials", **fields):
        named = f"{tool.client_id}:{secret or tool.plain_secret}".encode()
        body = {"grant_type": grant, **({"scope": scope} if scope is not None else {}), **fields}
        return client.post(
            "/oauth/token/", body, headers={"Authorization": "Basic " + base64.b64encode(named).decode()}
        )

    return fetching


def test_a_token_opens_what_was_asked_for_and_lives_fifteen_minutes(tool, fetch, data):
    response = fetch(tool, "cases:read")

    token = response.json()
    assert (response.status_code, token["scope"], token["expires_in"], token["token_type"]) == (
        200,
        "cases:read",
        900,
        "Bearer",
    )
    assert response["Cache-Control"] == "no-store"
    assert data(VIEWER, token=token["access_token"]) == {"viewer": {"scopes": ["cases:read"]}}
    assert "refresh_token" not in token


def test_a_client_that_asks_for_nothing_gets_nothing(tool, fetch, ask):
    token = fetch(tool).json()["access_token"]

    assert ask(VIEWER, token=token)["data"] == {"viewer": {"scopes": []}}
    assert codes(ask("{ cases { totalCount } }", token=token)) == ["FORBIDDEN"]


@pytest.mark.parametrize("scope", ["applications:read", "cases:read applications:pii:read", "read", "cases:write", "*"])
def test_a_client_cannot_ask_for_more_than_it_was_granted(tool, fetch, scope):
    response = fetch(tool, scope)

    assert (response.status_code, response.json()["error"]) == (400, "invalid_scope")


def test_a_scope_that_is_taken_back_is_gone_from_living_tokens_too(tool, fetch, data):
    token = fetch(tool, "cases:read stats:read").json()["access_token"]

    ApiClient.objects.filter(pk=tool.pk).update(scopes=["stats:read"])

    assert data(VIEWER, token=token) == {"viewer": {"scopes": ["stats:read"]}}


def test_tokens_and_secrets_do_not_stand_in_the_database(tool, fetch):
    token = fetch(tool, "cases:read").json()["access_token"]

    stored = AccessToken.objects.get()
    assert (stored.token, len(stored.token_checksum), stored.user) == ("", 64, None)
    assert token not in stored.token_checksum
    tool.refresh_from_db()
    assert tool.client_secret.startswith("random_sha256$")


@pytest.mark.parametrize("secret", ["wrong", "", "\u00e6", "x" * 5_000, "a\x00b"])
def test_a_wrong_secret_opens_nothing(tool, fetch, secret):
    response = fetch(tool, "cases:read", secret=secret or "-")

    assert (response.status_code, response.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "header",
    ["Basic", "Basic !!!", "Basic " + base64.b64encode(b"\xff\xfe:x").decode(), "Bearer x", "Basic bm9jb2xvbg=="],
)
def test_a_header_that_cannot_be_read_is_no_proof(db, client, header):
    response = client.post("/oauth/token/", {"grant_type": "client_credentials"}, headers={"Authorization": header})

    assert response.status_code == 401


def test_the_secret_may_stand_in_the_body(tool, client):
    body = {"grant_type": "client_credentials", "client_id": tool.client_id, "client_secret": tool.plain_secret}

    assert client.post("/oauth/token/", body).status_code == 200
    assert client.post("/oauth/token/", {**body, "client_secret": "wrong"}).status_code == 401


@pytest.mark.parametrize(
    "grant",
    ["password", "authorization_code", "refresh_token", "implicit", "urn:ietf:params:oauth:grant-type:device_code", ""],
)
def test_there_is_one_kind_of_grant(tool, fetch, grant):
    response = fetch(
        tool, "cases:read", grant=grant, username="x", password="x", code="x", refresh_token="x", device_code="x"
    )

    assert response.status_code in {400, 404}
    assert "access_token" not in response.json()


class TestRotation:
    @pytest.fixture
    def rotated(self, world):
        tool, first = make_api_client("HR tool", scopes=["cases:read"], institutions=[world.ours.institution])
        tool.plain_secret = rotate_secret(tool)
        tool.first_secret = first
        return tool

    def test_both_secrets_work_while_a_client_is_moved(self, rotated, fetch):
        assert fetch(rotated, "cases:read").status_code == 200
        assert fetch(rotated, "cases:read", secret=rotated.first_secret).status_code == 200
        assert fetch(rotated, "cases:read", secret="neither").status_code == 401

    def test_the_old_secret_dies_with_its_week(self, rotated, fetch):
        ApiClient.objects.filter(pk=rotated.pk).update(
            previous_secret_expires_at=timezone.now() - dt.timedelta(seconds=1)
        )

        assert fetch(rotated, "cases:read").status_code == 200
        assert fetch(rotated, "cases:read", secret=rotated.first_secret).status_code == 401

    def test_the_secret_of_another_client_does_not_work(self, rotated, tool, fetch):
        assert fetch(tool, "cases:read", secret=rotated.first_secret).status_code == 401


class TestClosedClients:
    def test_a_closed_client_gets_no_token_and_its_living_ones_die(self, tool, fetch, client, ask):
        token = make_token(tool)
        assert "errors" not in ask(VIEWER, token=token)

        ApiClient.objects.filter(pk=tool.pk).update(is_active=False)

        assert fetch(tool, "cases:read").status_code == 401
        assert codes(ask(VIEWER, token=token)) == ["UNAUTHENTICATED"]

    def test_a_client_works_from_its_networks_only(self, tool, fetch, ask):
        token = make_token(tool)

        ApiClient.objects.filter(pk=tool.pk).update(allowed_networks=["10.0.0.0/8", "2001:db8::/32"])
        assert (fetch(tool, "cases:read").status_code, codes(ask(VIEWER, token=token))) == (401, ["UNAUTHENTICATED"])

        ApiClient.objects.filter(pk=tool.pk).update(allowed_networks=["127.0.0.0/8"])
        assert (fetch(tool, "cases:read").status_code, codes(ask(VIEWER, token=token))) == (200, [])

    def test_an_old_token_opens_nothing(self, tool, ask):
        assert codes(ask(VIEWER, token=make_token(tool, seconds=-1))) == ["UNAUTHENTICATED"]

    def test_a_token_given_back_opens_nothing(self, tool, fetch, client, ask):
        token = fetch(tool, "cases:read").json()["access_token"]
        body = {"token": token, "client_id": tool.client_id, "client_secret": tool.plain_secret}

        assert client.post("/oauth/revoke/", {**body, "client_secret": "wrong"}).status_code == 401
        assert "errors" not in ask(VIEWER, token=token)
        assert client.post("/oauth/revoke/", body).status_code == 200
        assert codes(ask(VIEWER, token=token)) == ["UNAUTHENTICATED"]

    def test_a_token_in_the_address_or_the_body_is_not_looked_at(self, tool, client):
        token = make_token(tool)

        in_address = client.post(f"/graphql/?access_token={token}", {"query": VIEWER}, content_type="application/json")
        in_body = client.post("/graphql/", {"query": VIEWER, "access_token": token}, content_type="application/json")

        assert in_address.json() == in_body.json() == {"data": {"viewer": None}}

    def test_the_last_use_is_known_to_five_minutes_without_a_write_each_time(self, tool, data):
        token = make_token(tool)
        data(VIEWER, token=token)
        first = ApiClient.objects.get(pk=tool.pk).last_used_at

        data(VIEWER, token=token)
        assert ApiClient.objects.get(pk=tool.pk).last_used_at == first
        ApiClient.objects.filter(pk=tool.pk).update(last_used_at=first - dt.timedelta(minutes=6))
        data(VIEWER, token=token)

        assert ApiClient.objects.get(pk=tool.pk).last_used_at > first


class TestLimits:
    @pytest.fixture(autouse=True)
    def hardly_filling(self, monkeypatch):
        """While the test runs no further request becomes free."""
        monkeypatch.setattr("graphql_api.rates.MINUTE", 1_000_000)

    def test_one_client_may_ask_so_often_and_no_more(self, tool, fetch, world):
        answers = [fetch(tool, "cases:read", secret="guess").status_code for _ in range(PER_CLIENT + 1)]

        assert answers == [401] * PER_CLIENT + [429]
        assert int(fetch(tool, "cases:read")["Retry-After"]) > 40_000
        assert fetch(make_client(world.ours), "cases:read").status_code == 200

    def test_one_address_may_ask_so_often_and_no_more(self, db, client):
        answers = [
            client.post("/oauth/token/", {"grant_type": "client_credentials", "client_id": str(n)}).status_code
            for n in range(PER_ADDRESS + 1)
        ]

        assert answers == [401] * PER_ADDRESS + [429]

    def test_a_body_without_end_is_not_read(self, db, client):
        assert client.post("/oauth/token/", {"client_id": "x" * 300_000}).status_code == 413

    def test_tokens_are_fetched_by_post_only(self, db, client):
        assert [client.get(address).status_code for address in ("/oauth/token/", "/oauth/revoke/")] == [405, 405]


def test_no_other_view_of_the_toolkit_is_routed():
    def views(patterns):
        for pattern in patterns:
            yield from views(pattern.url_patterns) if hasattr(pattern, "url_patterns") else [pattern.callback]

    bases = {base.__name__ for view in views(get_resolver().url_patterns) for base in getattr(view, "view_class", type).__mro__
             if base.__module__.startswith("oauth2_provider.views")}  # fmt: skip
    assert {name for name in bases if not name.endswith("Mixin")} == {"TokenView", "RevokeTokenView"}


def test_the_configuration_has_nothing_against_the_security_practice(db):
    assert validate_bcp_configuration(None) == []
