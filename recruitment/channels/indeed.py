"""The list that Indeed and portals like it fetch (domain G.5). The address of people is the institution's role mailbox only."""

import datetime as dt
from collections.abc import Iterable
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.utils.translation import gettext_lazy

from recruitment.advertising.addresses import tracked, with_absolute_images
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import EmploymentDuration, RecruitmentCase, WorkingTime
from recruitment.channels.interface import Channel
from recruitment.clock import COPENHAGEN


class Indeed(Channel):
    """Fetched, so an ad is there while its publication is in its period."""

    name = "indeed"
    label = gettext_lazy("Indeed (list that is fetched)")
    about = gettext_lazy("Give Indeed the address of your list once. Ads come and go there with their period.")
    is_fetched = True


def cdata(text: str) -> str:
    """As a CDATA section; what would end it early is split, and signs that no XML may hold are left out."""
    held = "".join(sign for sign in text if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign >= "\U00010000")  # fmt: skip
    return f"<![CDATA[{held.replace(']]>', ']]]]><![CDATA[>')}]]>"


def elements(pairs: Iterable[tuple[str, Any]]) -> str:
    """One element a pair, without those that have nothing to say."""
    return "".join(f"<{name}>{cdata(str(value))}</{name}>" for name, value in pairs if value not in {"", None})


def as_xml(publisher: str, ads: Iterable[tuple[JobAdvertisement, str]], at: dt.datetime) -> str:
    """The list: ads with their tracking tokens."""
    jobs = "".join(f"<job>{elements(_fields(ad, token))}</job>" for ad, token in ads)
    head = f"<publisher>{escape(publisher)}</publisher><publisherurl>{escape(settings.SITE_URL)}</publisherurl>"
    built = f"<lastBuildDate>{format_datetime(at.astimezone(dt.UTC), usegmt=True)}</lastBuildDate>"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<source>{head}{built}{jobs}</source>'


def _fields(ad: JobAdvertisement, token: str) -> list[tuple[str, Any]]:
    case = ad.round.case
    place = next(iter(case.workplaces.all()), None)
    return [
        ("title", ad.title), ("date", format_datetime(ad.published_at.astimezone(dt.UTC), usegmt=True)),
        ("referencenumber", f"{ad.round_id}-{ad.language}"), ("url", tracked(ad.url, token)), ("company", case.institution.name_da),
        ("city", place.city if place else ""), ("country", place.country if place else "DK"),
        ("postalcode", place.postal_code if place else ""), ("streetaddress", place.address if place else ""),
        ("email", case.institution.support_email), ("description", with_absolute_images(ad.html)), ("salary", _salary(case)),
        ("jobtype", _job_type(case)), ("category", case.position_category.label if case.position_category else ""),
        ("expirationdate", last_day(ad)),
    ]  # fmt: skip


def last_day(ad: JobAdvertisement) -> str:
    """The last day on which one can apply."""
    ends = ad.round.application_deadline
    return (ends - dt.timedelta(minutes=1)).astimezone(COPENHAGEN).date().isoformat() if ends else ""


def _salary(case: RecruitmentCase) -> str:
    amounts = [str(amount) for amount in (case.pay_min, case.pay_max) if amount]
    return f"{'-'.join(dict.fromkeys(amounts))} DKK/year" if amounts else ""


def _job_type(case: RecruitmentCase) -> str:
    kind = "fulltime" if case.working_time == WorkingTime.FULL_TIME else "parttime"
    return kind if case.employment_duration == EmploymentDuration.PERMANENT else f"{kind}, temporary"
