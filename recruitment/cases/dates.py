"""Dates as people are told them, in the active language."""

from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext as _

from recruitment import clock


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
