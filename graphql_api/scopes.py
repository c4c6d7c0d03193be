"""What a token opens: scopes, the directive that shows them in the schema, and the guard on a field."""

from enum import StrEnum
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

from graphql_api.errors import Code, Refusal


class Scope(StrEnum):
    """What an integrator can be granted. Public job postings need none."""

    CASES = "cases:read"
    APPLICATIONS = "applications:read"
    PERSONAL = "applications:pii:read"
    STATISTICS = "stats:read"


#: What each scope opens, for whoever grants it and for the token endpoint.
MEANING: dict[str, str] = {
    Scope.CASES: "Read the institution's recruitment cases",
    Scope.APPLICATIONS: "Read that applications exist, their states and times; nothing of the person",
    Scope.PERSONAL: "Read who applied, what they answered, and their documents",
    Scope.STATISTICS: "Read counts of applications and what advertising cost",
}


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="requiresScopes",
    description="The token needs all of these scopes; without them the field answers null and an error FORBIDDEN.",
)
class RequiresScopes:
    scopes: list[str] = strawberry.directive_field("scopes")


class Requires(FieldExtension):
    """Guards a field with a scope, and says so in the schema: one declaration for guard, directive and description."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def apply(self, field: StrawberryField) -> None:
        """Write the scope into the schema."""
        field.directives = [*field.directives, RequiresScopes(scopes=[str(self.scope)])]
        field.description = f"{field.description or ''} Requires the scope `{self.scope}`.".strip()

    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """Refuse, naming the scope, or go on."""
        require_scope(info, self.scope)
        return next_(source, info, **arguments)


def require_scope(info: strawberry.Info, scope: Scope) -> None:
    """Raises Refusal (FORBIDDEN; UNAUTHENTICATED without any token) when the token lacks the scope."""
    context = info.context
    if scope in context.scopes:
        return
    if context.is_anonymous:
        raise Refusal(Code.UNAUTHENTICATED, f"Send a bearer token with the scope {scope}.", scope=str(scope))
    raise Refusal(Code.FORBIDDEN, f"The token lacks the scope {scope}.", scope=str(scope))
