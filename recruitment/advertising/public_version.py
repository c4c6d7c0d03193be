"""When what the public sees has changed: a number that the database raises, and the next instant at which time alone changes it.

Whoever keeps a page for everybody keeps it under the number, so that no process shows what another has changed. The number
is raised by triggers as the change commits, whatever made it. A test holds that a page reads no table without one.
"""

import datetime as dt

from django.db import connection

from recruitment import clock

SOON = dt.timedelta(days=3)  # a deadline is marked when so little is left
ONE_DAY = dt.timedelta(days=1)
NEXT_TURN = """SELECT least(
    (SELECT min(application_deadline) FROM recruitment_advertisementround WHERE application_deadline > %(now)s),
    (SELECT min(application_deadline) - make_interval(days => %(days)s) FROM recruitment_advertisementround WHERE application_deadline > %(soon)s),
    (SELECT min(opens_at) FROM recruitment_advertisementround WHERE opens_at > %(now)s),
    (SELECT min(publish_from) FROM recruitment_publication WHERE publish_from > %(now)s),
    (SELECT min(publish_until) FROM recruitment_publication WHERE publish_until > %(now)s))"""


def current() -> tuple[int, dt.datetime]:
    """The number, and the instant at which it was read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce((SELECT number FROM recruitment_publicversion), 0), clock_timestamp()")
        number, instant = cursor.fetchone()
    return number, clock.moved(instant)


def next_turn(now: dt.datetime) -> dt.datetime:
    """When something opens, ends or is told in other words next, though nobody does anything: at the latest at midnight."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_TURN, {"now": now, "soon": now + SOON, "days": SOON.days})
        (turn,) = cursor.fetchone()
    return min(turn.astimezone(dt.UTC), midnight_after(now)) if turn else midnight_after(now)


def midnight_after(now: dt.datetime) -> dt.datetime:
    """The next midnight in Copenhagen: "in 3 days" becomes "in 2 days"."""
    tomorrow = now.astimezone(clock.COPENHAGEN).date() + ONE_DAY
    return dt.datetime.combine(tomorrow, dt.time(), clock.COPENHAGEN).astimezone(dt.UTC)
