"""Buckets of points: what is taken is gone for everybody who shares the bucket, and comes back with time."""

import datetime as dt
import threading

import pytest
from django.db import connection
from django.db.models import F

from recruitment import clock
from recruitment.allowances.actions import Bucket, forget_full_buckets, take
from recruitment.allowances.models import Allowance

SLOW = Bucket(most=10, rate=0.001)


def let_pass(seconds: int) -> None:
    Allowance.objects.update(at=F("at") - dt.timedelta(seconds=seconds))


@pytest.mark.django_db
class TestOneAfterAnother:
    def test_points_are_granted_while_they_last_and_then_not_one(self):
        granted = [take(SLOW, "anna", 3).granted for _ in range(5)]

        assert granted == [True, True, True, False, False]
        assert take(SLOW, "anna", 1).granted

    def test_one_who_is_refused_pays_nothing_and_is_told_how_long_to_wait(self):
        take(SLOW, "anna", 9)

        refused = take(SLOW, "anna", 5)

        assert (refused.granted, refused.left) == (False, 1)
        assert 3_990 < refused.wait <= 4_000

    def test_another_has_a_bucket_of_their_own(self):
        take(SLOW, "anna", 10)

        assert not take(SLOW, "anna", 1).granted
        assert take(SLOW, "bodil", 10).granted

    def test_points_come_back_with_time_and_never_more_than_it_holds(self):
        take(SLOW, "anna", 10)
        let_pass(4_000)
        assert take(SLOW, "anna", 4).granted
        assert not take(SLOW, "anna", 1).granted

        let_pass(1_000_000)
        assert not take(SLOW, "anna", 11).granted
        assert take(SLOW, "anna", 10).granted

    def test_more_than_the_bucket_holds_is_never_granted_not_even_the_first_time(self):
        assert take(SLOW, "anna", 10).left == 0
        assert not take(SLOW, "carl", 11).granted

    def test_nobody_can_be_recognised_in_the_table(self):
        take(SLOW, "graphql network 192.0.2.0/24", 1)

        (held,) = Allowance.objects.all()
        assert "192" not in held.key
        assert len(held.key) == 64

    def test_buckets_that_nobody_has_touched_for_a_day_are_forgotten(self):
        take(SLOW, "anna", 1)
        let_pass(90_000)
        take(SLOW, "bodil", 1)

        assert forget_full_buckets() == 1
        assert Allowance.objects.get().at > clock.now() - dt.timedelta(minutes=5)


@pytest.mark.django_db(transaction=True)
def test_those_who_ask_at_the_same_moment_share_what_is_there():
    granted, together = [], threading.Barrier(4)

    def ask() -> None:
        together.wait()
        granted.extend(take(SLOW, "anna", 1).granted for _ in range(5))
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(granted), granted.count(True)) == (20, 10)
