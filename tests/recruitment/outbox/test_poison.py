"""An errand that ends every worker is parked and shown to a person; the others go on (reliability F04)."""

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.mail.models import Message, MessageState
from recruitment.mail.queries import letters_in_doubt
from recruitment.outbox import delivery
from recruitment.outbox.delivery import DONE, POISON_LIMIT, carry_out, claim, put, waiting
from recruitment.outbox.models import ItemState, OutboxItem
from tests.factories.world import make_application

pytestmark = pytest.mark.django_db


def end_a_worker(item: OutboxItem) -> None:
    """It has claimed the item and was ended; the lease has run out since."""
    assert claim(item.pk) is not None
    OutboxItem.objects.filter(pk=item.pk).update(lease_until=clock.now())


@pytest.fixture
def carried(monkeypatch):
    """What was carried out."""
    done = []
    monkeypatch.setitem(delivery.carriers, "test", (lambda item: done.append(item.subject) or DONE, lambda _item: None))
    return done


def test_after_five_workers_in_a_row_it_is_parked_without_another_try(carried):
    poison, healthy = put("test", "poison", key="poison"), put("test", "healthy", key="healthy")
    for _ in range(POISON_LIMIT):
        end_a_worker(poison)

    assert [carry_out(item.pk) for item in (poison, healthy)] == [ItemState.FAILED, ItemState.DONE]

    assert carried == ["healthy"]
    assert poison.pk not in waiting()


def test_one_less_and_it_is_still_tried(carried):
    item = put("test", "slow", key="slow")
    for _ in range(POISON_LIMIT - 1):
        end_a_worker(item)

    assert carry_out(item.pk) == ItemState.DONE


def test_a_worker_that_lives_to_tell_starts_the_count_anew(monkeypatch):
    answers = iter([delivery.Result(ItemState.QUEUED, "later", again_after=0 * delivery.MINUTE), DONE])
    monkeypatch.setitem(delivery.carriers, "test", (lambda _item: next(answers), lambda _item: None))
    item = put("test", "x", key="x")
    for _ in range(POISON_LIMIT - 1):
        end_a_worker(item)
    assert carry_out(item.pk) == ItemState.QUEUED
    for _ in range(POISON_LIMIT - 1):
        end_a_worker(item)

    assert carry_out(item.pk) == ItemState.DONE


def test_a_letter_that_is_parked_is_shown_to_hr_with_the_reason(world):
    letter = Message.objects.get(application=make_application(world.ours.round))
    item = OutboxItem.objects.get(subject=str(letter.pk))
    for _ in range(POISON_LIMIT):
        end_a_worker(item)

    carry_out(item.pk)

    letter.refresh_from_db()
    assert letter.state == MessageState.FAILED
    assert "workers" in letter.last_error
    assert letter in letters_in_doubt(world.ours.actor(Role.HR_EXTENDED))
