"""Which cases the asker may see: the one place where this face asks."""

from django.db.models import QuerySet

from graphql_api.columns import slim
from graphql_api.context import Info
from graphql_api.nodes import readable
from graphql_api.oauth import Scope
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase


def visible_cases(info: Info) -> QuerySet[RecruitmentCase]:
    """Cases that the asker may view, with the columns that the document asks for."""
    rows = visible(info.context.actor, Permission.CASE_VIEW, RecruitmentCase.objects.all())
    return slim(rows, "RecruitmentCase", info)


@readable("RecruitmentCase", RecruitmentCase)
def cases_by_id(info: Info) -> QuerySet[RecruitmentCase] | None:
    """The same by id; nothing for a token without the scope."""
    return visible_cases(info) if Scope.CASES in info.context.scopes else None
