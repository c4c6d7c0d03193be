"""Processes that die at the worst moment: nothing acknowledged is lost, nothing is done twice."""

import os
import random
import signal
import subprocess
import threading
import time

import pytest

from recruitment.applications.actions import submit
from recruitment.applications.models import Application
from recruitment.mail.models import Message
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor
from tests.factories.world import begin_draft, fill_draft, make_world
from tests.faults.machine import Machine
from tests.faults.visitor import Visitor, has_looked, try_until
from tests.journeys.conftest import wait_for
from tests.tools import rounds

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def test_a_worker_killed_between_submit_and_mail_sends_the_receipt_all_the_same_and_once(machine: Machine, figure):
    world = make_world()
    seed = random.randrange(10**6)
    figure("seed", seed)
    dice = random.Random(seed)
    worker = machine.worker()
    addresses = [f"nr{number}@ansoeger.example" for number in range(rounds())]
    for address in addresses:
        received = submit(fill_draft(begin_draft(world.ours.round), email=address), actor=Actor.person(None))
        time.sleep(dice.uniform(0, 1.5))
        machine.kill(worker)
        worker = machine.worker()
        assert Message.objects.get(application=received, code="APPLICATION_RECEIPT").recipient == address

    OutboxItem.objects.filter(kind="document").delete()
    wait_for(lambda: all(machine.mails_to(address) for address in addresses), seconds=120)
    time.sleep(4)

    numbers = {address: {mail.message["Message-ID"] for mail in machine.mails_to(address)} for address in addresses}
    assert {address: len(found) for address, found in numbers.items()} == dict.fromkeys(addresses, 1)
    twice = [address for address in addresses if len(machine.mails_to(address)) > 1]
    assert len(twice) <= len(addresses) * 0.05, "only a kill in SMTP's own blind spot may repeat a letter"


def web_workers(master: int) -> list[int]:
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listing.stdout.split()]


@pytest.mark.long
def test_a_web_worker_killed_at_any_moment_of_a_submit_loses_nothing_acknowledged(machine: Machine):
    world = make_world()
    web = machine.web()
    visitors = [
        Visitor(fill_draft(begin_draft(world.ours.round), email=f"v{number}@ansoeger.example"), machine.web_port)
        for number in range(4 * rounds())
    ]

    assert try_until(lambda: has_looked(visitors[0]), times=80)
    acknowledged: set[str] = set()
    for visitor in visitors:
        assert try_until(lambda who=visitor: has_looked(who))
        thread = threading.Thread(target=lambda who=visitor: who.send() and acknowledged.add(str(who.application.pk)))
        thread.start()
        time.sleep(random.uniform(0, 0.25))
        for pid in web_workers(web.pid):
            os.kill(pid, signal.SIGKILL)
        thread.join()
        if str(visitor.application.pk) not in acknowledged:
            assert try_until(visitor.send)

    for visitor in visitors:
        stored = Application.objects.get(pk=visitor.application.pk)
        assert (stored.state, stored.documents.count()) == ("SUBMITTED", 1)
        assert Message.objects.filter(application=stored, code="APPLICATION_RECEIPT").count() == 1
