"""When what the public sees has changed: a number that the database raises, and the next instant at which time alone changes it.

Whoever keeps a page for everybody keeps it under the number, so that no process shows what another has changed. The number
is raised by triggers as the change commits, whatever made it. A test holds that a page reads no table without one.
"""

import datetime as dt

from django.db import connection
from django.db.models import Min, Model

from recruitment import clock
from recruitment.advertising.models import Publication
from recruitment.cases.profile import AdvertisementRound

SOON = dt.timedelta(days=3)  # a deadline is marked when so little is left
ONE_DAY = dt.timedelta(days=1)


def current() -> tuple[int, dt.datetime]:
    """The number, and the instant at which it was read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce((SELECT number FROM recruitment_publicversion), 0), clock_timestamp()")
        number, instant = cursor.fetchone()
    return number, clock.moved(instant)


def next_turn(now: dt.datetime) -> dt.datetime:
    """When something opens, ends or is told in other words next, though nobody does anything: at the latest at midnight."""
    turns = [
        _first(AdvertisementRound, "application_deadline", now),
        _first(AdvertisementRound, "opens_at", now),
        _first(Publication, "publish_from", now),
        _first(Publication, "publish_until", now),
    ]
    if soon := _first(AdvertisementRound, "application_deadline", now + SOON):
        turns.append(soon - SOON)
    return min([*filter(None, turns), midnight_after(now)])


def _first(model: type[Model], field: str, after: dt.datetime) -> dt.datetime | None:
    found: dt.datetime | None = model._default_manager.filter(**{f"{field}__gt": after}).aggregate(at=Min(field))["at"]
    return found


def midnight_after(now: dt.datetime) -> dt.datetime:
    """The next midnight in Copenhagen: "in 3 days" becomes "in 2 days"."""
    tomorrow = now.astimezone(clock.COPENHAGEN).date() + ONE_DAY
    return dt.datetime.combine(tomorrow, dt.time(), clock.COPENHAGEN).astimezone(dt.UTC)
