"""Taking points out of a bucket. The database counts, in one statement, so all web processes share one count."""

import datetime as dt
import hashlib
import math
from dataclasses import dataclass
from typing import Any

from django.db import connection

from recruitment import clock
from recruitment.allowances.models import Allowance

KEPT = dt.timedelta(days=1)  # longer than any bucket takes to fill

# The row is locked by the statement, so two who ask at once cannot both take the last points.
_TAKE = """
INSERT INTO recruitment_allowance AS held (key, points, at)
SELECT %(key)s, %(most)s::float - %(points)s, clock_timestamp() WHERE %(most)s >= %(points)s
ON CONFLICT (key) DO UPDATE SET at = clock_timestamp(), points = -%(points)s +
    least(%(most)s, held.points + %(rate)s * extract(epoch FROM clock_timestamp() - held.at))
WHERE least(%(most)s, held.points + %(rate)s * extract(epoch FROM clock_timestamp() - held.at)) >= %(points)s
RETURNING points
"""
_LOOK = """
SELECT least(%(most)s, points + %(rate)s * extract(epoch FROM clock_timestamp() - at))
FROM recruitment_allowance WHERE key = %(key)s
"""


@dataclass(frozen=True)
class Bucket:
    """Holds `most` points and fills by `rate` points a second."""

    most: int
    rate: float


@dataclass(frozen=True)
class Taken:
    """Whether the points were there, how many are left, and in how many seconds there are enough, and all of them."""

    granted: bool
    left: int
    wait: int
    full_in: int


def take(bucket: Bucket, who: str, points: int) -> Taken:
    """Take the points, or nothing when there are too few. Outside a transaction, or the row stays locked until its end."""
    about: dict[str, Any] = {"key": _digest(who), "most": bucket.most, "rate": bucket.rate, "points": points}
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, about)
        taken = cursor.fetchone()
        if taken is None:
            cursor.execute(_LOOK, about)
        left = float((taken or cursor.fetchone() or (bucket.most,))[0])
    wait = 0 if taken else math.ceil((points - left) / bucket.rate)
    return Taken(taken is not None, int(left), wait, math.ceil((bucket.most - left) / bucket.rate))


def forget_full_buckets() -> int:
    """Delete the rows of those who have not asked for a day. Returns how many."""
    return Allowance.objects.filter(at__lt=clock.now() - KEPT).delete()[0]


def _digest(who: str) -> str:
    return hashlib.sha256(who.encode("utf-8", "replace")).hexdigest()
