"""Media as the statistics and the publications name them."""

import strawberry

from graphql_api.enums import MediumKind
from graphql_api.organisation.types import LocalisedText, localised


@strawberry.type(description="A place where ads are shown.")
class Medium:
    code: str = strawberry.field(description="Its code.")
    kind: MediumKind = strawberry.field(description="What sort of medium it is.")

    @strawberry.field(description="Its name.")
    def name(self) -> LocalisedText:
        return localised(self, "name")
