"""Which job postings, and in which order."""

import datetime as dt
from enum import Enum
from typing import Any

import strawberry
from django.db.models import Exists, OuterRef, Q, QuerySet
from strawberry import ID

from graphql_api.advertising.near import GeoRadius, near
from graphql_api.arguments import DateTimeRange, few, given, search_words
from graphql_api.context import Info
from graphql_api.enums import EmploymentDuration, JobKind, Language, OrderDirection, WorkingTime, values
from graphql_api.nodes import keys_in
from graphql_api.organisation.units import within_units
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import with_words
from recruitment.organisation.models import OrganisationalUnit, Workplace

Rounds = QuerySet[Any]  # with what `postings` adds to them


@strawberry.input(description="Which postings. Conditions that are not given do not narrow the list.")
class JobPostingFilter:
    institution: list[str] | None = given("Of institutions with one of these short names.")
    unit: list[ID] | None = given("Of one of these units.")
    include_sub_units: bool = strawberry.field(default=True, description="Also of all units below those.")
    kind: list[JobKind] | None = given("Of one of these kinds.")
    category: list[str] | None = given("In one of these fields of work, by code.")
    staff_group: list[str] | None = given("For one of these staff groups, by code.")
    region: list[str] | None = given("With a workplace in one of these regions, by code.")
    municipality: list[str] | None = given("With a workplace in one of these municipalities, by code.")
    near: GeoRadius | None = given("With a workplace near a place.")
    working_time: list[WorkingTime] | None = given("Full or part time.")
    duration: list[EmploymentDuration] | None = given("Permanent or for a time.")
    language: Language | None = given("With an ad in this language.")
    search: str | None = given("With all of these words in the ad, in their Danish or English forms.")
    updated_since: dt.datetime | None = given("Whose ad was changed at or after this instant.")
    deadline: DateTimeRange | None = given("With a deadline in this range.")


@strawberry.enum(description="What postings can be sorted by.")
class JobPostingOrderField(Enum):
    DEADLINE = strawberry.enum_value("application_deadline", description="The deadline; those without one come last.")
    PUBLISHED_AT = strawberry.enum_value("published_at", description="When it was first published.")
    UPDATED_AT = strawberry.enum_value("changed_at", description="When its ad was last changed.")
    TITLE = strawberry.enum_value("case__title", description="The job title.")


@strawberry.input(description="How to sort postings.")
class JobPostingOrder:
    field: JobPostingOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


#: Filters that compare a column of the case with a list of values as they are.
COLUMNS = {
    "institution": "case__institution__slug",
    "category": "case__position_category__code",
    "staff_group": "case__staff_group__code",
}
ENUM_COLUMNS = {
    "kind": "case__case_type",
    "working_time": "case__working_time",
    "duration": "case__employment_duration",
}
PLACES = {"region": "region_code", "municipality": "municipality_code"}


def narrowed(rows: Rounds, chosen: JobPostingFilter, info: Info) -> Rounds:
    """The postings that meet every condition."""
    rows = _of_the_case(rows, chosen)
    for name, column in PLACES.items():
        if wanted := getattr(chosen, name):
            places = Workplace.objects.filter(cases=OuterRef("case"), **{f"{column}__in": few(wanted, name)})
            rows = rows.filter(Exists(places))
    if chosen.near:
        rows = near(rows, chosen.near, info)
    if chosen.unit:
        rows = rows.filter(_in_units(chosen.unit, below=chosen.include_sub_units))
    if chosen.updated_since:
        rows = rows.filter(changed_at__gte=chosen.updated_since)
    if chosen.deadline:
        rows = rows.filter(chosen.deadline.within("application_deadline"))
    return _with_words(rows, chosen, info)


def _of_the_case(rows: Rounds, chosen: JobPostingFilter) -> Rounds:
    for name, column in (COLUMNS | ENUM_COLUMNS).items():
        if wanted := getattr(chosen, name):
            listed = few(wanted, name)
            rows = rows.filter(**{f"{column}__in": values(listed) if name in ENUM_COLUMNS else listed})
    return rows


def _in_units(ids: list[ID], *, below: bool) -> Q:
    if below:
        return within_units(ids, "case__unit__path")
    return Q(case__unit__in=keys_in(ids, "OrganisationalUnit", OrganisationalUnit))


def _with_words(rows: Rounds, chosen: JobPostingFilter, info: Info) -> Rounds:
    ads = public_ads(info.context.now).filter(round=OuterRef("pk"))
    if chosen.language:
        ads = ads.filter(language=chosen.language.value)
    if chosen.search:
        ads = with_words(ads, " ".join(search_words(chosen.search)))
    return rows.filter(Exists(ads)) if chosen.language or chosen.search else rows
