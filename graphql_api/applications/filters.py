"""Which applications, and in which order. Nothing here looks at who applied."""

import datetime as dt
from enum import Enum

import strawberry
from django.db.models import QuerySet
from strawberry import ID

from graphql_api.arguments import DateTimeRange, few, given
from graphql_api.enums import ApplicationStage, ApplicationState, OrderDirection, ReceiveChannel, values
from graphql_api.nodes import keys_in
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase


@strawberry.input(description="Which applications. Conditions that are not given do not narrow the list.")
class ApplicationFilter:
    case: list[ID] | None = given("To one of these cases.")
    state: list[ApplicationState] | None = given("In one of these states.")
    stage_reached: list[ApplicationStage] | None = given("That got as far as one of these stages and no further.")
    channel: list[ReceiveChannel] | None = given("That came in one of these ways.")
    received_at: DateTimeRange | None = given("Received in this range.")
    updated_since: dt.datetime | None = given("Changed at or after this instant.")


@strawberry.enum(description="What applications can be sorted by.")
class ApplicationOrderField(Enum):
    RECEIVED_AT = strawberry.enum_value("received_at", description="When it was received.")
    UPDATED_AT = strawberry.enum_value("updated_at", description="When it was last changed.")
    STAGE_REACHED = strawberry.enum_value("stage_reached", description="How far it got.")
    REFERENCE = strawberry.enum_value("reference", description="The reference.")


@strawberry.input(description="How to sort applications.")
class ApplicationOrder:
    field: ApplicationOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


def narrowed(rows: QuerySet[Application], chosen: ApplicationFilter) -> QuerySet[Application]:
    """The applications that meet every condition."""
    if chosen.case:
        rows = rows.filter(case__in=keys_in(chosen.case, "RecruitmentCase", RecruitmentCase))
    for name in ("state", "stage_reached", "channel"):
        if wanted := getattr(chosen, name):
            rows = rows.filter(**{f"{name}__in": values(few(wanted, name))})
    if chosen.received_at:
        rows = rows.filter(chosen.received_at.within("received_at"))
    return rows.filter(updated_at__gte=chosen.updated_since) if chosen.updated_since else rows
