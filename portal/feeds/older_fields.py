"""One position in the old system's words, from our frozen ad and its case (domain G.1, table)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from portal.feeds.entries import Entry
from recruitment.advertising.addresses import absolute
from recruitment.cases.models import CaseType, RecruitmentCase
from recruitment.clock import COPENHAGEN
from recruitment.organisation.models import OrganisationalUnit, Workplace

SHORT = 250  # characters of the short description
KINDS = {CaseType.OPEN_APPLICATION: "OpenApplication"}


@dataclass(frozen=True)
class Position:
    """What the list says of it, and the ad for those formats that carry it by itself."""

    fields: dict[str, Any]
    html: str


def position_of(languages: list[Entry], *, whole: bool, utc: bool) -> Position:
    """From the ad's languages (Danish first); `whole` adds the ads themselves, `utc` gives times without offset."""
    first = languages[0]
    round_, case = first.ad.round, first.ad.round.case
    zone = dt.UTC if utc else COPENHAGEN
    moment = {
        "Created": case.created_at, "Published": round_.opens_at or first.ad.published_at,
        "LastUpdated": max(entry.ad.published_at for entry in languages), "ApplicationDue": round_.application_deadline,
        "StartDate": _midnight(case.start_date),
    }  # fmt: skip
    fields = {
        "Id": round_.pk, "Name": first.ad.headline, "CustomerAlias": case.institution.slug,
        "CustomerName": case.institution.name_da, "ProjectType": KINDS.get(case.case_type, "RecruitmentProject"),
        **{name: at.astimezone(zone) if at else None for name, at in moment.items()},
        "StartDateASAP": case.start_asap, "AdvertisementUrl": first.url, "AdvertisementUrlSecure": first.url,
        "ApplicationFormUrl": first.apply_url, "ApplicationFormUrlSecure": first.apply_url,
        "ShortDescription": first.ad.intro[:SHORT], **_department(case), **_location(case), **_kind_of_work(case),
        "Languages": [{"Code": entry.ad.language} for entry in languages], "ShowApplyButton": True,
        **_contact(case), "ProjectParticipants": [], "Users": [],
        "Advertisements": [_advertisement(entry, zone) for entry in languages] if whole else [],
    }  # fmt: skip
    return Position(fields, first.html)


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), COPENHAGEN) if day else None


def _advertisement(entry: Entry, zone: dt.tzinfo) -> dict[str, Any]:
    ad = entry.ad
    picture = absolute(ad.image_url) if ad.image_url else ""
    return {
        "Id": f"{ad.round_id}-{ad.language}", "Content": entry.html, "Introduction": ad.intro, "Description": ad.text,
        "ImageUrl": picture, "ImageUrlSecure": picture, "Created": ad.published_at.astimezone(zone),
        "LastUpdated": ad.published_at.astimezone(zone),
    }  # fmt: skip


def _department(case: RecruitmentCase) -> dict[str, Any]:
    above = {unit.path: unit for unit in case.institution.units.all()}
    length = OrganisationalUnit.steplen
    tree = [above[case.unit.path[:end]] for end in range(length, len(case.unit.path) + 1, length)]
    return {"Department": _unit(case.unit), "DepartmentTree": [_unit(unit) for unit in tree]}


def _unit(unit: OrganisationalUnit) -> dict[str, Any]:
    return {
        "Id": unit.legacy_id, "Name": unit.name_da, "Address": unit.address, "POBox": "", "Zip": unit.postal_code,
        "City": unit.city, "County": "", "Country": "DK",
    }  # fmt: skip


def _location(case: RecruitmentCase) -> dict[str, Any]:
    places = list(case.workplaces.all())
    named = [{"Id": _code(place), "Name": place.city} for place in places]
    first = places[0] if places else None
    return {
        "PositionLocation": named[0] if named else None, "PositionLocationMultiSelection": named, "PositionLocationTree": named,
        "WorkPlace": ", ".join(dict.fromkeys(place.city for place in places)), "WorkPlaceCoordinates": _coordinates(first),
    }  # fmt: skip


def _code(place: Workplace) -> int:
    return int(place.municipality_code) if place.municipality_code.isdigit() else 0


def _coordinates(place: Workplace | None) -> str:
    return f"{place.latitude},{place.longitude}" if place and place.latitude is not None else ""


def _kind_of_work(case: RecruitmentCase) -> dict[str, Any]:
    category = case.position_category
    named = {"Id": category.sort, "Name": category.label_da} if category else None
    return {
        "PositionCategory": named, "PositionCategoryTree": [named] if named else [],
        "PositionType": str(case.get_employment_duration_display()), "WorkHours": str(case.get_working_time_display()),
        "CustomList1": str(case.get_employment_basis_display()),
    }  # fmt: skip


def _contact(case: RecruitmentCase) -> dict[str, str]:
    contact = next((found for found in case.contacts.all() if found.publish_in_ad), None)
    return {
        "ProjectLeader": contact.name if contact else "", "ProjectLeaderEmail": contact.email if contact else "",
        "ProjectLeaderPhone": contact.phone if contact else "",
    }  # fmt: skip
