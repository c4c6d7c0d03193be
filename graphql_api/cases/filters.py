"""Which cases, and in which order."""

import datetime as dt
from enum import Enum

import strawberry
from django.db.models import QuerySet
from strawberry import ID

from graphql_api.arguments import DateTimeRange, containing, few, given
from graphql_api.enums import CaseOutcome, CaseState, JobKind, OrderDirection, values
from graphql_api.organisation.units import within_units
from recruitment.cases.models import RecruitmentCase


@strawberry.input(description="Which cases. Conditions that are not given do not narrow the list.")
class CaseFilter:
    state: list[CaseState] | None = given("In one of these states.")
    outcome: list[CaseOutcome] | None = given("Closed with one of these outcomes.")
    kind: list[JobKind] | None = given("Of one of these kinds.")
    institution: list[str] | None = given("Of institutions with one of these short names.")
    unit: list[ID] | None = given("Of one of these units or of a unit below.")
    search: str | None = given("With all of these words in title or case number.")
    updated_since: dt.datetime | None = given("Changed at or after this instant.")
    created_at: DateTimeRange | None = given("Created in this range.")
    closed_at: DateTimeRange | None = given("Closed in this range.")


@strawberry.enum(description="What cases can be sorted by.")
class CaseOrderField(Enum):
    UPDATED_AT = strawberry.enum_value("updated_at", description="When it was last changed.")
    CREATED_AT = strawberry.enum_value("created_at", description="When it was created.")
    ADVERTISED_AT = strawberry.enum_value("advertised_at", description="When it was advertised; others come last.")
    CLOSED_AT = strawberry.enum_value("closed_at", description="When it was closed; open ones come last.")
    REFERENCE = strawberry.enum_value("case_number", description="The case number.")
    TITLE = strawberry.enum_value("title", description="The job title.")


@strawberry.input(description="How to sort cases.")
class CaseOrder:
    field: CaseOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


COLUMNS = {"state": "state", "outcome": "outcome", "kind": "case_type"}
INSTANTS = ("created_at", "closed_at")


def narrowed(rows: QuerySet[RecruitmentCase], chosen: CaseFilter) -> QuerySet[RecruitmentCase]:
    """The cases that meet every condition."""
    for name, column in COLUMNS.items():
        if wanted := getattr(chosen, name):
            rows = rows.filter(**{f"{column}__in": values(few(wanted, name))})
    if chosen.search:
        rows = containing(rows, chosen.search, ["title", "title_en", "case_number"])
    if chosen.updated_since:
        rows = rows.filter(updated_at__gte=chosen.updated_since)
    return _narrowed_by_time_and_place(rows, chosen)


def _narrowed_by_time_and_place(rows: QuerySet[RecruitmentCase], chosen: CaseFilter) -> QuerySet[RecruitmentCase]:
    for name in INSTANTS:
        if period := getattr(chosen, name):
            rows = rows.filter(period.within(name))
    if chosen.institution:
        rows = rows.filter(institution__slug__in=few(chosen.institution, "institution"))
    return rows.filter(within_units(chosen.unit, "unit__path")) if chosen.unit else rows
