"""A mail server that has been away for a day: nothing is lost, receipts go before rejections, the oldest first (F13).

The clock is moved by moving the rows: the domain's clock is the database's, and nobody sets that.
"""

import datetime as dt

import pytest
from django.db.models import F

from recruitment import clock
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.outbox.delivery import TO_MANY
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import Candidate
from recruitment.shipped.load import load
from tests.factories.world import make_employer
from tests.faults.machine import Machine
from tests.journeys.conftest import wait_for
from tests.recruitment.mail.smtp_modes import Misbehaving
from tests.tools import free_port, rounds

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
A_ROUND = 50  # a hundred rounds would be the five thousand letters of F13
A_DAY = dt.timedelta(hours=24)


def write_turn_by_turn(number: int) -> None:
    """Rejections and receipts, one of each in turn, written at the same time."""
    load()
    institution = make_employer("ours", "99000001").institution
    for place in range(number):
        code, priority = (("REJECTION_NO_INTERVIEW", TO_MANY), ("APPLICATION_RECEIPT", 0))[place % 2]
        candidate = Candidate.objects.create(given_name="Kirsten", email=f"nr{place}@ansoeger.example")
        send(
            code, to=candidate, institution=institution, values={"given_name": "Kirsten"}, key=f"away:{place}", priority=priority
        )  # fmt: skip


def test_after_a_day_without_a_mail_server_everything_goes_in_its_order(machine: Machine, figure):
    port = free_port()
    machine.environment |= {"EMAIL_PORT": str(port), "OUTBOX_LEASE_SECONDS": "120"}
    number = A_ROUND * rounds()
    write_turn_by_turn(number)
    errands = OutboxItem.objects.filter(kind="mail")
    machine.publish(errands.order_by("pk")[:2].values_list("pk", flat=True))
    worker = machine.worker()
    wait_for(errands.filter(tries__gt=0, state="QUEUED").exists, seconds=90)
    machine.kill(worker)

    errands.update(due_at=F("due_at") - A_DAY, state="QUEUED", lease_until=None)
    Message.objects.update(created_at=F("created_at") - A_DAY)
    assert not Message.objects.exclude(state="QUEUED").exists()
    server = Misbehaving(port=port)
    began = clock.now()
    errands.filter(tries__gt=0).update(due_at=began - A_DAY)
    machine.worker()
    wait_for(lambda: not Message.objects.exclude(state="SENT").exists(), seconds=60 + number)

    figure("letters a second after the server is back:", round(number / (clock.now() - began).total_seconds(), 1))
    server.close()
    sent = list(Message.objects.order_by("sent_at").values_list("code", flat=True))
    assert len(server.accepted) == number
    first = sent[: number // 2]
    figure("receipts among the first half:", f"{first.count('APPLICATION_RECEIPT')} of {len(first)}")
    assert first.count("APPLICATION_RECEIPT") >= len(first) * 0.9
