"""Celery's broker in the portal's own database: the same place in SQLAlchemy's words."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from portal.celery import app
from portal.platform.broker import QUEUES, broker_url
from tests.database import database_url
from tests.tools import ROOT


@pytest.mark.parametrize(
    ("database", "broker"),
    [
        ("postgres://opslag@%2Fvar%2Frun/opslag", "sqla+postgresql+psycopg2://opslag@/opslag?host=/var/run"),
        ("postgresql://u:p%40ss@db.example.dk:5433/x", "sqla+postgresql+psycopg2://u:p%40ss@db.example.dk:5433/x"),
        ("postgres://u@db/x?sslmode=require", "sqla+postgresql+psycopg2://u@db/x?sslmode=require"),
        ("postgres://u@%2Frun:5433/x", "sqla+postgresql+psycopg2://u@:5433/x?host=/run"),
    ],
)
def test_a_database_url_becomes_a_broker_url(database, broker):
    assert broker_url(database) == broker


EXCHANGE = """
import sys, kombu
with kombu.Connection(sys.argv[1]) as sender:
    sender.SimpleQueue("celery").put({"id": 1})
with kombu.Connection(sys.argv[1]) as worker:
    message = worker.SimpleQueue("celery").get(timeout=5)
    message.ack()
    print(message.payload)
"""


@pytest.mark.django_db(transaction=True)
def test_a_message_waits_in_the_database_until_it_is_fetched():
    prepare_broker()
    prepare_broker()

    command = [sys.executable, "-c", EXCHANGE, broker_url(database_url())]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert said == "{'id': 1}\n"
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from kombu_message where visible")
        assert cursor.fetchone() == (0,)


def test_what_the_clock_calls_for_never_waits_behind_errands():
    queues = app.amqp.queues

    assert tuple(queues) == QUEUES
    assert len({(queue.exchange.name, queue.routing_key) for queue in queues.values()}) == len(queues)
    assert {line["options"]["queue"] for line in app.conf.beat_schedule.values()} == {"timetable"}
    assert app.amqp.router.route({}, "recruitment.tasks.carry_out")["queue"].name == "celery"


CROWD = """
import sys, threading, kombu
from portal.platform.pool import OneAtATime
kombu.transport.sqlalchemy.Transport.Channel = OneAtATime
channel = kombu.Connection(sys.argv[1]).channel()
said, faults = [], []
def work(name):
    try:
        for number in range(25):
            channel._put("celery", {"of": name, "number": number})
            said.append(channel._get("celery")["number"])
    except Exception as fault:
        faults.append(fault)
hands = [threading.Thread(target=work, args=(name,)) for name in range(6)]
[hand.start() for hand in hands]
[hand.join() for hand in hands]
print(len(said), faults)
"""


@pytest.mark.django_db(transaction=True)
def test_threads_of_one_worker_take_turns_at_the_database():
    prepare_broker()

    command = [sys.executable, "-c", CROWD, broker_url(database_url())]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout

    assert said == "150 []\n"


def prepare_broker() -> None:
    """In a process of its own: the transport keeps its connections for as long as the process lives."""
    subprocess.run([sys.executable, "-m", "portal.platform.broker", database_url()], cwd=ROOT, check=True)


def test_tasks_survive_the_death_of_a_worker():
    assert (settings.CELERY_TASK_ACKS_LATE, settings.CELERY_TASK_REJECT_ON_WORKER_LOST) == (True, True)
    assert settings.CELERY_WORKER_PREFETCH_MULTIPLIER == 1
    assert (settings.CELERY_TASK_SOFT_TIME_LIMIT, settings.CELERY_TASK_TIME_LIMIT) == (45, 60)
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
