"""The day an ad usually promises an answer."""

import datetime as dt

import pytest

from recruitment.cases.dates import usual_answer_date
from recruitment.clock import COPENHAGEN, end_of_minute


@pytest.mark.parametrize(
    ("days", "promised"),
    [(0, dt.date(2026, 12, 4)), (1, dt.date(2026, 12, 7)), (2, dt.date(2026, 12, 7)), (3, dt.date(2026, 12, 7)), (42, dt.date(2027, 1, 15))],
)  # fmt: skip
def test_it_is_counted_from_the_day_shown_and_never_falls_in_a_weekend(days, promised):
    deadline = end_of_minute(dt.datetime(2026, 12, 4, 23, 59, tzinfo=COPENHAGEN))

    assert usual_answer_date(deadline, days) == promised
