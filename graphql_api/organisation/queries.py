"""Lists of institutions and codes."""

from enum import Enum
from typing import Annotated

import strawberry

from graphql_api.arguments import ChosenOrder, ChosenRows, containing, few, keys_of
from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.enums import ClassificationScheme, OrderDirection, values
from graphql_api.organisation.types import Classification, Institution, active_institutions
from graphql_api.seek import Key
from recruitment.organisation.classification import Classification as Code

LARGEST_CODE_PAGE = 500


@strawberry.input(description="Which institutions. Conditions that are not given do not narrow the list.")
class InstitutionFilter:
    slug: list[str] | None = strawberry.field(default=strawberry.UNSET, description="One of these short names.")
    search: str | None = strawberry.field(default=strawberry.UNSET, description="Words in the name.")


@strawberry.enum(description="What institutions can be sorted by.")
class InstitutionOrderField(Enum):
    NAME = strawberry.enum_value("name_da", description="The Danish name.")
    SLUG = strawberry.enum_value("slug", description="The short name.")


@strawberry.input(description="How to sort institutions.")
class InstitutionOrder:
    field: InstitutionOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


@strawberry.input(description="Which codes. Conditions that are not given do not narrow the list.")
class ClassificationFilter:
    scheme: list[ClassificationScheme] | None = strawberry.field(
        default=strawberry.UNSET, description="Of one of these lists."
    )
    code: list[str] | None = strawberry.field(default=strawberry.UNSET, description="One of these codes.")


@strawberry.enum(description="What codes can be sorted by.")
class ClassificationOrderField(Enum):
    SORT = strawberry.enum_value("sort", description="The list's own order.")
    LABEL = strawberry.enum_value("label_da", description="The Danish label.")
    CODE = strawberry.enum_value("code", description="The code.")


@strawberry.input(description="How to sort codes.")
class ClassificationOrder:
    field: ClassificationOrderField = strawberry.field(description="What to sort by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.ASC, description="Which way.")


@strawberry.type
class OrganisationQueries:
    @strawberry.field(
        graphql_type=Connection[Institution] | None,
        extensions=[Paged()],
        description="Institutions that recruit here, by name.",
    )
    def institutions(
        self,
        info: Info,
        chosen: Annotated[InstitutionFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[InstitutionOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = active_institutions(info)
        if chosen and chosen.slug:
            rows = rows.filter(slug__in=few(chosen.slug, "slug"))
        if chosen and chosen.search:
            rows = containing(rows, chosen.search, ["name_da", "name_en"])
        return Listing(rows, keys_of(order_by, [Key("name_da")]))

    @strawberry.field(
        graphql_type=Connection[Classification] | None,
        extensions=[Paged(LARGEST_CODE_PAGE)],
        description="Codes of the public lists, list by list.",
    )
    def classifications(
        self,
        info: Info,
        chosen: Annotated[ClassificationFilter | None, ChosenRows] = strawberry.UNSET,
        order_by: Annotated[list[ClassificationOrder] | None, ChosenOrder] = strawberry.UNSET,
    ) -> Listing:
        rows = Code.objects.all()
        if chosen and chosen.scheme:
            rows = rows.filter(scheme__in=values(few(chosen.scheme, "scheme")))
        if chosen and chosen.code:
            rows = rows.filter(code__in=few(chosen.code, "code"))
        return Listing(rows, keys_of(order_by, [Key("scheme"), Key("sort"), Key("label_da")]))
