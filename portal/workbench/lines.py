"""Lines of the desk: one thing each, with the link to where it is done, in groups of one sort."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

SHOWN = 5  # lines of a group; the rest is behind its link


@dataclass(frozen=True)
class Line:
    """One thing, with the link to where it is done."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Group:
    """Lines of one sort; `count` is how many there are in all."""

    heading: str
    count: int
    lines: list[Line] = field(default_factory=list)
    more_url: str = ""


def group_of(heading: str, rows: QuerySet[Any], line: Callable[[Any], Line], more_url: str = "") -> list[Group]:
    """The first lines of the rows with the count of all; no group where there are none."""
    first = list(rows[: SHOWN + 1])
    if not first:
        return []
    count = len(first) if len(first) <= SHOWN else rows.count()
    return [Group(heading, count, [line(row) for row in first[:SHOWN]], more_url if count > SHOWN else "")]
