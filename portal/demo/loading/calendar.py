"""Days counted from the day of loading, so that the demo never ages."""

import datetime as dt

from recruitment import clock
from recruitment.planning.workdays import workday_from


def day(offset: int) -> dt.date:
    """The date so many days from the real today, also while the clock is set back."""
    return dt.datetime.now(clock.COPENHAGEN).date() + dt.timedelta(days=offset)


def workday(offset: int) -> dt.date:
    """That day, or the first after it on which offices are open."""
    return workday_from(day(offset - 1), 1)


def moment(offset: int, at: str = "10.00") -> dt.datetime:
    """An instant on that day, clock time in Copenhagen."""
    hour, minute = (int(part) for part in at.split("."))
    return dt.datetime.combine(day(offset), dt.time(hour, minute), tzinfo=clock.COPENHAGEN)


def on_day(offset: int, at: str = "10.00") -> dt.timedelta:
    """How far the clock must be shifted to stand at that instant."""
    return moment(offset, at) - dt.datetime.now(dt.UTC)
