"""Dates as people are told them, and as they type them."""

from datetime import UTC, date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from recruitment import clock

FRIDAY = 4


def day_and_time(deadline: datetime) -> str:
    """A deadline: "torsdag den 26. november 2026 kl. 23.59". Takes the exclusive instant and shows its last minute."""
    return instant_words(clock.shown(deadline))


def instant(moment: datetime) -> str:
    """An instant in Copenhagen, in the same words."""
    return instant_words(moment.astimezone(clock.COPENHAGEN))


def instant_words(local: datetime) -> str:
    """Weekday, date and time."""
    return _("%(weekday)s %(date)s at %(time)s") % {
        "weekday": formats.date_format(local, "l"),
        "date": formats.date_format(local, "DATE_FORMAT"),
        "time": formats.time_format(local, "TIME_FORMAT"),
    }


def in_copenhagen(typed: datetime) -> datetime:
    """The instant (in UTC) of a time as typed, without zone. When clocks go back the later of the two is meant, so nobody loses an hour.

    Raises ValidationError for a time that clocks going forward leave out.
    """
    instant_meant = typed.replace(tzinfo=clock.COPENHAGEN, fold=1).astimezone(UTC)
    if instant_meant.astimezone(clock.COPENHAGEN).replace(tzinfo=None) != typed.replace(tzinfo=None):
        raise ValidationError(_("That time does not exist: the clocks go forward that night."), code="no_such_time")
    return instant_meant


def usual_answer_date(deadline: datetime, days: int) -> date:
    """The day on which an ad usually promises an answer: so many days after the deadline, and never in a weekend."""
    day = clock.shown(deadline).date() + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > FRIDAY else 0)
