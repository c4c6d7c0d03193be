"""A worker that is awake goes on with what waits: the most urgent first, then the oldest, and two never with the same."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from recruitment import clock
from recruitment.outbox import delivery
from recruitment.outbox.delivery import A_HANDFUL, DONE, MOST_HANDS, TO_MANY, carry_on, claim_next, hands_wanted, put
from recruitment.outbox.models import ItemState, OutboxItem

A_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def carried(monkeypatch):
    """What was carried out, in its order; "broken" cannot be."""
    done: list[str] = []

    def carry(item: OutboxItem) -> delivery.Result:
        if item.subject == "broken":
            raise ValueError(item.subject)
        done.append(item.subject)
        return DONE

    monkeypatch.setitem(delivery.carriers, "test", (carry, lambda _item: None))
    return done


def leave(name: str, *, ago: int = 0, priority: int = 0) -> OutboxItem:
    return put("test", name, key=name, due_at=clock.now() - ago * A_MINUTE, priority=priority)


@pytest.mark.django_db
class TestOne:
    def test_what_it_was_woken_for_goes_first_then_the_urgent_then_the_oldest(self, carried):
        leave("to many", ago=9, priority=TO_MANY)
        leave("young", ago=1)
        called = leave("called", priority=TO_MANY)
        leave("old", ago=5)

        assert carry_on(called.pk) == 4

        assert carried == ["called", "old", "young", "to many"]

    def test_called_for_what_is_done_already_it_takes_what_waits(self, carried):
        done, other = leave("done"), leave("other")
        OutboxItem.objects.filter(pk=done.pk).update(state=ItemState.DONE)

        carry_on(done.pk)

        assert carried == [other.subject]

    def test_what_is_not_due_waits(self, carried):
        leave("tomorrow", ago=-1440)

        assert (carry_on(), carried) == (0, [])

    def test_one_that_cannot_be_carried_out_stops_nobody_and_is_not_tried_at_once(self, carried):
        broken = leave("broken", ago=3)
        leave("next", ago=2)

        assert carry_on() == 2

        broken.refresh_from_db()
        assert (carried, broken.state, broken.tries) == (["next"], ItemState.QUEUED, 1)

    def test_when_its_time_is_over_it_begins_nothing_more(self, carried):
        for number in range(3):
            leave(str(number), ago=3 - number)

        carry_on(awake=dt.timedelta(0))

        assert carried == ["0"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("waiting", "hands"),
    [(0, 0), (1, 1), (A_HANDFUL, 1), (A_HANDFUL + 1, 2), (A_HANDFUL * MOST_HANDS + 1, MOST_HANDS)],
)
def test_the_sweeper_wakes_one_for_each_handful_and_a_few_at_most(waiting, hands):
    for number in range(waiting):
        leave(str(number))

    assert hands_wanted() == hands


@pytest.mark.django_db(transaction=True)
def test_what_another_is_just_taking_is_passed_by_and_not_waited_for(carried):
    first, second = leave("first", ago=2), leave("second", ago=1)

    def take_next() -> int | None:
        try:
            item = claim_next()
            return item.pk if item else None
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        OutboxItem.objects.select_for_update().get(pk=first.pk)
        assert other.submit(take_next).result(timeout=20) == second.pk


@pytest.mark.django_db(transaction=True)
def test_four_hands_carry_each_errand_out_once(carried):
    names = {str(number) for number in range(40)}
    for name in names:
        leave(name)

    def work(_hand: int) -> int:
        try:
            return carry_on()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        assert sum(hands.map(work, range(4))) == len(names)

    assert sorted(carried) == sorted(names)
