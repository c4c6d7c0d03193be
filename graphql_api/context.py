"""Who asks, and what this answer has shown them: one object for the whole of a request."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import strawberry

from graphql_api.reads import Reads
from recruitment import clock
from recruitment.people.actor import Actor, ActorKind


@dataclass
class Context:
    """Resolvers see the asker here and nowhere else; `actor.memo` keeps what access looked up."""

    actor: Actor
    operation_name: str | None = None
    reads: Reads = field(default_factory=Reads)
    executing: bool = False

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


Info: TypeAlias = strawberry.Info[Context, None]
