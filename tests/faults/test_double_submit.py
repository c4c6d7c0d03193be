"""Fifty times "send" at once is one application, one receipt and fifty equal answers (F26)."""

import threading

import pytest

from recruitment.applications.models import Application
from recruitment.mail.models import Message
from tests.factories.world import begin_draft, fill_draft, make_world
from tests.faults.machine import Machine
from tests.faults.visitor import Visitor, has_looked, try_until
from tests.journeys.conftest import wait_for
from tests.tools import rounds

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
TIMES = 50


def test_fifty_sends_at_once_are_one(machine: Machine):
    world = make_world()
    machine.web()
    machine.worker()
    for number in range(rounds()):
        draft = fill_draft(begin_draft(world.ours.round), email=f"hurtig{number}@ansoeger.example")
        visitor = Visitor(draft, machine.web_port)
        assert try_until(lambda who=visitor: has_looked(who), times=80)
        answers: list[bool] = []
        senders = [
            threading.Thread(target=lambda who=visitor, said=answers: said.append(who.send())) for _ in range(TIMES)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()

        assert answers == [True] * TIMES
        assert (
            Application.objects.filter(
                round=world.ours.round, candidate__email=f"hurtig{number}@ansoeger.example"
            ).count()
            == 1
        )
        assert Message.objects.filter(application=draft, code="APPLICATION_RECEIPT").count() == 1
        wait_for(lambda to=f"hurtig{number}@ansoeger.example": machine.mails_to(to))
    assert max(machine.copies().values()) == 1
