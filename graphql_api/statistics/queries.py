"""Figures for the token's institutions."""

from typing import Annotated

import strawberry
from strawberry import ID

from graphql_api.arguments import ChosenRows, DateTimeRange, few, given
from graphql_api.context import Info
from graphql_api.enums import MediumKind, values
from graphql_api.nodes import keys_in
from graphql_api.oauth import Scope
from graphql_api.scopes import Requires
from graphql_api.statistics.types import MediaResponse
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import OrganisationalUnit
from recruitment.statistics.media import media_response
from recruitment.statistics.slices import Slice


@strawberry.input(description="What the figures are about. Conditions that are not given do not narrow it.")
class MediaResponseFilter:
    case: list[ID] | None = given("These cases.")
    institution: list[str] | None = given("Institutions with these short names.")
    unit: list[ID] | None = given("These units and all units below them.")
    category: list[str] | None = given("These fields of work, by code.")
    deadline: DateTimeRange | None = given("Calls whose deadline lies in this range.")
    medium_kind: list[MediumKind] | None = given("Only media of these kinds; the total is then theirs.")


@strawberry.type
class StatisticsQueries:
    @strawberry.field(
        extensions=[Requires(Scope.STATISTICS)],
        description="What each medium brought and cost, for one case or for many.",
    )
    def media_response(
        self, info: Info, chosen: Annotated[MediaResponseFilter | None, ChosenRows] = strawberry.UNSET
    ) -> MediaResponse | None:
        wanted = _slice(chosen) if chosen else Slice()
        return MediaResponse(report=media_response(info.context.actor, wanted), at=info.context.now)


def _slice(chosen: MediaResponseFilter) -> Slice:
    period = chosen.deadline
    return Slice(
        cases=keys_in(chosen.case, "RecruitmentCase", RecruitmentCase) if chosen.case else None,
        institutions=few(chosen.institution or [], "institution"),
        units=_paths(chosen.unit) if chosen.unit else None,
        categories=few(chosen.category or [], "category"),
        deadline_from=period.from_ or None if period else None,
        deadline_to=period.to or None if period else None,
        medium_kinds=values(few(chosen.medium_kind or [], "mediumKind")),
    )


def _paths(ids: list[ID]) -> list[str]:
    units = OrganisationalUnit.objects.filter(pk__in=keys_in(ids, "OrganisationalUnit", OrganisationalUnit))
    return list(units.values_list("path", flat=True))
