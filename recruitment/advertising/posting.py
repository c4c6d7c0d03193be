"""The ad as schema.org JobPosting (G.4): what search engines read, from the same frozen version that people see."""

import json
from typing import Any

from django.utils import timezone

from recruitment.advertising.addresses import with_absolute_images
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import CaseType, EmploymentDuration, RecruitmentCase, WorkingTime
from recruitment.organisation.models import Workplace


def employment_types(case: RecruitmentCase) -> list[str]:
    """Google's codes: full or part time, and temporary."""
    kinds = ["FULL_TIME" if case.working_time == WorkingTime.FULL_TIME else "PART_TIME"]
    return kinds if case.employment_duration == EmploymentDuration.PERMANENT else [*kinds, "TEMPORARY"]


def place(workplace: Workplace) -> dict[str, Any]:
    """A workplace as a Place."""
    address = {
        "@type": "PostalAddress", "streetAddress": workplace.address, "postalCode": workplace.postal_code,
        "addressLocality": workplace.city, "addressCountry": workplace.country,
    }  # fmt: skip
    return {"@type": "Place", "address": {key: value for key, value in address.items() if value}}


def job_posting(advertisement: JobAdvertisement) -> dict[str, Any]:
    """The structured data of one live ad. `validThrough` is the deadline with its offset."""
    round_ = advertisement.round
    case = round_.case
    institution = case.institution
    posting: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": advertisement.title,
        "description": with_absolute_images(advertisement.html),
        "datePosted": timezone.localdate(advertisement.round.opens_at or advertisement.published_at).isoformat(),
        "identifier": {"@type": "PropertyValue", "name": institution.name, "value": case.case_number},
        "hiringOrganization": {"@type": "Organization", "name": institution.name},
        "jobLocation": [place(workplace) for workplace in case.workplaces.all()],
        "employmentType": employment_types(case),
        "totalJobOpenings": case.positions_count,
        "directApply": True,
        "url": advertisement.url,
    }
    if institution.website:
        posting["hiringOrganization"]["sameAs"] = institution.website
    if round_.application_deadline:
        posting["validThrough"] = round_.application_deadline.isoformat()
    if case.start_date:
        posting["jobStartDate"] = case.start_date.isoformat()
    if case.pay_min or case.pay_max:
        posting["baseSalary"] = _salary(case)
    return posting


def _salary(case: RecruitmentCase) -> dict[str, Any]:
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": "YEAR"}
    if case.pay_min:
        value["minValue"] = case.pay_min
    if case.pay_max:
        value["maxValue"] = case.pay_max
    return {"@type": "MonetaryAmount", "currency": "DKK", "value": value}


def json_ld(advertisement: JobAdvertisement) -> str:
    """The same as text that may stand in a script element: no `<` can end it early.

    Empty for a call for open applications: it is no job, and search engines want none.
    """
    if advertisement.round.case.case_type == CaseType.OPEN_APPLICATION:
        return ""
    text = json.dumps(job_posting(advertisement), ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
