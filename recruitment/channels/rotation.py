"""Signing secrets that take over from each other: for a time both sign, so that no message is refused meanwhile."""

import datetime as dt

from django.db import transaction

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.channels.models import Connection
from recruitment.channels.secrets import seal
from recruitment.channels.webhook import new_secret
from recruitment.people.actor import Actor

LONGEST_OVERLAP = dt.timedelta(days=30)


@transaction.atomic
def renew_secret(connection: Connection, *, actor: Actor, overlap: dt.timedelta = dt.timedelta(0)) -> str:
    """A new signing secret, shown once. The one before signs beside it as long as `overlap`; one before that no longer."""
    require(actor, Permission.MEDIALIST_EDIT, connection)
    locked = Connection.objects.select_for_update().get(pk=connection.pk)
    secret, now = new_secret(), clock.now()
    overlap = min(max(overlap, dt.timedelta(0)), LONGEST_OVERLAP)
    locked.former_secret = locked.secret if overlap else ""
    locked.former_until = now + overlap if locked.former_secret else None
    locked.secret, locked.secret_made_at = seal(secret), now
    locked.save(update_fields=["secret", "secret_made_at", "former_secret", "former_until"])
    record(actor, "channel.renew_secret", locked, overlap_hours=int(overlap.total_seconds() // 3600))
    return secret


@transaction.atomic
def end_rotation(connection: Connection, *, actor: Actor) -> None:
    """From now on only the present secret signs."""
    require(actor, Permission.MEDIALIST_EDIT, connection)
    Connection.objects.filter(pk=connection.pk).update(former_secret="", former_until=None)
    record(actor, "channel.end_rotation", connection)
