"""A job posting as schema.org JobPosting, the form in which search engines read it (domain G.4)."""

import datetime as dt
import json
from typing import Any

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import EmploymentDuration, RecruitmentCase, WorkingTime
from recruitment.organisation.models import Institution, Workplace


def job_posting_ld(
    ad: JobAdvertisement,
    case: RecruitmentCase,
    *,
    deadline: dt.datetime | None,
    institution: Institution,
    workplaces: list[Workplace],
) -> str:
    """The posting as JSON-LD text, safe inside a script element. `deadline` is the exclusive instant."""
    posting = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": ad.title,
        "description": ad.html,
        "datePosted": ad.published_at.isoformat(),
        "validThrough": clock.shown(deadline).isoformat() if deadline else None,
        "employmentType": _employment_type(case),
        "identifier": {"@type": "PropertyValue", "name": institution.name_da, "value": str(case.case_number)},
        "hiringOrganization": {"@type": "GovernmentOrganization", "name": institution.name_da, **_site(institution)},
        "jobLocation": [_place(workplace) for workplace in workplaces],
        "totalJobOpenings": case.positions_count,
        "inLanguage": ad.language,
        "url": ad.url,
        "baseSalary": _pay(case),
        "directApply": True,
    }
    text = json.dumps({name: value for name, value in posting.items() if value is not None}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _employment_type(case: RecruitmentCase) -> list[str]:
    hours = "FULL_TIME" if case.working_time == WorkingTime.FULL_TIME else "PART_TIME"
    return [hours] if case.employment_duration == EmploymentDuration.PERMANENT else [hours, "TEMPORARY"]


def _site(institution: Institution) -> dict[str, str]:
    return {"sameAs": institution.website} if institution.website else {}


def _place(workplace: Workplace) -> dict[str, Any]:
    address = {
        "streetAddress": workplace.address,
        "postalCode": workplace.postal_code,
        "addressLocality": workplace.city,
        "addressCountry": workplace.country,
    }
    return {"@type": "Place", "address": {"@type": "PostalAddress"} | {k: v for k, v in address.items() if v}}


def _pay(case: RecruitmentCase) -> dict[str, Any] | None:
    if case.pay_min is None and case.pay_max is None:
        return None
    value = {"@type": "QuantitativeValue", "minValue": case.pay_min, "maxValue": case.pay_max, "unitText": "YEAR"}
    known = {name: amount for name, amount in value.items() if amount is not None}
    return {"@type": "MonetaryAmount", "currency": "DKK", "value": known}
