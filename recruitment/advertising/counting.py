"""Counting visitors and the way to an application: numbers a day, without an address, a cookie or a person."""

from typing import Any

from django.db import connection
from django.db.models import Sum

from recruitment import clock
from recruitment.advertising.models import Medium, TrackingLink
from recruitment.advertising.records import FunnelCount, FunnelStep

LONGEST_TOKEN = 16


def note_visit(token: str) -> Medium | None:
    """Count a visit by a tracking link and say which medium it came from; None for a token nobody made."""
    link = link_of(token)
    if link is None:
        return None
    _count("recruitment_trackingvisit", ("link_id", "day"), (link.pk, clock.today()))
    return link.publication.medium


def link_of(token: str, round_id: int | None = None) -> TrackingLink | None:
    """The link with this token, of this round where one is given. What is no token is nobody's."""
    if not token or len(token) > LONGEST_TOKEN or "\x00" in token:
        return None
    found = TrackingLink.objects.select_related("publication__medium").filter(token=token)
    return (found.filter(publication__round=round_id) if round_id else found).first()


def note_step(round_id: int, step: FunnelStep) -> None:
    """One more has come so far today."""
    _count("recruitment_funnelcount", ("round_id", "day", "step"), (round_id, clock.today(), step.value))


def _count(table: str, columns: tuple[str, ...], values: tuple[Any, ...]) -> None:
    """In one statement, so that two at once are two."""
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}, count) VALUES ({places}, 1) "  # noqa: S608 - names of our own, no input
            f"ON CONFLICT ({names}) DO UPDATE SET count = {table}.count + 1",
            values,
        )


def funnel_of(rounds: Any) -> list[tuple[FunnelStep, int]]:
    """Each step with its number over all days, in order."""
    rows = FunnelCount.objects.filter(round__in=rounds).values_list("step").annotate(n=Sum("count"))
    numbers = dict(rows.values_list("step", "n"))
    return [(step, numbers.get(step.value) or 0) for step in FunnelStep]
