"""Working days of the state's offices."""

import datetime as dt

import pytest

from recruitment.planning.workdays import is_workday, workday_from, workdays_between


@pytest.mark.parametrize(
    "closed",
    ["2026-11-28", "2026-11-29", "2026-12-24", "2026-12-25", "2026-12-31", "2027-01-01", "2027-03-25", "2027-06-05", "2027-05-17"],
)  # fmt: skip
def test_weekends_holidays_and_the_days_between_are_closed(closed):
    assert not is_workday(dt.date.fromisoformat(closed))


@pytest.mark.parametrize("open_day", ["2026-11-26", "2026-12-23", "2027-05-01", "2026-12-30"])
def test_other_days_are_open(open_day):
    day = dt.date.fromisoformat(open_day)
    assert is_workday(day) == (day.weekday() < 5)


@pytest.mark.parametrize(
    ("day", "offset", "found"),
    [
        ("2026-12-23", 1, "2026-12-28"),
        ("2027-01-04", -1, "2026-12-30"),
        ("2026-11-29", 0, "2026-11-27"),
        ("2026-11-26", 0, "2026-11-26"),
        ("2026-11-29", 1, "2026-11-30"),
        ("2027-03-24", 2, "2027-03-31"),
    ],
)
def test_counting_steps_over_closed_days(day, offset, found):
    assert workday_from(dt.date.fromisoformat(day), offset) == dt.date.fromisoformat(found)


@pytest.mark.parametrize("offset", [1, 7, 45, -1, -20])
def test_what_was_counted_is_counted_back(offset):
    day = dt.date(2026, 11, 26)
    assert workdays_between(day, workday_from(day, offset)) == offset
