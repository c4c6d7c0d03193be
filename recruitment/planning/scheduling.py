"""On which day each step falls: counted back from the first day at work, and from the deadline, past holidays and absences.

Nothing here reads or writes the database.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from recruitment.planning.models import ActivityKind, Anchor
from recruitment.planning.workdays import workday_from

#: Where a plan has no step for the deadline: so many working days lie between it and the first day at work.
USUAL_STRETCH = -45
Away = Mapping[Any, Sequence[tuple[dt.date, dt.date]]]


class Planned(Protocol):
    """What a step must tell to be put on a day."""

    kind: str
    anchor: str
    offset: int
    is_pinned: bool
    due_date: dt.date | None
    done_at: dt.datetime | None
    responsible_id: Any


@dataclass(frozen=True)
class Anchors:
    """The two days that everything is counted from; each may be reckoned from the other."""

    start: dt.date | None
    deadline: dt.date | None


def anchors_of(steps: Iterable[Planned], *, start: dt.date | None, deadline: dt.date | None) -> Anchors:
    """The days as they are known; the one that is missing is reckoned from the other."""
    stretch = next((step.offset for step in steps if step.kind == ActivityKind.DEADLINE), USUAL_STRETCH)
    if deadline is None and start is not None:
        deadline = workday_from(start, stretch)
    elif start is None and deadline is not None:
        start = workday_from(deadline, -stretch)
    return Anchors(start, deadline)


def day_of(step: Planned, anchors: Anchors, away: Away | None = None) -> dt.date | None:
    """The day of one step. Done and pinned ones stay where they are; the anchors are never moved for an absence."""
    if step.is_pinned or step.done_at is not None:
        return step.due_date
    if step.kind == ActivityKind.DEADLINE:
        return anchors.deadline
    if step.kind == ActivityKind.START_DATE:
        return anchors.start
    anchor = anchors.start if step.anchor == Anchor.START_DATE else anchors.deadline
    if anchor is None:
        return None
    return _before_absences(workday_from(anchor, step.offset), (away or {}).get(step.responsible_id, ()))


def _before_absences(day: dt.date, absences: Sequence[tuple[dt.date, dt.date]]) -> dt.date:
    """The last working day before whatever absences cover the day: what somebody must do is done before they go."""
    for begins, ends in sorted(absences, reverse=True):
        if begins <= day <= ends:
            day = workday_from(begins, -1)
    return day


def is_away(day: dt.date | None, absences: Sequence[tuple[dt.date, dt.date]]) -> bool:
    """Whether the day lies in one of the absences."""
    return day is not None and any(begins <= day <= ends for begins, ends in absences)
