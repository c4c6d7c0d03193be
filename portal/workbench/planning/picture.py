"""A plan as a picture: the four stretches on one scale of days, each step a mark, with today, the deadline and the first day."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.workbench.timeline import Bar, Scale, ticks_of
from recruitment import clock
from recruitment.planning.models import Phase
from recruitment.planning.queries import Line
from recruitment.planning.scheduling import Anchors

SPARE = dt.timedelta(days=3)  # left free at both ends


@dataclass(frozen=True)
class Mark:
    """One step: where it stands, and how it stands."""

    left: float
    status: str


@dataclass(frozen=True)
class Stretch:
    """One line of the picture."""

    name: str
    done: int
    count: int
    bar: Bar
    marks: list[Mark]


@dataclass(frozen=True)
class Picture:
    """All stretches on one scale; without any where no step has a day."""

    rows: list[Stretch] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    today: float = 0
    deadline: float | None = None
    start: float | None = None


def picture_of(lines: Sequence[Line], anchors: Anchors) -> Picture:
    """The picture of a plan."""
    days = [line.activity.due_date for line in lines if line.activity.due_date]
    if not days:
        return Picture()
    ends = [*days, clock.today(), *(day for day in (anchors.deadline, anchors.start) if day)]
    scale = Scale(_noon(min(ends)) - SPARE, _noon(max(ends)) + SPARE)
    return Picture(
        rows=[row for phase in Phase if (row := _stretch(phase, lines, scale))],
        ticks=ticks_of(scale),
        today=scale.place(_noon(clock.today())),
        deadline=scale.place(_noon(anchors.deadline)) if anchors.deadline else None,
        start=scale.place(_noon(anchors.start)) if anchors.start else None,
    )


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), tzinfo=clock.COPENHAGEN)


def _stretch(phase: Phase, lines: Sequence[Line], scale: Scale) -> Stretch | None:
    inside = [(line, line.activity.due_date) for line in lines if line.phase == phase]
    days = [day for _line, day in inside if day]
    if not days:
        return None
    return Stretch(
        name=str(phase.label), done=sum(line.status == "done" for line, _day in inside), count=len(inside),
        bar=scale.bar(_noon(min(days)), _noon(max(days))),
        marks=[Mark(scale.place(_noon(day)), line.status) for line, day in inside if day],
    )  # fmt: skip
