"""A letter to everybody while workers die: none is lost, hardly one goes twice, and that one is known (F01, F02, F03)."""

import os
import random
import signal
import time

import pytest

from recruitment.mail.actions import send
from recruitment.mail.models import Message
from recruitment.organisation.models import Institution
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import Candidate
from recruitment.shipped.load import load
from tests.factories.world import make_employer
from tests.faults.machine import Machine
from tests.journeys.conftest import wait_for
from tests.tools import rounds

pytestmark = [pytest.mark.faults, pytest.mark.long, pytest.mark.django_db(transaction=True)]
A_ROUND, KILLS_A_ROUND = 50, 1.5  # at twenty rounds the thousand letters and thirty kills of F01
FULL_SIZE = 1000  # letters: of fewer, one in five hundred is none
AFTER_THE_LAST = 120  # seconds from the last start until everything has gone


def write_letters(number: int) -> list[int]:
    """A rejection to so many; numbers of the errands."""
    load()
    institution: Institution = make_employer("ours", "99000001").institution
    values = {
        "given_name": "Kirsten",
        "institution": institution.name,
        "job_title": "Fuldmægtig",
        "deletion_rule": "om et halvt år",
    }
    for place in range(number):
        candidate = Candidate.objects.create(given_name="Kirsten", email=f"nr{place}@ansoeger.example")
        send("REJECTION_NO_INTERVIEW", to=candidate, institution=institution, values=values, key=f"fan:{place}")
    return list(OutboxItem.objects.filter(kind="mail").values_list("pk", flat=True))


def unsent() -> int:
    return Message.objects.exclude(state="SENT").count()


def dice_for(figure) -> random.Random:
    seed = random.randrange(10**6)
    figure("seed", seed)
    return random.Random(seed)


def test_a_worker_group_killed_again_and_again_loses_no_letter_and_repeats_hardly_one(machine: Machine, figure):
    """F01: SIGKILL to the whole group at random moments of the work."""
    dice, letters = dice_for(figure), A_ROUND * rounds()
    machine.publish(write_letters(letters))
    kills = 0
    worker = machine.worker()
    while kills < round(KILLS_A_ROUND * rounds()) and unsent():
        before = unsent()
        wait_for(lambda before=before: unsent() < before or not unsent(), seconds=90)
        time.sleep(dice.uniform(0, 0.6))
        machine.kill(worker)
        kills += 1
        worker = machine.worker()
    left, since = unsent(), time.monotonic()
    wait_for(lambda: not unsent(), seconds=AFTER_THE_LAST)
    figure(f"seconds from the last start until the {left} left were gone:", round(time.monotonic() - since))

    copies = machine.copies()
    twice = [number for number, times in copies.items() if times > 1]
    figure("kills:", kills)
    figure("letters that went twice:", len(twice))
    assert len(copies) == letters
    assert max(copies.values()) <= 2
    assert len(twice) <= kills  # one letter in hand at a time
    if letters >= FULL_SIZE:
        assert len(twice) <= letters * 0.002
    assert set(twice) <= known_to_be_in_doubt()


def known_to_be_in_doubt() -> set[str]:
    """Letters whose errand was in a worker's hands when it ended."""
    lost = [item.subject for item in OutboxItem.objects.filter(kind="mail", lost__gt=0)]
    return set(Message.objects.filter(pk__in=lost).values_list("message_id", flat=True))


def test_a_child_that_is_killed_costs_no_letter(machine: Machine, figure):
    """F02: one process of the pool ends; the errand in its hands is found again after its lease."""
    dice, letters = dice_for(figure), A_ROUND * rounds()
    machine.publish(write_letters(letters))
    machine.timetable()
    worker = machine.worker(children=2, beats=False)
    for _round in range(rounds()):
        before = unsent()
        wait_for(lambda before=before: unsent() < before or not unsent(), seconds=90)
        time.sleep(dice.uniform(0, 0.3))
        children = machine.children_of(worker)
        if children and unsent():
            os.kill(dice.choice(children), signal.SIGKILL)
    wait_for(lambda: not unsent(), seconds=AFTER_THE_LAST)

    copies = machine.copies()
    assert len(copies) == letters
    twice = sum(copies.values()) - letters
    figure("letters that went twice:", twice)
    assert twice <= (letters * 0.002 if letters >= FULL_SIZE else rounds())  # a kill a round


def test_a_number_that_is_said_three_times_is_carried_out_once(machine: Machine):
    """F03: two workers, everything delivered thrice."""
    letters = A_ROUND * rounds()
    machine.publish(write_letters(letters), times=3)
    machine.worker()
    machine.worker(beats=False)
    wait_for(lambda: not unsent(), seconds=AFTER_THE_LAST + 60)
    time.sleep(3)

    copies = machine.copies()
    assert (len(copies), sum(copies.values())) == (letters, letters)
