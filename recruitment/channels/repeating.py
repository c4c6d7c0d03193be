"""Saying again, by a person's click, what a receiver was told: for one that has lost what it got.

The same words under the same number, so a receiver that has them already does nothing. The ad's state does not change.
"""

import datetime as dt
import random

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.channels.breaker import has_answered, has_failed, take
from recruitment.channels.delivery import posting_of
from recruitment.channels.interface import Channel, Line, Refused, TryLater
from recruitment.channels.kinds import CHANNELS
from recruitment.channels.models import Connection, Delivery, DeliveryState
from recruitment.channels.queries import connection_of
from recruitment.errors import NotPossible, Obstacle
from recruitment.outbox.delivery import DONE, Result, put
from recruitment.outbox.models import ItemState, OutboxItem
from recruitment.people.actor import Actor

AGAIN = "media-again"
OVER = (DeliveryState.DONE, DeliveryState.FAILED)


def may_be_repeated(delivery: Delivery) -> bool:
    """What was said word for word, and is no task of somebody's any more."""
    return bool(delivery.words) and delivery.state in OVER and not delivery.is_task


@transaction.atomic
def say_again(delivery: Delivery, connection: Connection, *, actor: Actor) -> OutboxItem:
    """Leave the errand. One that waits already is enough."""
    require(actor, Permission.MEDIALIST_EDIT, connection)
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if not connection.active or not may_be_repeated(locked):
        raise NotPossible([Obstacle("not_repeatable", _("This cannot be sent again."))])
    errands = OutboxItem.objects.filter(kind=AGAIN, subject=str(locked.pk))
    if waiting := errands.filter(state__in=[ItemState.QUEUED, ItemState.WORKING]).first():
        return waiting
    record(actor, "delivery.say_again", locked)
    return put(AGAIN, locked.pk, key=f"{AGAIN}:{locked.pk}:{errands.count()}")


def repeat(item: OutboxItem) -> Result:
    """Carry it out, by the channel's own plan."""
    delivery = Delivery.objects.select_related("publication__medium", "publication__round__case__institution").filter(pk=item.subject).first()  # fmt: skip
    connection = connection_of(delivery.publication) if delivery else None
    if delivery is None or connection is None:
        return Result(ItemState.CANCELLED)
    if wait := take(connection):
        return Result(ItemState.QUEUED, again_after=wait)
    channel = CHANNELS[connection.entry.medium.adapter]
    try:
        channel.repeat(posting_of(delivery), Line.of(connection))
    except Refused as error:
        has_answered(connection)
        return Result(ItemState.FAILED, str(error))
    except Exception as error:  # noqa: BLE001 - it is safe to say it again
        has_failed(connection, error.after if isinstance(error, TryLater) else None)
        return _later(channel, clock.now() - item.created_at, str(error))
    has_answered(connection)
    Delivery.objects.filter(pk=delivery.pk).update(repeated_at=clock.now())
    return DONE


def _later(channel: Channel, age: dt.timedelta, error: str) -> Result:
    """The place in the plan that its age has come to: turns that it waited are no tries."""
    ahead = dt.timedelta(0)
    for wait in channel.plan:
        ahead += wait
        if ahead > age:
            return Result(ItemState.QUEUED, error, again_after=wait * random.uniform(0.8, 1.2))  # noqa: S311 - spread
    return Result(ItemState.FAILED, error)


def give_up(item: OutboxItem) -> None:
    """Nobody waits for it but the person who clicked, who sees on the channel's screen that it failed."""
