"""Who asks, and what this answer has shown them: one object for the whole of a request."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import strawberry
from graphql import DocumentNode, FieldNode

from graphql_api.rates import Account
from graphql_api.reads import Reads
from recruitment import clock
from recruitment.people.actor import Actor, ActorKind


@dataclass
class Context:
    """Resolvers see the asker here and nowhere else; `actor.memo` keeps what access looked up."""

    actor: Actor
    account: Account
    operation_name: str | None = None
    reads: Reads = field(default_factory=Reads)
    document: DocumentNode | None = None
    failed: bool = False

    @property
    def executing(self) -> bool:
        """Whether the document got as far as its resolvers."""
        return self.document is not None

    @cached_property
    def asked(self) -> frozenset[str]:
        """The names of all fields in the document, at whatever level."""
        return frozenset(field_names(self.document)) if self.document else frozenset()

    @cached_property
    def now(self) -> dt.datetime:
        """The database's clock, read once an answer, so that one answer does not disagree with itself."""
        return clock.now()

    @property
    def scopes(self) -> frozenset[str]:
        """What the token opens; nothing for an anonymous asker."""
        return self.actor.scopes

    @property
    def is_anonymous(self) -> bool:
        """Whether no token was sent."""
        return self.actor.kind == ActorKind.ANONYMOUS


def field_names(document: DocumentNode) -> Iterator[str]:
    """Every field's name, as often as it stands in the text."""
    waiting = [definition.selection_set for definition in document.definitions if hasattr(definition, "selection_set")]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FieldNode):
                yield node.name.value
            if getattr(node, "selection_set", None):
                waiting.append(node.selection_set)


Info: TypeAlias = strawberry.Info[Context, None]
