"""The media plan as a picture: each publication's planned and actual time on one scale, with today and the deadline."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import formats
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.advertising.models import Publication, PublicationState
from recruitment.cases.profile import AdvertisementRound

MOST_TICKS = 6
LAST_LABEL = 92  # percent of the scale; after it a label has no room
EDGE = 0.03  # of the scale, left free at both ends
STOPPED = {PublicationState.FAILED, PublicationState.REJECTED_BY_MEDIUM}


@dataclass(frozen=True)
class Bar:
    """From where to where, in percent of the scale."""

    left: float
    width: float
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One medium; `planned` is what was meant, `actual` what was, up to now."""

    name: str
    state: str
    planned: Bar | None
    actual: Bar | None


@dataclass(frozen=True)
class Timeline:
    """All rows on one scale."""

    rows: list[Row] = field(default_factory=list)
    ticks: list[tuple[float, str]] = field(default_factory=list)
    today: float = 0
    deadline: float | None = None


@dataclass(frozen=True)
class Scale:
    """A stretch of time as a line from 0 to 100 percent."""

    begins: dt.datetime
    ends: dt.datetime

    def place(self, moment: dt.datetime) -> float:
        """Where the moment stands, in percent; at the edge for one outside."""
        share = (moment - self.begins) / (self.ends - self.begins)
        return round(100 * min(max(share, 0), 1), 2)

    def bar(self, begins: dt.datetime, ends: dt.datetime, tone: str = "") -> Bar:
        """From the one to the other, and never too thin to be seen."""
        left = self.place(begins)
        return Bar(left, max(self.place(ends) - left, 0.6), tone)


def timeline_of(round_: AdvertisementRound, publications: Sequence[Publication]) -> Timeline:
    """The picture; empty where no day is known yet."""
    now, deadline = clock.now(), round_.application_deadline
    moments = [m for p in publications for m in (p.publish_from, p.publish_until, p.live_at, p.ended_at) if m]
    if not moments:
        return Timeline()
    moments += [m for m in (round_.opens_at, deadline, now) if m]
    spare = (max(moments) - min(moments)) * EDGE + dt.timedelta(hours=1)
    scale = Scale(min(moments) - spare, max(moments) + spare)
    return Timeline(
        rows=[_row(publication, scale, now, deadline) for publication in publications],
        ticks=ticks_of(scale),
        today=scale.place(now),
        deadline=scale.place(deadline) if deadline else None,
    )


def _row(publication: Publication, scale: Scale, now: dt.datetime, deadline: dt.datetime | None) -> Row:
    begins, ends = publication.publish_from, publication.publish_until or deadline
    planned = scale.bar(begins, ends) if begins and ends and begins < ends else None
    actual = None
    if publication.live_at:
        until = publication.ended_at or max(now, publication.live_at)
        actual = scale.bar(publication.live_at, until, "live" if publication.state == PublicationState.LIVE else "over")
    elif publication.state in STOPPED and begins:
        actual = scale.bar(begins, begins, "stopped")
    return Row(str(publication.medium), str(publication.get_state_display()), planned, actual)


def ticks_of(scale: Scale) -> list[tuple[float, str]]:
    """Days with their dates, evenly spread, never more than fit."""
    first = scale.begins.astimezone(clock.COPENHAGEN).date() + dt.timedelta(days=1)
    days = (scale.ends.astimezone(clock.COPENHAGEN).date() - first).days
    step = max(1, -(-days // MOST_TICKS))
    found = []
    for number in range(0, days + 1, step):
        day = first + dt.timedelta(days=number)
        noon = dt.datetime.combine(day, dt.time(), tzinfo=clock.COPENHAGEN)
        found.append((scale.place(noon), formats.date_format(day, _("j b"))))
    return [tick for tick in found if tick[0] < LAST_LABEL]
