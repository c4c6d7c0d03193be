"""The clock's arithmetic on the wall in Copenhagen."""

import datetime as dt

import pytest

from recruitment.clock import COPENHAGEN, end_of_minute, shown


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize(("hour", "minute"), [(1, 59), (2, 0), (2, 30), (2, 59)])
def test_a_deadline_in_the_hour_that_comes_twice_ends_a_minute_later_and_no_more(hour, minute, fold):
    typed = dt.datetime(2026, 10, 25, hour, minute, 12, tzinfo=COPENHAGEN, fold=fold)

    ends = end_of_minute(typed)

    begins = typed.replace(second=0).astimezone(dt.UTC)
    assert ends.astimezone(dt.UTC) - begins == dt.timedelta(minutes=1)
    assert shown(ends).astimezone(dt.UTC) == begins


def test_the_last_minute_before_the_clock_goes_forward_ends_when_the_hour_is_skipped():
    ends = end_of_minute(dt.datetime(2026, 3, 29, 1, 59, tzinfo=COPENHAGEN))

    assert (ends.hour, ends.minute, ends.utcoffset()) == (3, 0, dt.timedelta(hours=2))
