"""Who and what is busy when: numbers in which resource and time are one, so that the database can keep them apart."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils.translation import gettext as _

from recruitment.errors import NotPossible, Obstacle
from recruitment.interviews.models import Engagement, InterviewSlot, MeetingRoom, SlotState
from recruitment.people.models import User

TIME_BITS = 27  # minutes since 1970: enough until the year 2225
MINUTE = dt.timedelta(minutes=1)
BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def stretch(resource: User | MeetingRoom, begins: dt.datetime, ends: dt.datetime) -> NumericRange:
    """The resource's own stretch of numbers for this time; people have even numbers, rooms odd ones."""
    number = int(resource.pk) * 2 + isinstance(resource, MeetingRoom)
    base = number << TIME_BITS
    return NumericRange(base + _minutes(begins), base + _minutes(ends))


def _minutes(moment: dt.datetime) -> int:
    return (moment - BEGINNING) // MINUTE


def busy_until(slot: InterviewSlot) -> dt.datetime:
    """The panel talks in the pause, in the same room: both are busy until it is over."""
    return slot.ends_at + slot.pause_minutes * MINUTE


def engage(slot: InterviewSlot, people: Iterable[User]) -> None:
    """Let the slot take up its room and these people, and nothing else. Raises NotPossible where one of them is busy."""
    resources: list[Any] = sorted(set(people), key=lambda user: user.pk)
    if slot.room is not None:
        resources.append(slot.room)
    rows = [
        Engagement(
            slot=slot, user=None if isinstance(each, MeetingRoom) else each,
            room=each if isinstance(each, MeetingRoom) else None, during=stretch(each, slot.starts_at, busy_until(slot)),
        )
        for each in resources
    ]  # fmt: skip
    try:
        with transaction.atomic():
            slot.engagements.all().delete()
            if slot.state != SlotState.BLOCKED:
                Engagement.objects.bulk_create(rows)
    except IntegrityError as clash:
        if "nobody_is_in_two_places" not in str(clash):
            raise
        raise taken() from clash


def taken() -> NotPossible:
    """The refusal for a room or a person that is busy at that time."""
    message = _("The room or somebody on the panel is busy at that time. Choose another.")
    return NotPossible([Obstacle("taken", message, "slot")])


def busy_times(
    people: Iterable[User], rooms: Iterable[MeetingRoom], begins: dt.datetime, ends: dt.datetime
) -> dict[Any, list[tuple[dt.datetime, dt.datetime]]]:
    """When each of them is busy between the two instants, in every case of every institution; two queries."""
    found: dict[Any, list[tuple[dt.datetime, dt.datetime]]] = {}
    people, rooms = list(people), list(rooms)
    for name, chosen in (("user", people), ("room", rooms)):
        rows = Engagement.objects.filter(
            **{f"{name}__in": chosen}, slot__starts_at__lt=ends, slot__ends_at__gt=begins - dt.timedelta(hours=4)
        ).select_related("slot")
        by_key = {each.pk: each for each in chosen}
        for row in rows.order_by("slot__starts_at"):
            busy = found.setdefault((name, by_key[getattr(row, f"{name}_id")].pk), [])
            busy.append((row.slot.starts_at, busy_until(row.slot)))
    return found
