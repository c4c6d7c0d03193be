"""A job posting as everybody may see it. Nothing here leads to a case, an application or a person not in the ad."""

from typing import Any

import strawberry

from graphql_api.advertising.addresses import form_address, tracked
from graphql_api.advertising.postings import ads_of, case_of
from graphql_api.advertising.terms import EmploymentTerms, PostingDates
from graphql_api.advertising.texts import AdTexts, JobPostingTranslation, Source
from graphql_api.cohort import for_each, many, one
from graphql_api.context import Info
from graphql_api.enums import JobKind
from graphql_api.nodes import Node
from graphql_api.organisation.types import Institution, OrganisationalUnit
from graphql_api.scalars import URL, EmailAddress
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.posting import json_ld
from recruitment.cases.profile import AdvertisementRound, CaseContact
from recruitment.organisation import models as organisation


@strawberry.type(description="Someone whom applicants may ask about the job.")
class PublicContact:
    name: str = strawberry.field(description="Name.")

    @strawberry.field(description="Job title.")
    def title(self) -> str | None:
        return self.title or None

    @strawberry.field(description="Telephone number.")
    def phone(self) -> str | None:
        return self.phone or None

    @strawberry.field(description="E-mail address.")
    def email(self) -> EmailAddress | None:
        return self.email or None


@strawberry.type(description="A vacancy that is advertised now, or was until less than ninety days ago.")
class JobPosting(AdTexts, EmploymentTerms, PostingDates, Node):
    model = AdvertisementRound

    is_readvertisement: bool = strawberry.field(description="Whether it was advertised before without being filled.")

    @strawberry.field(description="The number that the older feeds know it by.")
    def legacy_id(self) -> int:
        return self.pk  # type: ignore[attr-defined]

    @strawberry.field(
        description="Whether it has ended: take it off your list. Only `jobPosting` and `node` show such ones."
    )
    def removed(self) -> bool:
        return not _is_open(self)

    @strawberry.field(description="The ad in its other languages. Empty once the posting has been removed.")
    def translations(self, info: Info) -> list[JobPostingTranslation]:
        others = ads_of(self, info)[1:] if _is_open(self) else []
        return [JobPostingTranslation(ad=ad, posting=self) for ad in others]

    @strawberry.field(description="Vacancy or call for open applications.")
    def kind(self) -> JobKind:
        return case_of(self).case_type  # type: ignore[return-value]

    @strawberry.field(description="The employer.")
    def institution(self) -> Institution:
        return one(case_of(self), "institution", organisation.Institution.objects.all)

    @strawberry.field(description="The part of the institution.")
    def unit(self) -> OrganisationalUnit:
        return one(case_of(self), "unit", organisation.OrganisationalUnit.objects.all)

    @strawberry.field(description="Those whom applicants may ask. Empty once the posting has been removed.")
    def contacts(self) -> list[PublicContact]:
        public = CaseContact.objects.filter(publish_in_ad=True)
        return many(case_of(self), "public contacts", lambda: public, by="case") if _is_open(self) else []

    @strawberry.field(description="Where the application form begins. Null once the posting has been removed.")
    def apply_url(self, source: Source = strawberry.UNSET) -> URL | None:
        return URL(tracked(form_address(self), self, source or None)) if _is_open(self) else None

    @strawberry.field(
        description="The posting as schema.org JobPosting: JSON-LD text, safe inside a script element. Null for a call for open applications, which is no job."
    )
    def json_ld(self, info: Info) -> str | None:
        return for_each(self, "json-ld", lambda cohort: _described(cohort, info)) if _is_open(self) else None


def _described(postings: list[Any], info: Info) -> dict[Any, str]:
    """The structured data of each posting's first ad, in three queries."""
    first = {posting.pk: ads_of(posting, info)[0].pk for posting in postings}
    ads = JobAdvertisement.objects.select_related("round__case__institution").prefetch_related(
        "round__case__workplaces"
    )
    return {ad.round_id: text for ad in ads.filter(pk__in=first.values()) if (text := json_ld(ad))}


def _is_open(posting: Any) -> bool:
    return bool(posting.is_open)
