"""The console: for people with a seat, from our own server, with a token of a quarter of an hour."""

import re
import time

import pytest
from django.core import signing
from django.test import Client

from graphql_api.console_tokens import SALT, mint, person_of
from recruitment.access.roles import Role
from recruitment.audit.models import AuditEntry
from tests.factories.world import make_user
from tests.graphql_api.conftest import codes

PAGE, TOKEN = "/graphql/console/", "/graphql/console/token/"


@pytest.fixture
def hr(world):
    return world.ours.staff[Role.HR_EXTENDED]


def test_who_is_not_signed_in_is_sent_to_sign_in(client, db):
    assert [client.get(PAGE).status_code, client.post(TOKEN).status_code] == [302, 302]


def test_an_applicant_may_not_enter(client, db):
    client.force_login(make_user("ansoeger@ansoeger.example"))

    assert [client.get(PAGE).status_code, client.post(TOKEN).status_code] == [403, 403]


@pytest.mark.parametrize("role", Role)
def test_whoever_has_a_seat_may_enter(world, client, role):
    client.force_login(world.ours.staff[role])

    assert client.get(PAGE).status_code == 200


def test_the_page_holds_no_token_no_inline_script_and_nothing_from_elsewhere(hr, client):
    client.force_login(hr)
    page = client.get(PAGE)
    text = page.content.decode()

    assert 'data-endpoint="/graphql/"' in text
    assert f'data-token-address="{TOKEN}"' in text
    assert "console." not in re.sub(r"build/console\.(css|js)", "", text)
    assert re.findall(r"<script[^>]*>", text) == ['<script src="/static/build/console.js" defer>']
    assert not re.search(r'(src|href)="(https?:)?//', text)
    assert "script-src 'self'" in page["Content-Security-Policy"]
    assert "no-store" in page["Cache-Control"]


def test_a_token_is_given_for_a_post_with_the_pages_own_mark_only(hr):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(hr)
    mark = re.search(r'data-csrf="(\w+)"', strict.get(PAGE).content.decode()).group(1)

    assert strict.post(TOKEN).status_code == 403
    assert strict.get(TOKEN).status_code == 405
    given = strict.post(TOKEN, headers={"X-CSRFToken": mark}).json()
    assert (given["token_type"], given["expires_in"]) == ("Bearer", 900)
    assert person_of(given["access_token"]) == hr


def test_the_token_asks_as_the_person_and_the_trail_says_so(hr, client, data):
    client.force_login(hr)
    token = client.post(TOKEN).json()["access_token"]

    found = data("{ viewer { name scopes } applications { nodes { reference } } }", token=token)

    assert found["viewer"]["name"] == hr.get_full_name()
    assert found["viewer"]["scopes"] == ["applications:pii:read", "applications:read", "cases:read", "stats:read"]
    entries = AuditEntry.objects.filter(user_id=hr.pk).order_by("id")
    assert [entry.action for entry in entries][-2:] == ["graphql.console", "Application.read"]


def test_the_token_dies_after_fifteen_minutes(hr, monkeypatch):
    token = mint(hr)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 899)
    assert person_of(token) == hr
    monkeypatch.setattr(time, "time", lambda: now + 902)
    assert person_of(token) is None


def test_the_token_dies_with_the_password_and_with_the_account(hr, ask):
    first = mint(hr)
    hr.set_password("noget helt andet")
    hr.save()
    second = mint(hr)
    assert (person_of(first), person_of(second)) == (None, hr)

    hr.is_active = False
    hr.save()
    assert codes(ask("{ viewer { name } }", token=second)) == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("claim", ["", "console.", "console.x", "console.eyJ1c2VyIjoxfQ:1tq:abc"])
def test_a_token_that_was_made_up_opens_nothing(db, ask, claim):
    assert codes(ask("{ viewer { name } }", token=claim or "console")) == ["UNAUTHENTICATED"]


def test_a_signature_for_something_else_is_no_token(hr):
    assert (
        person_of("console." + signing.dumps({"user": hr.pk, "session": hr.get_session_auth_hash()}, salt="other"))
        is None
    )
    assert person_of("console." + signing.dumps({"user": -1, "session": ""}, salt=SALT)) is None
