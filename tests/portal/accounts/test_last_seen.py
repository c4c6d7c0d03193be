"""When a session was last used, for the person whose session it is."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.world import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(client) -> UserSession:
    user = make_user("hjemme@ansoeger.example")
    client.force_login(user)
    return UserSession.objects.create(user=user, session_key=client.session.session_key, ip="192.0.2.1", user_agent="x")


def last_seen(session: UserSession, ago: dt.timedelta) -> dt.datetime:
    UserSession.objects.filter(pk=session.pk).update(last_seen_at=timezone.now() - ago)
    session.refresh_from_db()
    return session.last_seen_at


def test_a_session_that_has_rested_is_seen_anew_with_the_address_it_now_comes_from(client, session):
    before = last_seen(session, dt.timedelta(minutes=6))

    client.get("/mine/")

    session.refresh_from_db()
    assert session.last_seen_at > before + dt.timedelta(minutes=5)
    assert session.ip == "127.0.0.1"


def test_within_five_minutes_nothing_is_written(client, session):
    before = last_seen(session, dt.timedelta(minutes=4))

    with CaptureQueriesContext(connection) as asked:
        client.get("/mine/")

    session.refresh_from_db()
    assert session.last_seen_at == before
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "SAVEPOINT"))] == []


def test_the_list_of_ones_own_sessions_shows_it(client, session):
    assert "192.0.2.1" in client.get("/konto/sessions/").content.decode()
