"""Proposing times: days, rooms and people in, free times out. Nothing is written here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import holidays
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.interviews.engagements import busy_times
from recruitment.interviews.models import InterviewRound, MeetingRoom
from recruitment.people.models import User
from recruitment.planning.models import Absence
from recruitment.planning.workdays import is_workday

MOST = 60  # times in one proposal
RASTER = dt.timedelta(minutes=5)

Busy = dict[Any, list[tuple[dt.datetime, dt.datetime]]]


@dataclass(frozen=True)
class Wish:
    """What times are wanted. Rooms are tried in their order; an empty list means no room (by video)."""

    days: tuple[dt.date, ...]
    opens: dt.time
    closes: dt.time
    people: tuple[User, ...]
    rooms: tuple[MeetingRoom, ...] = ()
    lunch_from: dt.time | None = None
    lunch_until: dt.time | None = None
    most: int = MOST


@dataclass(frozen=True)
class Proposed:
    """A time that is free for the room and for everybody."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    room: MeetingRoom | None

    @property
    def key(self) -> str:
        """How a form sends it back."""
        return f"{self.starts_at.isoformat()}|{self.room.pk if self.room else ''}"


@dataclass
class Proposal:
    """The times, and the days that gave none, each with why."""

    times: list[Proposed] = field(default_factory=list)
    left_out: list[tuple[dt.date, str]] = field(default_factory=list)


def day_off(day: dt.date) -> str:
    """Why nobody is called on this day: the holiday's name, or that the offices are closed. Empty for a working day."""
    if is_workday(day):
        return ""
    name = holidays.country_holidays("DK", years=day.year, language="da").get(day)
    return str(name) if name else _("not a working day")


def propose(round_: InterviewRound, wish: Wish) -> Proposal:
    """Times that fit, in order: room, panel and pause are free, nobody is away, no holiday, no time that has passed; four queries."""
    found = Proposal()
    if not wish.days:
        return found
    begins, ends = _at(min(wish.days), dt.time.min), _at(max(wish.days), dt.time.max)
    busy, now, away = busy_times(wish.people, wish.rooms, begins, ends), clock.now(), _away(round_, wish)
    for day in sorted(set(wish.days)):
        why = day_off(day) or away.get(day, "")
        times = [] if why else list(_of_day(round_, wish, day, busy, now))
        if not times:
            found.left_out.append((day, why or _("nothing is free")))
        found.times += times[: max(0, wish.most - len(found.times))]
    return found


def _away(round_: InterviewRound, wish: Wish) -> dict[dt.date, str]:
    """Days on which somebody of the panel has said to be away, and who; never why."""
    absences = Absence.objects.filter(
        institution=round_.case.institution_id,
        user__in=wish.people,
        begins__lte=max(wish.days),
        ends__gte=min(wish.days),
    ).select_related("user")
    found: dict[dt.date, str] = {}
    for absence in absences:
        for day in wish.days:
            if absence.begins <= day <= absence.ends:
                found.setdefault(day, _("%s is away") % absence.user)
    return found


def _at(day: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(day, time, tzinfo=clock.COPENHAGEN).astimezone(dt.UTC)


def _of_day(round_: InterviewRound, wish: Wish, day: dt.date, busy: Busy, now: dt.datetime) -> Iterator[Proposed]:
    length, pause = dt.timedelta(minutes=round_.minutes), dt.timedelta(minutes=round_.pause_minutes)
    moment, closes = _at(day, wish.opens), _at(day, wish.closes)
    lunch = (_at(day, wish.lunch_from), _at(day, wish.lunch_until)) if wish.lunch_from and wish.lunch_until else None
    while moment + length <= closes:
        clash = _clash(moment, moment + length, [lunch] if lunch else [])
        clash = clash or _clash(moment, moment + length + pause, _of_people(wish, busy))
        room, free_at = _room(wish, busy, moment, moment + length + pause)
        if clash is None and moment > now and (room is not None or not wish.rooms):
            yield Proposed(moment, moment + length, room)
            moment += length + pause
        else:
            moment = _on_raster(clash or (free_at if moment > now else None), moment)


def _on_raster(free_at: dt.datetime | None, moment: dt.datetime) -> dt.datetime:
    if free_at is None or free_at <= moment:
        return moment + RASTER
    over = (free_at - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) % RASTER
    return free_at + (RASTER - over if over else dt.timedelta(0))


def _of_people(wish: Wish, busy: Busy) -> list[tuple[dt.datetime, dt.datetime]]:
    return [times for person in wish.people for times in busy.get(("user", person.pk), [])]


def _clash(begins: dt.datetime, ends: dt.datetime, times: list[tuple[dt.datetime, dt.datetime]]) -> dt.datetime | None:
    """When the last of what stands in the way is over; None where nothing does."""
    return max((until for start, until in times if start < ends and until > begins), default=None)


def _room(
    wish: Wish, busy: Busy, begins: dt.datetime, ends: dt.datetime
) -> tuple[MeetingRoom | None, dt.datetime | None]:
    """The first room that is free; else when the first of them will be."""
    waits = []
    for room in wish.rooms:
        clash = _clash(begins, ends, busy.get(("room", room.pk), []))
        if clash is None:
            return room, None
        waits.append(clash)
    return None, min(waits, default=None)
