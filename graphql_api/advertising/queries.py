"""Job postings for portals, search engines and the institutions' own sites. No token is needed."""

from typing import Annotated

import strawberry
from strawberry import ID

from graphql_api.advertising.filters import JobPostingFilter, JobPostingOrder, narrowed
from graphql_api.advertising.postings import open_postings
from graphql_api.advertising.types import JobPosting
from graphql_api.arguments import ChosenOrder, ChosenRows, keys_of
from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.nodes import fetch, of_kind
from graphql_api.seek import Key

LARGEST_PAGE = 1000  # portals fetch the whole list in one call (domain G.0)


@strawberry.type
class AdvertisingQueries:
    @strawberry.field(
        graphql_type=Connection[JobPosting] | None,
        extensions=[Paged(LARGEST_PAGE)],
        description="Vacancies that are open now, the nearest deadline first. One leaves the list at its deadline.",
    )
    def job_postings(
        self,
        info: Info,
        chosen: Annotated[JobPostingFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[JobPostingOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = open_postings(info)
        rows = narrowed(rows, chosen, info) if chosen else rows
        return Listing(rows, keys_of(order_by, [Key("application_deadline")]))

    @strawberry.field(description="A posting by its id, also for ninety days after it has ended; then, or never: null.")
    def job_posting(
        self, info: Info, wanted: Annotated[ID, strawberry.argument(name="id", description="The posting's id.")]
    ) -> JobPosting | None:
        return fetch(info, [of_kind(wanted, "JobPosting")])[0]
