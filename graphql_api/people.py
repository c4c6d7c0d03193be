"""Who is asking: what a token is good for, told to its holder."""

from typing import Any

import strawberry

from graphql_api.connection import Connection, Listing, Paged
from graphql_api.context import Info
from graphql_api.organisation.types import Institution
from graphql_api.seek import Key
from recruitment.access.decide import SCOPES, institutions_of
from recruitment.organisation import models as organisation
from recruitment.people.actor import Actor


@strawberry.type(description="The holder of the token.")
class Viewer:
    actor: strawberry.Private[Actor]

    @strawberry.field(description="The program's or the person's name.")
    def name(self) -> str:
        return str(self.actor.client.name if self.actor.client else self.actor.user)

    @strawberry.field(description="What the token opens.")
    def scopes(self) -> list[str]:
        return sorted(self.actor.scopes)

    @strawberry.field(
        graphql_type=Connection[Institution] | None,
        extensions=[Paged()],
        description="The institutions whose rows the token may open, by name.",
    )
    def institutions(self) -> Any:
        return Listing(institutions_open_to(self.actor), [Key("name_da")])


def institutions_open_to(actor: Actor) -> Any:
    """Institutions in which the actor holds any right that a scope stands for."""
    rights = {right for wanted in SCOPES.values() for right in wanted}
    keys = {key for right in rights for key in institutions_of(actor, right)}
    return organisation.Institution.objects.filter(pk__in=keys)


@strawberry.type
class PeopleQueries:
    @strawberry.field(description="The holder of the token; null without one.")
    def viewer(self, info: Info) -> Viewer | None:
        return None if info.context.is_anonymous else Viewer(actor=info.context.actor)
