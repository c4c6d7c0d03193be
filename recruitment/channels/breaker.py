"""An address that is out of order is left alone, and costs nobody else anything.

One call at a time goes to each address, so that one that hangs holds one worker at most. After five failures in a row
it is asked no more (open) until its rest is over; then the first errand that comes along tries it (half-open): when that
goes well everything goes out again, else it rests longer. Errands that wait here use none of their tries.
"""

import datetime as dt

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from recruitment import clock
from recruitment.channels.models import Connection
from recruitment.outbox.delivery import lease

MINUTE = dt.timedelta(minutes=1)
LIMIT = 5  # failures in a row
RESTS = (2 * MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, 60 * MINUTE)
TURN = dt.timedelta(seconds=10)  # until somebody else has finished speaking


def take(connection: Connection) -> dt.timedelta | None:
    """Take the line to the address, or hear how long to wait: somebody speaks on it, or it rests."""
    now = clock.now()
    mine = Connection.objects.filter(
        Q(speaking_until=None) | Q(speaking_until__lte=now), Q(paused_until=None) | Q(paused_until__lte=now), pk=connection.pk
    )  # fmt: skip
    if mine.update(speaking_until=now + lease()):
        return None
    paused = Connection.objects.values_list("paused_until", flat=True).get(pk=connection.pk)
    return max(paused - now, TURN) if paused else TURN


def has_answered(connection: Connection) -> None:
    """The other side is there, whatever it said: what waits may go."""
    Connection.objects.filter(pk=connection.pk).update(
        speaking_until=None, paused_until=None, failures=0, failing_since=None, used_at=clock.now()
    )


def has_failed(connection: Connection, wish: dt.timedelta | None = None) -> None:
    """Another failure in a row; `wish` is how long the other side asks everybody to wait."""
    now = clock.now()
    rows = Connection.objects.filter(pk=connection.pk)
    rows.update(
        failures=F("failures") + 1, failing_since=Coalesce("failing_since", now), speaking_until=None, used_at=now
    )
    failures = rows.values_list("failures", flat=True).get()
    pause = max(wish or dt.timedelta(0), rest_after(failures))
    rows.update(paused_until=now + pause if pause else None)


def rest_after(failures: int) -> dt.timedelta:
    """None before the limit, then longer with every failure."""
    return dt.timedelta(0) if failures < LIMIT else RESTS[min(failures - LIMIT, len(RESTS) - 1)]
