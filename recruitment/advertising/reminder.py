"""The deadline of an ad as an entry for anybody's calendar (RFC 5545)."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.entries import as_file, entry, reminder

WARNING = dt.timedelta(days=2)  # the calendar reminds its owner so long before


def deadline_entry(advertisement: JobAdvertisement) -> bytes:
    """The last minute in which an application is in time, busy for nobody. A deadline that is moved moves the same entry.

    Raises ValueError for an ad without a deadline.
    """
    round_ = advertisement.round
    if round_.application_deadline is None:
        raise ValueError("the round has no deadline")
    with override(advertisement.language):
        summary = _("Application deadline: %(title)s, %(employer)s") % {
            "title": advertisement.headline, "employer": round_.case.institution.name,
        }  # fmt: skip
    end = round_.application_deadline.astimezone(dt.UTC)
    uid = f"deadline-{round_.pk}@{round_.case.institution.slug}"
    times = {"dtstart": end - dt.timedelta(minutes=1), "dtend": end}
    last_minute = entry(uid, summary=summary, words=advertisement.url, link=advertisement.url, **times)
    last_minute.add_component(reminder(WARNING, summary))
    return as_file([last_minute])
