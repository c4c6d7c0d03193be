"""The guard on a field: which scope opens it, and how the schema says so."""

from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

from graphql_api.context import Info
from graphql_api.errors import Code, Refusal
from graphql_api.oauth import Scope
from recruitment.applications.models import Application


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

    def resolve(self, next_: Any, source: Any, info: Info, **arguments: Any) -> Any:
        """Refuse, naming the scope, or go on."""
        require_scope(info, self.scope)
        if self.scope == Scope.PERSONAL and isinstance(source, Application):
            info.context.reads.opened.add(source.pk)
        return next_(source, info, **arguments)


def require_scope(info: Info, scope: Scope) -> None:
    """Raises Refusal (FORBIDDEN; UNAUTHENTICATED without any token) when the token lacks the scope."""
    context = info.context
    if scope in context.scopes:
        return
    if context.is_anonymous:
        raise Refusal(Code.UNAUTHENTICATED, f"Send a bearer token with the scope {scope}.", scope=str(scope))
    raise Refusal(Code.FORBIDDEN, f"The token lacks the scope {scope}.", scope=str(scope))
