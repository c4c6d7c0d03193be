"""Lines of the desk: one thing each, with the link to where it is done, in groups of one sort."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet

SHOWN = 5  # lines of a group that stand open; the others are folded below them
MOST = 50  # lines of a group; the rest is behind its link


@dataclass(frozen=True)
class Line:
    """One thing, with the link to where it is done and the day by which."""

    label: str
    url: str
    note: str = ""
    due: dt.date | None = None


@dataclass(frozen=True)
class Group:
    """Lines of one sort; `count` is how many there are in all, `today` the day that tells what is late."""

    heading: str
    count: int
    lines: list[Line] = field(default_factory=list)
    more_url: str = ""
    area: str = ""
    today: dt.date | None = None
    is_open: bool = True

    def is_late(self, line: Line) -> bool:
        """Whether its day has passed."""
        return line.due is not None and self.today is not None and line.due < self.today

    @property
    def late(self) -> int:
        """How many of the lines are."""
        return sum(map(self.is_late, self.lines))

    @property
    def first_due(self) -> dt.date:
        """The nearest day; far away for what has none."""
        return min((line.due for line in self.lines if line.due), default=dt.date.max)

    @property
    def marked(self) -> list[tuple[Line, bool]]:
        """The lines that stand open, each with whether it is late: the first ones and all that are."""
        pairs = [(line, self.is_late(line)) for line in self.lines]
        return [pair for place, pair in enumerate(pairs) if place < SHOWN or pair[1]]

    @property
    def folded(self) -> list[Line]:
        """The others."""
        return [line for place, line in enumerate(self.lines) if place >= SHOWN and not self.is_late(line)]

    @property
    def untold(self) -> int:
        """How many have no line here."""
        return self.count - len(self.lines)


def group_of(heading: str, rows: QuerySet[Any], line: Callable[[Any], Line], more_url: str = "") -> list[Group]:
    """The first lines of the rows with the count of all; no group where there are none."""
    first = list(rows[: MOST + 1])
    if not first:
        return []
    count = len(first) if len(first) <= MOST else rows.count()
    return [Group(heading, count, [line(row) for row in first[:MOST]], more_url)]


def urgent_first(groups: Iterable[Group], today: dt.date) -> list[Group]:
    """What is late comes first, then what is due soonest, then the rest as it came."""
    dated = [replace(group, today=today) for group in groups]
    return sorted(dated, key=lambda group: (not group.late, group.first_due))
