"""Composes the rooms and plugs in the limits; nothing else."""

import strawberry
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache

from graphql_api.advertising.blocks import BLOCK_TYPES
from graphql_api.advertising.queries import AdvertisingQueries
from graphql_api.applications.queries import ApplicationQueries
from graphql_api.cases.queries import CaseQueries
from graphql_api.execution import OneTransaction, QuietSchema
from graphql_api.limits import MOST_TOKENS, CostLimit, Limits, OneOperation
from graphql_api.nodes import NodeQueries
from graphql_api.organisation.queries import OrganisationQueries
from graphql_api.people import PeopleQueries
from graphql_api.scalars import CONFIG
from graphql_api.statistics.queries import StatisticsQueries


@strawberry.type(description="Everything that can be asked.")
class Query(
    PeopleQueries,
    CaseQueries,
    ApplicationQueries,
    StatisticsQueries,
    AdvertisingQueries,
    OrganisationQueries,
    NodeQueries,
):
    pass


schema = QuietSchema(
    query=Query,
    config=CONFIG,
    types=list(BLOCK_TYPES.values()),
    extensions=[
        lambda: MaxTokensLimiter(MOST_TOKENS),
        lambda: AddValidationRules([Limits]),
        ParserCache,
        ValidationCache,
        OneOperation,
        CostLimit,
        OneTransaction,
    ],
)
