import datetime as dt
from collections.abc import Iterator

import pytest
from django.db.models.functions import Now

from recruitment.advertising.models import MediaListEntry, Medium, Publication
from recruitment.channels.actions import choose_channel, connect
from recruitment.channels.models import Connection
from recruitment.outbox.delivery import carry_out
from recruitment.outbox.models import OutboxItem
from tests.factories.world import HOUSE
from tests.recruitment.channels.partners import JobnetServer, Partner


@pytest.fixture
def jobnet_server(settings) -> Iterator[JobnetServer]:
    with JobnetServer() as server:
        settings.CHANNEL_TRUSTED_HOSTS = [server.host]
        yield server


@pytest.fixture
def receiver(settings) -> Iterator[Partner]:
    with Partner() as server:
        settings.CHANNEL_TRUSTED_HOSTS = [server.host]
        yield server


def entry_of(institution, code: str) -> MediaListEntry:
    return MediaListEntry.objects.get(institution=institution, medium__code=code)


def connect_jobnet(institution, server: JobnetServer) -> Connection:
    return connect(entry_of(institution, "JOBNET"), {"address": server.address}, secret=server.key, actor=HOUSE)[0]


def own_medium(institution, code: str, channel: str, settings: dict[str, str], kind: str = "OTHER") -> Connection:
    """A medium of the institution's own, chosen for every ad and connected."""
    medium = Medium.objects.create(code=code, name_da=code.title(), kind=kind, institution=institution)
    entry = MediaListEntry.objects.create(institution=institution, medium=medium, default_selected=True)
    choose_channel(entry, channel, actor=HOUSE)
    return connect(entry, settings, actor=HOUSE)[0]


def work(
    *,
    hurry: bool = True,
    moves_time: bool = True,
    kinds: tuple[str, ...] = ("media", "media-status", "media-again"),
) -> list[str]:
    """Carry out the media errands that are due (all that wait, in a hurry); the states that came of it.

    When time moves on, the rest of an address that was out of order is over as well.
    """
    items = OutboxItem.objects.filter(kind__in=kinds, state__in=["QUEUED", "UNCERTAIN"]).order_by("pk")
    if hurry:
        items.update(due_at=Now() - dt.timedelta(seconds=1))
    if hurry and moves_time:
        Connection.objects.filter(paused_until__isnull=False).update(paused_until=Now() - dt.timedelta(seconds=1))
    return [str(carry_out(item.pk)) for item in items]


def publication(round_, code: str) -> Publication:
    return Publication.objects.get(round=round_, medium__code=code)
