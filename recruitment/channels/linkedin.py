"""The list that LinkedIn fetches, "Basic Jobs" (domain G.6)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.translation import gettext_lazy

from recruitment.advertising.addresses import form_address, tracked, with_absolute_images
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import EmploymentDuration, WorkingTime
from recruitment.channels.indeed import elements, last_day
from recruitment.channels.interface import Channel, Setting
from recruitment.organisation.models import RemoteDegree

REMOTE = {RemoteDegree.NONE: "On-site", RemoteDegree.PARTLY: "Hybrid", RemoteDegree.FULL: "Remote"}


class LinkedIn(Channel):
    """Fetched. LinkedIn asks for the company's number and for a mailbox that is not a person's."""

    name = "linkedin"
    label = gettext_lazy("LinkedIn (list that is fetched)")
    about = gettext_lazy("LinkedIn approves the address of the list once. Ads come and go there with their period.")
    settings = (
        Setting("company_id", gettext_lazy("The company's number at LinkedIn")),
        Setting("poster_email", gettext_lazy("Shared mailbox for job posts"), "email",
                help_text=gettext_lazy("Not a person's address: LinkedIn may show it.")),
    )  # fmt: skip
    is_fetched = True


def as_xml(
    publisher: str, ads: Iterable[tuple[JobAdvertisement, str]], options: Mapping[str, str], at: dt.datetime
) -> str:
    """The list: ads with their tracking tokens. `expectedJobCount` lets LinkedIn see when a list was cut off."""
    jobs = [f"<job>{elements(_fields(ad, token, options))}</job>" for ad, token in ads]
    head = f"<publisher>{escape(publisher)}</publisher><publisherUrl>{escape(settings.SITE_URL)}</publisherUrl>"
    built = f"<lastBuildDate>{format_datetime(at.astimezone(dt.UTC), usegmt=True)}</lastBuildDate>"
    count = f"<expectedJobCount>{len(jobs)}</expectedJobCount>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<source>{head}{built}{count}{"".join(jobs)}</source>'


def _fields(ad: JobAdvertisement, token: str, options: Mapping[str, str]) -> list[tuple[str, Any]]:
    case = ad.round.case
    place = next(iter(case.workplaces.all()), None)
    temporary = case.employment_duration != EmploymentDuration.PERMANENT
    time = "PART_TIME" if case.working_time == WorkingTime.PART_TIME else "FULL_TIME"
    return [
        ("partnerJobId", f"{ad.round_id}-{ad.language}"), ("company", case.institution.name_da),
        ("companyId", options.get("company_id", "")), ("title", ad.title), ("description", with_absolute_images(ad.html)),
        ("location", ", ".join(filter(None, [place.city if place else "", "Denmark"]))),
        ("applyUrl", tracked(form_address(ad.round_id, ad.language), token)), ("posterEmail", options.get("poster_email", "")),
        ("country", place.country if place else "DK"), ("postalCode", place.postal_code if place else ""),
        ("workplaceTypes", REMOTE[RemoteDegree(place.remote_degree)] if place else ""),
        ("jobtype", "TEMPORARY" if temporary else time), ("expirationDate", last_day(ad)),
    ]  # fmt: skip
