"""The one clock: the database's. A deadline is decided by it and by nothing else (reliability I8)."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.db import connection

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_offset: ContextVar[dt.timedelta] = ContextVar("clock_offset", default=dt.timedelta(0))
_held: ContextVar[dt.datetime | None] = ContextVar("clock_held", default=None)


def now() -> dt.datetime:
    """The database's time at this moment (not at the start of the transaction), in UTC."""
    if held := _held.get():
        return held
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (instant,) = cursor.fetchone()
    return moved(instant)


def moved(instant: dt.datetime) -> dt.datetime:
    """An instant that the database has just told, in UTC, as far ahead as this clock runs."""
    return instant.astimezone(dt.UTC) + _offset.get()


@contextmanager
def held(instant: dt.datetime) -> Iterator[None]:
    """Let it be one instant throughout: a page that is kept must be right at the instant it is kept for. Never for a deed."""
    token = _held.set(instant)
    try:
        yield
    finally:
        _held.reset(token)


def today() -> dt.date:
    """The date in Copenhagen at this moment."""
    return now().astimezone(COPENHAGEN).date()


@contextmanager
def shifted(offset: dt.timedelta) -> Iterator[None]:
    """Let the clock run ahead (or behind) by `offset`. For tests and the demo loader only."""
    token = _offset.set(_offset.get() + offset)
    try:
        yield
    finally:
        _offset.reset(token)


def months_after(instant: dt.datetime, months: int) -> dt.datetime:
    """The same day that many months later by the calendar; the month's last day where it is shorter."""
    return instant + relativedelta(months=months)


def end_of_minute(shown: dt.datetime) -> dt.datetime:
    """The exclusive instant at which a deadline shown as `shown` ends: 23.59 ends when that minute ends."""
    minute = shown.replace(second=0, microsecond=0).astimezone(dt.UTC)  # on the wall 02.59 comes twice in October
    return (minute + dt.timedelta(minutes=1)).astimezone(shown.tzinfo)


def shown(deadline: dt.datetime) -> dt.datetime:
    """The last whole minute before the exclusive instant `deadline`, in Copenhagen: what people are shown."""
    return (deadline.astimezone(dt.UTC) - dt.timedelta(minutes=1)).astimezone(COPENHAGEN)
