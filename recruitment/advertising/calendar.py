"""What goes live, comes down and ends on which day, and a person's own address for it."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import icalendar
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.access.decide import is_staff, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.models import Publication, PublicationState
from recruitment.advertising.records import CalendarFeed
from recruitment.audit.record import record
from recruitment.cases.entries import entry
from recruitment.cases.profile import AdvertisementRound
from recruitment.people.actor import Actor
from recruitment.people.models import User

UP, DOWN, DEADLINE = "up", "down", "deadline"
KINDS = {UP: gettext_lazy("goes live"), DOWN: gettext_lazy("comes down"), DEADLINE: gettext_lazy("deadline")}
GONE = (PublicationState.WITHDRAWN, PublicationState.FAILED, PublicationState.REJECTED_BY_MEDIUM)
FEED_BACK, FEED_AHEAD = dt.timedelta(days=31), dt.timedelta(days=186)


@dataclass(frozen=True)
class Entry:
    """One thing that happens at one instant. `key` stays the same when it is moved."""

    key: str
    kind: str
    at: dt.datetime
    case_id: Any
    case_number: str
    title: str
    unit: str
    medium: str = ""

    @property
    def day(self) -> dt.date:
        """The day in Copenhagen; what ends with a minute belongs to the day of that minute."""
        return (clock.shown(self.at) if self.kind != UP else self.at.astimezone(clock.COPENHAGEN)).date()

    @property
    def what(self) -> str:
        """In words."""
        return f"{KINDS[self.kind]}{': ' + self.medium if self.medium else ''}"


@dataclass(frozen=True)
class Wanted:
    """What the calendar is narrowed to; empty means everything in reach."""

    unit_path: str = ""
    medium: Any = None
    kinds: frozenset[str] = frozenset(KINDS)


def entries(actor: Actor, start: dt.date, end: dt.date, wanted: Wanted | None = None) -> list[Entry]:
    """Everything in reach from the first day to the last, in order of time; three queries, however many."""
    chosen = wanted or Wanted()
    begin, stop = _midnight(start), _midnight(end + dt.timedelta(days=1))
    found = [*_of_media(actor, begin, stop, chosen)]
    if DEADLINE in chosen.kinds and chosen.medium is None:
        found += _of_rounds(actor, begin, stop, chosen)
    inside = (entry for entry in found if entry.kind in chosen.kinds and start <= entry.day <= end)
    return sorted(inside, key=lambda entry: (entry.at, entry.title, entry.kind))


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=clock.COPENHAGEN)


def _of_media(actor: Actor, begin: dt.datetime, stop: dt.datetime, wanted: Wanted) -> Iterator[Entry]:
    within = (
        Q(publish_from__range=(begin, stop)) | Q(publish_until__range=(begin, stop)) | Q(ended_at__range=(begin, stop))
    )
    rows = visible(actor, Permission.CASE_READ_AD_FACTS, Publication.objects.filter(within))
    if wanted.unit_path:
        rows = rows.filter(round__case__unit__path__startswith=wanted.unit_path)
    if wanted.medium:
        rows = rows.filter(medium=wanted.medium)
    for row in rows.select_related("medium", "round__case__unit"):
        about = _about(row.round)
        gone = row.state in GONE
        if row.publish_from and (row.live_at or not gone):
            yield Entry(f"up-{row.pk}", UP, row.live_at or row.publish_from, medium=str(row.medium), **about)
        ends = row.ended_at or (None if gone else row.publish_until)
        if ends and (row.live_at or not gone):
            yield Entry(f"down-{row.pk}", DOWN, ends, medium=str(row.medium), **about)


def _of_rounds(actor: Actor, begin: dt.datetime, stop: dt.datetime, wanted: Wanted) -> Iterator[Entry]:
    rounds = AdvertisementRound.objects.filter(application_deadline__range=(begin, stop))
    rows = visible(actor, Permission.CASE_READ_AD_FACTS, rounds)
    if wanted.unit_path:
        rows = rows.filter(case__unit__path__startswith=wanted.unit_path)
    for row in rows.select_related("case__unit"):
        if row.application_deadline:
            yield Entry(f"deadline-{row.pk}", DEADLINE, row.application_deadline, **_about(row))


def _about(round_: AdvertisementRound) -> dict[str, Any]:
    case = round_.case
    return {"case_id": case.pk, "case_number": case.case_number, "title": case.title, "unit": case.unit.name}


@transaction.atomic
def make_feed(user: User, *, actor: Actor) -> str:
    """A new secret for the person's feed; the one before it opens nothing any more. Told once, kept as a digest."""
    token = secrets.token_urlsafe(24)
    feed, _made = CalendarFeed.objects.update_or_create(
        user=user, defaults={"digest": _digest(token), "made_at": clock.now()}
    )
    record(actor, "calendar_feed.make", feed)
    return token


@transaction.atomic
def end_feed(user: User, *, actor: Actor) -> None:
    """The address opens nothing any more."""
    for feed in CalendarFeed.objects.filter(user=user):
        record(actor, "calendar_feed.end", feed)
        feed.delete()


def owner_of(token: str) -> User | None:
    """Whose feed it is; None for a token nobody holds, or a person who has left."""
    feed = CalendarFeed.objects.select_related("user").filter(digest=_digest(token), user__is_active=True).first()
    return feed.user if feed and is_staff(Actor.person(feed.user)) else None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def as_events(found: list[Entry], *, site: str) -> list[icalendar.Event]:
    """The entries for any calendar (RFC 5545)."""
    return [
        entry(
            f"{one.key}@opslag", summary=f"{one.title}: {one.what}", words=f"{one.case_number} · {one.unit}",
            link=f"{site}/admin/cases/{one.case_id}/", dtstart=one.at.astimezone(dt.UTC), duration=dt.timedelta(0),
        )
        for one in found
    ]  # fmt: skip
