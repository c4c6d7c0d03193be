"""Receivers of webhooks in the moods that take time, with nothing shortened: twenty seconds, and nobody else waits (F29)."""

import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.db import connection as database

from recruitment import clock
from recruitment.channels.calling import LONGEST_ANSWER, WHOLE_CALL, NoAnswer, call
from recruitment.channels.models import Delivery
from recruitment.outbox.delivery import carry_out, waiting
from tests.factories.world import advertise, make_case, make_world
from tests.journeys.conftest import wait_for
from tests.recruitment.channels.conftest import own_medium
from tests.recruitment.channels.moods import ENOUGH, Receiver

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
WORKERS, MESSAGES = 4, 20


@pytest.fixture
def moody(settings) -> Iterator[Receiver]:
    with Receiver() as server:
        settings.CHANNEL_TRUSTED_HOSTS = [server.host]
        yield server


@pytest.mark.parametrize("mood", ["hang", "drip", "drip_head"])
def test_no_call_takes_longer_than_twenty_seconds(mood, moody, figure):
    moody.mood, begun = mood, time.monotonic()
    with pytest.raises(NoAnswer):
        call(moody.address, body=b"{}")

    took = time.monotonic() - begun
    figure(f"F29 {mood}, seconds:", round(took, 1))
    assert took <= WHOLE_CALL + 1


def test_of_an_answer_without_end_the_beginning_is_read(moody):
    moody.mood = "endless"
    assert len(call(moody.address, body=b"{}").body) == LONGEST_ANSWER

    assert moody.sent < ENOUGH


def slowest_twentieth(institution: SimpleNamespace, code: str) -> float:
    """Ads go out, and workers carry out what is due until the receiver has all of them; seconds."""
    begun, is_over = clock.now(), threading.Event()
    for _ in range(MESSAGES):
        advertise(make_case(institution))
    workers = [threading.Thread(target=work_until, args=(is_over,)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    rows = Delivery.objects.filter(publication__medium__code=code, created_at__gte=begun)
    wait_for(lambda: not rows.exclude(state="DONE").exists(), seconds=180)
    is_over.set()
    for worker in workers:
        worker.join()
    took = sorted((row.settled_at - row.created_at).total_seconds() for row in rows)
    assert len(took) == MESSAGES
    return took[int(MESSAGES * 0.95) - 1]


def work_until(is_over: threading.Event) -> None:
    """As a worker and its sweeper do."""
    try:
        while not is_over.wait(0.1):
            for number in waiting():
                if not is_over.is_set():
                    carry_out(number)
    finally:
        database.close()


def test_a_receiver_that_hangs_costs_another_nothing(settings, figure):
    """The slowest of the messages to a good receiver, beside one that hangs, against beside the same one when it answers."""
    institution = make_world().ours
    with Receiver() as good, Receiver() as other:
        settings.CHANNEL_TRUSTED_HOSTS = [good.host, other.host]
        own_medium(institution.institution, "OTHER", "webhook", {"address": other.address})
        own_medium(institution.institution, "GOOD", "webhook", {"address": good.address})
        usual = slowest_twentieth(institution, "GOOD")
        other.mood = "hang"
        beside = slowest_twentieth(institution, "GOOD")

    figure("F29 slowest twentieth beside a receiver that hangs, with one that answers = 1:", round(beside / usual, 2))
    assert beside <= usual * 1.5 + 2
