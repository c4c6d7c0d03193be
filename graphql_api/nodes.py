"""Objects by their global id. Unknown, malformed and forbidden ids are all answered alike: null."""

import base64
import binascii
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Annotated, Any, ClassVar, TypeVar

import strawberry
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from strawberry import ID, Info

from graphql_api.cohort import gathered
from graphql_api.errors import bad_input

MOST_IDS = 100

Reader = Callable[[Info], QuerySet[Any] | None]
ReaderT = TypeVar("ReaderT", bound=Reader)


@strawberry.interface(description="An object that can be fetched again by its id.")
class Node:
    model: ClassVar[type[Model]]

    @strawberry.field(description="The object's id, the same for ever and in every query. Do not take it apart.")
    def id(self) -> ID:
        return global_id(_kinds[type(self)], self.pk)  # type: ignore[index, attr-defined]

    @classmethod
    def is_type_of(cls, obj: Any, _info: Any) -> bool:
        """Whether the row belongs to this type."""
        return isinstance(obj, cls.model)


#: For each type that can be fetched by id: its model, and the rows that the asker may see (None: nothing at all).
_readers: dict[str, tuple[type[Model], Reader]] = {}
_kinds: dict[type[Model], str] = {}


def readable(kind: str, model: type[Model]) -> Callable[[ReaderT], ReaderT]:
    """Let objects of the type `kind` be fetched by id, from the rows that the decorated function gives."""

    def register(reader: ReaderT) -> ReaderT:
        _readers[kind] = model, reader
        _kinds[model] = kind
        return reader

    return register


def readable_kinds() -> frozenset[str]:
    """The names of the types that can be fetched by id."""
    return frozenset(_readers)


def global_id(kind: str, key: object) -> ID:
    """An opaque id: the type's name and the key."""
    return ID(base64.urlsafe_b64encode(f"{kind}:{key}".encode()).decode().rstrip("="))


def of_kind(value: str, kind: str) -> str:
    """The id as it is when it is of this kind; else one that leads nowhere."""
    return value if _key(value)[0] == kind else ""


def keys_in(ids: Iterable[str], kind: str, model: type[Model]) -> list[Any]:
    """The keys of the ids that are of this kind; the others match nothing. Raises Refusal for more than a hundred."""
    found = (_key(value) for value in _few(ids))
    return [key for name, text in found if name == kind and (key := _converted(model, text)) is not None]


def fetch(info: Info, ids: Iterable[str]) -> list[Any | None]:
    """The objects in the order of the ids, one query a type; None for every id that leads nowhere for this asker."""
    wanted = [_key(value) for value in _few(ids)]
    by_kind: dict[str, set[Any]] = defaultdict(set)
    for kind, text in wanted:
        if kind in _readers and (key := _converted(_readers[kind][0], text)) is not None:
            by_kind[kind].add(key)
    found = {kind: _rows(info, kind, keys) for kind, keys in by_kind.items()}
    return [found.get(kind, {}).get(text) for kind, text in wanted]


def _rows(info: Info, kind: str, keys: set[Any]) -> dict[str, Any]:
    rows = _readers[kind][1](info)
    if rows is None:
        return {}
    found = gathered(rows.filter(pk__in=keys))
    info.context.reads.note(found)
    return {str(row.pk): row for row in found}


def _few(ids: Iterable[str]) -> list[str]:
    listed = list(ids)
    if len(listed) > MOST_IDS:
        raise bad_input(f"Give at most {MOST_IDS} ids.")
    return listed


def _key(value: str) -> tuple[str, str]:
    """The type's name and the key, as text; two empty strings for anything that is not an id of ours."""
    try:
        text = base64.b64decode(
            value.encode("ascii") + b"=" * (-len(value) % 4), altchars=b"-_", validate=True
        ).decode()
    except (binascii.Error, UnicodeError, ValueError):
        return "", ""
    kind, _, key = text.partition(":")
    return kind, key


def _converted(model: type[Model], text: str) -> Any:
    """The key as the database has it; None unless the text is exactly how we write that key."""
    try:
        key = model._meta.pk.to_python(text)
    except ValidationError:
        return None
    return key if str(key) == text else None


@strawberry.type
class NodeQueries:
    @strawberry.field(description="An object by its id; null when there is none that you may see.")
    def node(
        self, info: Info, wanted: Annotated[ID, strawberry.argument(name="id", description="The object's id.")]
    ) -> Node | None:
        return fetch(info, [wanted])[0]

    @strawberry.field(description="Objects by their ids, in that order; null where there is none that you may see.")
    def nodes(
        self, info: Info, ids: Annotated[list[ID], strawberry.argument(description="At most a hundred ids.")]
    ) -> list[Node | None]:
        return fetch(info, ids)
