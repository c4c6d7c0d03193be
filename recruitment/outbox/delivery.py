"""Put, claim, settle. At least once by nature: whoever carries an item out uses its key against doing it twice."""

import datetime as dt
import logging
import math
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection, transaction

from recruitment import clock
from recruitment.events import ItemQueued, tell
from recruitment.outbox.models import ItemState, OutboxItem

logger = logging.getLogger("recruitment.outbox")
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)
#: Waits before the next try: about 72 hours in all, then a person is asked (reliability F12).
RETRY_PLAN = (
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    HOUR,
    4 * HOUR,
    12 * HOUR,
    24 * HOUR,
    30 * HOUR,
)
AWAKE = dt.timedelta(
    seconds=14
)  # how long a worker begins new errands; with the longest after it, within Celery's time limit
A_HANDFUL, MOST_HANDS = 25, 4
POISON_LIMIT = 5  # workers in a row that may end over an errand before it is parked and a person is told (F04)


@dataclass(frozen=True)
class Result:
    """How an errand went: its new state, and for a new try after how long."""

    state: ItemState
    error: str = ""
    again_after: dt.timedelta | None = None


DONE = Result(ItemState.DONE)

#: kind -> (carry out, give up). Filled by `wiring.py`.
carriers: dict[str, tuple[Callable[[OutboxItem], Result], Callable[[OutboxItem], None]]] = {}


#: For what goes to many: whatever goes to one goes first.
TO_MANY = 10


def put(kind: str, subject: object, *, key: str, due_at: dt.datetime | None = None, priority: int = 0) -> OutboxItem:
    """Leave an errand, in the caller's transaction. The same key twice gives the same item."""
    item, created = OutboxItem.objects.get_or_create(
        key=key,
        defaults={"kind": kind, "subject": str(subject), "due_at": due_at or clock.now(), "priority": priority},
    )
    if created:
        tell(ItemQueued(item.pk))
    return item


def put_for_later(kind: str, errands: Iterable[tuple[object, str, dt.datetime]]) -> None:
    """Leave many errands (subject, key, due) that the sweeper finds when they are due; those whose key is there stay as they are."""
    OutboxItem.objects.bulk_create(
        [
            OutboxItem(kind=kind, subject=str(subject), key=key, due_at=due, priority=TO_MANY)
            for subject, key, due in errands
        ],
        ignore_conflicts=True,
    )


def withdraw(key: str) -> bool:
    """Take back an errand that nobody holds. False when it is being carried out, or is over."""
    waiting = OutboxItem.objects.filter(key=key, state__in=[ItemState.QUEUED, ItemState.UNCERTAIN])
    return bool(waiting.update(state=ItemState.CANCELLED, settled_at=clock.now()))


def lease() -> dt.timedelta:
    """How long a worker may hold an item before somebody else takes it; longer than any errand lasts."""
    return dt.timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)


#: What may be taken: due, and held by nobody or by somebody whose lease has run out.
FREE = """due_at <= clock_timestamp()
          AND (state IN ('QUEUED', 'UNCERTAIN') OR (state = 'WORKING' AND lease_until < clock_timestamp()))"""
NEXT = f"(SELECT id FROM recruitment_outboxitem WHERE {FREE} ORDER BY priority, due_at LIMIT 1 FOR UPDATE SKIP LOCKED)"  # noqa: S608 - of our words


def claim(item_id: int) -> OutboxItem | None:
    """Take the item on a lease, in a transaction of its own; None if it is not due or somebody has it."""
    return _taken("%s", item_id)


def claim_next() -> OutboxItem | None:
    """Take the most urgent item that is free, of those the oldest, the same way; None if nothing waits."""
    return _taken(NEXT)


def _taken(which: str, *numbers: int) -> OutboxItem | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            UPDATE recruitment_outboxitem
               SET state = 'WORKING', lease_until = clock_timestamp() + %s, tries = tries + 1,
                   lost = CASE WHEN state = 'WORKING' THEN lost + 1 ELSE 0 END
             WHERE id = {which} AND {FREE}
            RETURNING id
            """,  # noqa: S608 - made of the words above
            [lease(), *numbers],  # type: ignore[list-item]  # psycopg2 knows intervals
        )
        taken = cursor.fetchone()
    return OutboxItem.objects.get(pk=taken[0]) if taken else None


def settle(item: OutboxItem, result: Result) -> None:
    """Write down how it went. Does nothing if the lease was lost and another has settled it since."""
    now = clock.now()
    due_at = item.due_at if result.again_after is None else now + result.again_after
    OutboxItem.objects.filter(pk=item.pk, tries=item.tries, state=ItemState.WORKING).update(
        state=result.state,
        last_error=result.error[:300],
        due_at=due_at,
        lease_until=None,
        settled_at=None if result.again_after is not None else now,
    )


def try_again(item: OutboxItem, error: str) -> Result:
    """The next place in the retry plan, with a fifth of jitter; FAILED when the plan is used up."""
    if item.tries > len(RETRY_PLAN):
        return Result(ItemState.FAILED, error)
    wait = RETRY_PLAN[item.tries - 1] * random.uniform(0.8, 1.2)  # noqa: S311 - spread, not secrecy
    return Result(ItemState.QUEUED, error, again_after=wait)


def carry_out(item_id: int) -> ItemState | None:
    """Claim, do, settle. Between claim and settle no transaction is open. None if the item is not to be had."""
    item = claim(item_id)
    return _carry_out(item) if item else None


def carry_on(first: int | None = None, *, awake: dt.timedelta = AWAKE) -> int:
    """Carry out this item, if it is to be had, and then what waits, one after the other, until nothing does or so long has gone; returns how many.

    A number is a call to wake up: so the most urgent goes next whatever the order of the calls, and a letter to a
    thousand wants no thousand calls.
    """
    until, carried = time.monotonic() + awake.total_seconds(), 0
    item = claim_next() if first is None else claim(first) or claim_next()
    while item:
        _carry_out(item)
        carried += 1
        item = claim_next() if time.monotonic() < until else None
    return carried


def _carry_out(item: OutboxItem) -> ItemState:
    carry, give_up = carriers[item.kind]
    result = _poisonous(item) or _carried(carry, item)
    settle(item, result)
    if result.state == ItemState.FAILED:
        item.last_error = result.error[:300]
        give_up(item)
    return result.state


def _poisonous(item: OutboxItem) -> Result | None:
    """Parks an errand over which so many workers have ended that it must be what ends them."""
    if item.lost < POISON_LIMIT:
        return None
    logger.error("outbox item %s is parked: %s workers ended over it", item.pk, item.lost)
    return Result(ItemState.FAILED, f"{item.lost} workers ended over it")


def _carried(carry: Callable[[OutboxItem], Result], item: OutboxItem) -> Result:
    try:
        return carry(item)
    except Exception as error:  # noqa: BLE001 - whatever an errand raises, it is tried again and never lost
        return try_again(item, f"{type(error).__name__}: {error}")


def waiting(limit: int = 300) -> list[int]:
    """Numbers of the items that are free, the urgent first and then the oldest."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM recruitment_outboxitem WHERE {FREE} ORDER BY priority, due_at LIMIT %s",  # noqa: S608 - ours
            [limit],
        )
        return [number for (number,) in cursor.fetchall()]


def hands_wanted() -> int:
    """How many workers the sweeper wakes: one for each handful that waits, a few at most."""
    return min(MOST_HANDS, math.ceil(len(waiting(A_HANDFUL * MOST_HANDS)) / A_HANDFUL))
