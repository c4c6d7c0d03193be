"""A case's calls for applications, and the media they were shown on."""

import datetime as dt
from typing import Any

import strawberry

from graphql_api.advertising.media import Medium
from graphql_api.advertising.postings import open_postings
from graphql_api.advertising.types import JobPosting
from graphql_api.cohort import for_each, gathered, many, one
from graphql_api.context import Info
from graphql_api.enums import PublicationState
from graphql_api.money import Money, money_from_ore
from graphql_api.scalars import URL
from recruitment import clock
from recruitment.advertising import models


@strawberry.type(description="An ad on a medium for a time.")
class Publication:
    state: PublicationState = strawberry.field(description="Where it stands.")
    publish_from: dt.datetime | None = strawberry.field(description="From when it is shown.")
    publish_until: dt.datetime | None = strawberry.field(description="Until when.")
    live_at: dt.datetime | None = strawberry.field(description="When it went live.")
    ended_at: dt.datetime | None = strawberry.field(description="When it was no longer shown.")

    @strawberry.field(description="The medium.")
    def medium(self) -> Medium:
        return one(self, "medium", models.Medium.objects.all)

    @strawberry.field(description="What it cost, without VAT; null while nobody has typed it.")
    def cost(self) -> Money | None:
        return money_from_ore(self.cost_amount)  # type: ignore[attr-defined]

    @strawberry.field(description="The ad's address on the medium.")
    def url(self) -> URL | None:
        return self.external_url or None  # type: ignore[attr-defined]


@strawberry.type(description="One call for applications.")
class CaseRound:
    number: int = strawberry.field(description="The first, the second ...")
    is_readvertisement: bool = strawberry.field(description="Whether the vacancy was advertised before.")
    opens_at: dt.datetime | None = strawberry.field(description="From when applications are received.")
    closed_at: dt.datetime | None = strawberry.field(description="When the round was closed.")

    @strawberry.field(
        description="The deadline as people are told it: the last minute in which an application is in time."
    )
    def application_deadline(self) -> dt.datetime | None:
        deadline = self.application_deadline
        return clock.shown(deadline) if deadline else None

    @strawberry.field(description="The media the ad was or will be shown on.")
    def publications(self) -> list[Publication]:
        return many(self, "publications", models.Publication.objects.order_by("created_at", "pk").all, by="round")

    @strawberry.field(description="The posting, while it is open to everybody.")
    def posting(self, info: Info) -> JobPosting | None:
        def fetch(cohort: list[Any]) -> dict[Any, Any]:
            found = gathered(open_postings(info).filter(pk__in=[member.pk for member in cohort]))
            return {posting.pk: posting for posting in found}

        return for_each(self, "posting", fetch)
