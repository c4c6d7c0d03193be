"""A mail server in every mood, before a real worker: what can have arrived decides what happens next (F12)."""

from collections.abc import Iterator

import pytest

from recruitment import clock
from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.organisation.models import Institution
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import Candidate
from recruitment.shipped.load import load
from tests.factories.world import make_employer
from tests.faults.machine import Machine
from tests.journeys.conftest import wait_for
from tests.recruitment.mail.smtp_modes import Misbehaving
from tests.tools import rounds

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
CODES = ("APPLICATION_RECEIPT", "INTERVIEW_INVITE_1", "REJECTION_NO_INTERVIEW")
#: Nothing can have arrived: tried again, and then arrives once.
SAFE = (
    "busy",
    "hang-before-banner",
    "drip",
    "451-mail",
    "451-rcpt",
    "451-data",
    "reset-mail",
    "reset-rcpt",
)
#: For good: a person is asked, nothing is tried again.
FINAL = ("550-mail", "550-rcpt", "552-after-dot")
#: It may have arrived: one repeat with the same number, then a person is asked.
AMBIGUOUS = ("close-after-dot", "hang-after-dot")
TAKEN = ("ok", "close-after-250")
ENDED = {"DONE", "FAILED", "QUEUED", "UNCERTAIN"}


@pytest.fixture
def server(machine: Machine) -> Iterator[Misbehaving]:
    """Between the worker and the world. No lease ends in the middle of a conversation."""
    made = Misbehaving()
    machine.environment |= {"EMAIL_PORT": str(made.port), "OUTBOX_LEASE_SECONDS": "120"}
    yield made
    made.close()


@pytest.fixture
def institution(machine: Machine) -> Institution:
    load()
    return make_employer("ours", "99000001").institution


def write(institution: Institution, code: str, key: str) -> Message:
    candidate = Candidate.objects.create(given_name="Kirsten", email=f"{key}@ansoeger.example")
    letter = send(code, to=candidate, institution=institution, values={"given_name": "Kirsten"}, key=key)
    assert letter is not None
    return letter


def carried(machine: Machine, letter: Message, *, tries: int) -> str:
    """Have a worker take the letter's errand now; the errand's state when it has been tried so often."""
    item = OutboxItem.objects.filter(subject=str(letter.pk))
    item.update(due_at=clock.now())
    machine.publish(item.values_list("pk", flat=True))
    settled = item.filter(tries__gte=tries).exclude(state="WORKING")
    try:
        wait_for(settled.exists, seconds=90)
    except AssertionError as late:
        raise AssertionError(f"{letter.key}: {item.values()}") from late
    return item.get().state


def state_of(letter: Message) -> str:
    return Message.objects.get(pk=letter.pk).state


def arrived(server: Misbehaving, letter: Message) -> int:
    return sum(letter.message_id.encode() in raw for raw in server.accepted)


def test_the_table_of_moods_holds_exactly(machine: Machine, server: Misbehaving, institution: Institution):
    machine.worker(beats=False)
    wrong = []

    def expect(mode: str, seen: tuple[object, ...], wanted: tuple[object, ...]) -> None:
        if seen != wanted:
            wrong.append((mode, seen, wanted))

    for number in range(min(1 + rounds() // 10, len(CODES))):  # a round takes four minutes
        code = CODES[number]
        for mode in (*TAKEN, *SAFE, *FINAL, *AMBIGUOUS):
            server.mode = mode
            letter = write(institution, code, f"{number}-{mode}")
            first = carried(machine, letter, tries=1)
            if mode in TAKEN:
                expect(mode, (first, state_of(letter), arrived(server, letter)), ("DONE", "SENT", 1))
            elif mode in FINAL:
                expect(mode, (first, state_of(letter), arrived(server, letter)), ("FAILED", "FAILED", 0))
            elif mode in AMBIGUOUS:
                expect(mode, (first, state_of(letter)), ("UNCERTAIN", "UNCERTAIN"))
                second = carried(machine, letter, tries=2)
                expect(mode, (second, state_of(letter), arrived(server, letter)), ("FAILED", "UNCERTAIN", 2))
            else:
                expect(mode, (first, state_of(letter), arrived(server, letter)), ("QUEUED", "QUEUED", 0))
                server.mode = "ok"
                second = carried(machine, letter, tries=2)
                expect(mode, (second, state_of(letter), arrived(server, letter)), ("DONE", "SENT", 1))

    assert wrong == []
