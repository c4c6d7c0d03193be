"""Rows that are gone, for tools that keep copies. A tombstone holds an id and an instant and nothing else."""

import datetime as dt
from typing import Any

import strawberry
from strawberry import ID

from graphql_api.arguments import given
from graphql_api.connection import Listing
from graphql_api.context import Info
from graphql_api.nodes import global_id
from graphql_api.seek import Key
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Tombstone

RIGHT = {"Application": Permission.APPLICATION_LIST, "RecruitmentCase": Permission.CASE_VIEW}


@strawberry.input(description="Which deletions.")
class DeletedFilter:
    deleted_since: dt.datetime | None = given("At or after this instant.")


@strawberry.type(description="That a row is gone.")
class DeletedRow:
    deleted_at: dt.datetime = strawberry.field(description="When it was deleted.")

    @strawberry.field(description="The id the row had.")
    def id(self) -> ID:
        return global_id(self.kind, self.row_id)  # type: ignore[attr-defined]


def deleted(info: Info, kind: str, chosen: DeletedFilter | None) -> Listing:
    """The deletions of one kind of row that the asker may know of, the earliest first."""
    rows: Any = visible(info.context.actor, RIGHT[kind], Tombstone.objects.filter(kind=kind))
    if chosen and chosen.deleted_since:
        rows = rows.filter(deleted_at__gte=chosen.deleted_since)
    return Listing(rows, [Key("deleted_at")])
