"""Applications while the broker is away or holds its breath: all are taken, and every receipt follows (F05, F06)."""

import statistics
import subprocess
import time
from collections.abc import Iterator

import pytest

from recruitment.applications.models import Application
from recruitment.mail.models import Message
from tests.factories.world import begin_draft, fill_draft, make_world
from tests.faults.machine import Machine
from tests.faults.rabbit import PROGRAMS, Rabbit
from tests.faults.visitor import Visitor, has_looked, try_until
from tests.journeys.conftest import wait_for
from tests.tools import requires_tool, rounds

pytestmark = [
    pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True), requires_tool("rabbitmq-server"),
]  # fmt: skip
A_ROUND = 10  # at twenty rounds the two hundred applicants of F05
AFTER_THE_BROKER_IS_BACK = 120  # seconds


@pytest.fixture
def served(machine: Machine, rabbit: Rabbit) -> Iterator[Machine]:
    """Web server and worker on RabbitMQ."""
    machine.environment["CELERY_BROKER_URL"] = rabbit.url
    machine.web()
    machine.worker()
    return machine


def visitors_of(machine: Machine, world, name: str, number: int) -> list[Visitor]:
    return [
        Visitor(fill_draft(begin_draft(world.ours.round), email=f"{name}{place}@ansoeger.example"), machine.web_port)
        for place in range(number)
    ]


def send_all(visitors: list[Visitor]) -> list[float]:
    """Seconds that each answer took; every one must have been acknowledged."""
    took = []
    for visitor in visitors:
        assert try_until(lambda who=visitor: has_looked(who))
        began = time.perf_counter()
        assert visitor.send()
        took.append(time.perf_counter() - began)
    return took


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def receipts_have_gone(visitors: list[Visitor]) -> bool:
    keys = [visitor.application.pk for visitor in visitors]
    gone = Message.objects.filter(application__in=keys, code="APPLICATION_RECEIPT", state="SENT")
    return gone.count() == len(keys)


def test_a_broker_that_is_away_costs_applicants_nothing_and_receipts_follow(served: Machine, rabbit: Rabbit, figure):
    world = make_world()
    usual, meanwhile, warm = (visitors_of(served, world, name, A_ROUND * rounds()) for name in ("a", "b", "c"))
    send_all(warm[:5])
    with_broker = send_all(usual)

    rabbit.stop()
    without = send_all(meanwhile)
    back = time.monotonic()
    rabbit.start()
    wait_for(lambda: receipts_have_gone(meanwhile), seconds=AFTER_THE_BROKER_IS_BACK)

    figure("p95 of a submit without a broker, with one = 1:", round(p95(without) / p95(with_broker), 2))
    figure("seconds from the broker's start to the last receipt:", round(time.monotonic() - back))
    states = Application.objects.filter(pk__in=[v.application.pk for v in meanwhile]).values_list("state", flat=True)
    assert set(states) == {"SUBMITTED"}
    assert max(served.copies().values()) == 1


def test_a_broker_that_takes_nothing_more_holds_nobody_up(served: Machine, rabbit: Rabbit):
    """Its alarm blocks whoever publishes, without an error and without an end."""
    world = make_world()
    send_all(visitors_of(served, world, "a", 2))
    subprocess.run(
        [str(PROGRAMS / "rabbitmqctl"), "-q", "set_vm_memory_high_watermark", "0"], env=rabbit.environment, check=True, capture_output=True
    )  # fmt: skip

    held_up = visitors_of(served, world, "b", 3)
    send_all(held_up)

    subprocess.run(
        [str(PROGRAMS / "rabbitmqctl"), "-q", "set_vm_memory_high_watermark", "0.4"], env=rabbit.environment, check=True, capture_output=True
    )  # fmt: skip
    wait_for(lambda: receipts_have_gone(held_up), seconds=AFTER_THE_BROKER_IS_BACK)
