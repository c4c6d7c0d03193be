"""Cases and what of them is gone."""

from typing import Annotated

import strawberry

from graphql_api.arguments import ChosenOrder, ChosenRows, keys_of
from graphql_api.cases.filters import CaseFilter, CaseOrder, narrowed
from graphql_api.cases.rows import visible_cases
from graphql_api.cases.types import RecruitmentCase
from graphql_api.cohort import gathered
from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.errors import bad_input
from graphql_api.oauth import Scope
from graphql_api.scopes import Requires
from graphql_api.seek import Key
from graphql_api.tombstones import DeletedFilter, DeletedRow, deleted


@strawberry.type
class CaseQueries:
    @strawberry.field(
        graphql_type=Connection[RecruitmentCase] | None,
        extensions=[Paged(), Requires(Scope.CASES)],
        description="Cases of the token's institutions, the newest first.",
    )
    def cases(
        self,
        info: Info,
        chosen: Annotated[CaseFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[CaseOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = visible_cases(info)
        rows = narrowed(rows, chosen) if chosen else rows
        return Listing(rows, keys_of(order_by, [Key("created_at", descending=True)]))

    @strawberry.field(
        extensions=[Requires(Scope.CASES)],
        description="A case by its case number; null when there is none that you may see.",
    )
    def case(
        self,
        info: Info,
        reference: Annotated[str, strawberry.argument(description="The case number.")],
        institution: Annotated[
            str | None,
            strawberry.argument(
                description="The institution's short name; needed when several of yours use the number."
            ),
        ] = strawberry.UNSET,
    ) -> RecruitmentCase | None:
        rows = visible_cases(info).filter(case_number=reference.strip())
        found = gathered(rows.filter(institution__slug=institution) if institution else rows)
        if len(found) > 1:
            raise bad_input("Several institutions have a case of this number: say which with `institution`.")
        return found[0] if found else None  # type: ignore[return-value]

    @strawberry.field(
        graphql_type=Connection[DeletedRow] | None,
        extensions=[Paged(), Requires(Scope.CASES)],
        description="Cases that are gone: remove your copies. The earliest first.",
    )
    def deleted_cases(
        self, info: Info, chosen: Annotated[DeletedFilter | None, ChosenRows] = strawberry.UNSET
    ) -> Listing:
        return deleted(info, "RecruitmentCase", chosen or None)
