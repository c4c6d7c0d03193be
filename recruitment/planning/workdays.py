"""Days on which the offices of the state are open in Denmark."""

import datetime as dt
from functools import cache

import holidays

SATURDAY = 5


@cache
def _closed(year: int) -> frozenset[dt.date]:
    """Public holidays, and the days on which the state's offices are closed besides: 5 June, Christmas Eve, New Year's Eve."""
    known = holidays.country_holidays("DK", years=year)
    return frozenset({*known, dt.date(year, 6, 5), dt.date(year, 12, 24), dt.date(year, 12, 31)})


def is_workday(day: dt.date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < SATURDAY and day not in _closed(day.year)


def workday_from(day: dt.date, offset: int) -> dt.date:
    """So many working days after the day, or before it where the number is negative.

    With 0 it is the day itself, or the last working day before it: what must be ready by a Sunday is ready on the Friday.
    """
    step = dt.timedelta(days=1 if offset > 0 else -1)
    left = abs(offset)
    while left or not is_workday(day):
        day += step
        if is_workday(day):
            left = max(left - 1, 0)
    return day


def workdays_between(first: dt.date, last: dt.date) -> int:
    """How many working days lie after the first day, up to and with the last; negative where the last comes before."""
    if last < first:
        return -workdays_between(last, first)
    return sum(is_workday(first + dt.timedelta(days=n)) for n in range(1, (last - first).days + 1))
