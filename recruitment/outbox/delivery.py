"""Put, claim, settle. At least once by nature: whoever carries an item out uses its key against doing it twice."""

import datetime as dt
import logging
import random
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


def claim(item_id: int) -> OutboxItem | None:
    """Take the item on a lease, in a transaction of its own; None if it is not due or somebody has it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE recruitment_outboxitem
               SET state = 'WORKING', lease_until = clock_timestamp() + %s, tries = tries + 1,
                   lost = CASE WHEN state = 'WORKING' THEN lost + 1 ELSE 0 END
             WHERE id = %s AND due_at <= clock_timestamp()
               AND (state IN ('QUEUED', 'UNCERTAIN') OR (state = 'WORKING' AND lease_until < clock_timestamp()))
            RETURNING id
            """,
            [lease(), item_id],  # type: ignore[list-item]  # psycopg2 knows intervals
        )
        taken = cursor.fetchone()
    return OutboxItem.objects.get(pk=item_id) if taken else None


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
    """Claim, do, settle: what a worker does with a number. Between claim and settle no transaction is open."""
    item = claim(item_id)
    if item is None:
        return None
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
    """Numbers of the items that are due and that nobody holds, the urgent first and then the oldest: what the sweeper sends out again."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT id FROM recruitment_outboxitem
             WHERE due_at <= clock_timestamp()
               AND (state IN ('QUEUED', 'UNCERTAIN') OR (state = 'WORKING' AND lease_until < clock_timestamp()))
             ORDER BY priority, due_at LIMIT %s
            """,
            [limit],
        )
        return [number for (number,) in cursor.fetchall()]
