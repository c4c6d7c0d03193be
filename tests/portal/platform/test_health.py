"""`/healthz` answers for the process, `/readyz` for everything it needs."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from portal.celery import app
from recruitment.outbox.models import Heartbeat


@pytest.fixture
def beat(db):
    return Heartbeat.objects.create(name="timetable", at=timezone.now())


def test_a_living_process_answers_without_asking_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_it_is_ready_when_all_it_needs_is_there(client, beat):
    answer = client.get("/readyz")

    assert answer.json() == {"database": "ok", "migrations": "ok", "broker": "ok", "timetable": "ok"}
    assert answer.status_code == 200


def test_it_is_not_ready_when_the_timetable_never_ran(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["timetable"]) == (503, "never ran")


@pytest.mark.parametrize(("age", "status"), [(170, 200), (190, 503)])
def test_the_timetable_may_be_silent_for_three_minutes(client, beat, age, status):
    Heartbeat.objects.update(at=timezone.now() - dt.timedelta(seconds=age))

    assert client.get("/readyz").status_code == status


def test_it_is_not_ready_while_a_migration_is_missing(client, beat):
    with connection.cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'wagtailcore' and name like '0098%'")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["migrations"].endswith("not applied")


def test_it_is_not_ready_without_its_broker_and_says_no_address(client, beat, monkeypatch):
    monkeypatch.setattr(app.conf, "broker_url", "amqp://user:secret@127.0.0.1:1//")
    monkeypatch.setattr(app.conf, "broker_read_url", "amqp://user:secret@127.0.0.1:1//")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["broker"] != "ok"
    assert b"secret" not in answer.content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_nobody_keeps_an_old_answer(client, beat, path):
    answer = client.get(path)

    assert "no-store" in answer["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert client.post(path).status_code == 405
