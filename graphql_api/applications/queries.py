"""Applications and what of them is gone."""

from typing import Annotated

import strawberry

from graphql_api.applications.filters import ApplicationFilter, ApplicationOrder, narrowed
from graphql_api.applications.rows import visible_applications
from graphql_api.applications.types import Application
from graphql_api.arguments import ChosenOrder, ChosenRows, keys_of
from graphql_api.cohort import gathered
from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.oauth import Scope
from graphql_api.scopes import Requires
from graphql_api.seek import Key
from graphql_api.tombstones import DeletedFilter, DeletedRow, deleted


@strawberry.type
class ApplicationQueries:
    @strawberry.field(
        graphql_type=Connection[Application] | None,
        extensions=[Paged(), Requires(Scope.APPLICATIONS)],
        description="Applications that were handed in to the token's institutions, in the order they were received.",
    )
    def applications(
        self,
        info: Info,
        chosen: Annotated[ApplicationFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[ApplicationOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = visible_applications(info)
        rows = narrowed(rows, chosen) if chosen else rows
        return Listing(rows, keys_of(order_by, [Key("received_at")]), shown=info.context.reads.note)

    @strawberry.field(
        extensions=[Requires(Scope.APPLICATIONS)],
        description="An application by its reference; null when there is none that you may see.",
    )
    def application(
        self, info: Info, reference: Annotated[str, strawberry.argument(description="Such as K7PM-2XQ4.")]
    ) -> Application | None:
        found = gathered(visible_applications(info).filter(reference__iexact=reference.strip()))
        info.context.reads.note(found)
        return found[0] if found else None  # type: ignore[return-value]

    @strawberry.field(
        graphql_type=Connection[DeletedRow] | None,
        extensions=[Paged(), Requires(Scope.APPLICATIONS)],
        description="Applications that are gone: remove your copies. The earliest first.",
    )
    def deleted_applications(
        self, info: Info, chosen: Annotated[DeletedFilter | None, ChosenRows] = strawberry.UNSET
    ) -> Listing:
        return deleted(info, "Application", chosen or None)
