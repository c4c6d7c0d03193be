"""Objects by their global id. Unknown, malformed and forbidden ids are all answered alike: null."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar

import strawberry
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from strawberry import ID, Info

from graphql_api.cohort import gathered
from graphql_api.errors import bad_input

MOST_IDS = 100


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    model: ClassVar[type[Model]]

    @strawberry.field(description="The object's id, the same for ever and in every query. Its form may change: do not take it apart.")
    def id(self, info: Info) -> ID:
        return global_id(info._raw_info.parent_type.name, self.pk)  # type: ignore[attr-defined]

    @classmethod
    def is_type_of(cls, obj: Any, _info: Any) -> bool:
        """Whether the row belongs to this type."""
        return isinstance(obj, cls.model)


#: The rows of each Node type that this asker may see, by the type's name. Only what stands here can be fetched by id.
Reader = Callable[[Info], QuerySet[Any]]
readers: dict[str, Reader] = {}


def readable(name: str) -> Callable[[Reader], Reader]:
    """Let objects of the type `name` be fetched by id, from the rows that the decorated function gives."""

    def register(reader: Reader) -> Reader:
        readers[name] = reader
        return reader

    return register


def global_id(kind: str, key: object) -> ID:
    """An opaque id: the type's name and the key."""
    return ID(base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode().rstrip("="))


def key_in(value: str, kind: str) -> str | None:
    """The key in a global id of this kind; None for any other text."""
    found, key = _taken_apart(value)
    return key if found == kind else None


def keys_in(values: Iterable[str], kind: str) -> list[str]:
    """The keys of ids given as a filter. Ids of other kinds and nonsense match nothing. Raises Refusal for too many."""
    listed = list(values)
    if len(listed) > MOST_IDS:
        raise bad_input(f"Give at most {MOST_IDS} ids.")
    return [key for value in listed if (key := key_in(value, kind)) is not None and _fits(readers_model(kind), key)]
