"""Whoever is doing this: a person, a program, an anonymous visitor, or the house on an errand."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recruitment.people.models import ApiClient, User


class ActorKind(StrEnum):
    """What sort of actor it is."""

    PERSON = "PERSON"
    CLIENT = "CLIENT"
    HOUSE = "HOUSE"
    ANONYMOUS = "ANONYMOUS"


@dataclass(eq=False)
class Actor:
    """The one who acts. Lives as long as a request or an errand; `memo` keeps what access looked up about it."""

    kind: ActorKind
    user: User | None = None
    client: ApiClient | None = None
    scopes: frozenset[str] = frozenset()
    errand: str = ""
    ip: str | None = None
    request_id: str = ""
    memo: dict[Any, Any] = field(default_factory=dict)

    @classmethod
    def house(cls, errand: str) -> Actor:
        """The house itself, with everything allowed: timetable, demo, migrations."""
        return cls(ActorKind.HOUSE, errand=errand)

    @classmethod
    def person(cls, user: Any, *, ip: str | None = None, request_id: str = "") -> Actor:
        """A signed-in person; an anonymous Django user gives the anonymous actor."""
        if not getattr(user, "is_authenticated", False):
            return cls(ActorKind.ANONYMOUS, ip=ip, request_id=request_id)
        return cls(ActorKind.PERSON, user=user, ip=ip, request_id=request_id)

    @classmethod
    def program(cls, client: ApiClient, scopes: frozenset[str], *, ip: str | None = None) -> Actor:
        """An integrator's program with the scopes of its token."""
        return cls(ActorKind.CLIENT, client=client, scopes=scopes, ip=ip)

    @property
    def is_house(self) -> bool:
        """Whether this is the house on an errand."""
        return self.kind == ActorKind.HOUSE

    def __str__(self) -> str:
        """For logs: never a name, only what kind and which number."""
        if self.user is not None:
            return f"user {self.user.pk}"
        if self.client is not None:
            return f"client {self.client.client_id}"
        return f"house: {self.errand}" if self.is_house else "anonymous"
