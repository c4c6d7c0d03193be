"""Documents that together ask for every field of the schema, made from the schema itself: nobody has to remember a new one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from graphql_api.schema import schema

BUILT = schema._schema
PAGE = 5
TOO_WIDE = {"JobPosting"}  # with all its blocks twice a document would be over the limit of fields
WITH_ROOTS = {"RecruitmentCase", "Application", "JobPosting"}
Pair = tuple[str, str]


def every_pair() -> set[Pair]:
    """Each type and field that can be asked for."""
    return {
        (name, field)
        for name, kind in BUILT.type_map.items()
        if isinstance(kind, GraphQLObjectType) and not name.startswith("__")
        for field in kind.fields
    }


@dataclass
class Question:
    """A document for one field of the root, and the pairs it asks for."""

    root: str
    text: str = ""
    asked: set[Pair] = field(default_factory=set)


def questions(arguments: dict[str, str]) -> list[Question]:
    """For each field of the root a document, or one for each type it may be; `arguments` gives those that must be said."""
    return [q for name, root in BUILT.query_type.fields.items() for q in _of_root(name, root, arguments)]


def _of_root(name: str, root: GraphQLField, arguments: dict[str, str]) -> Iterator[Question]:
    kind = get_named_type(root.type)
    for each in BUILT.get_possible_types(kind) if isinstance(kind, GraphQLInterfaceType) else [kind]:
        question = Question(name, asked={("Query", name)})
        inside = _selection(each, (), question)
        inside = inside if each is kind else f"{{ ... on {each.name} {inside} }}"
        question.text = f"{{ {name}{arguments.get(name) or _page(root)} {inside} }}"
        yield question


def _selection(kind: object, above: tuple[str, ...], question: Question) -> str:
    if is_leaf_type(kind):
        return ""
    if isinstance(kind, GraphQLInterfaceType):
        parts = [f"... on {each.name} {_selection(each, above, question)}" for each in BUILT.get_possible_types(kind)]
        return f"{{ __typename {' '.join(parts)} }}"
    parts = [_part(kind, name, above, question) for name in kind.fields]
    return f"{{ __typename {' '.join(filter(None, parts))} }}"


def _part(kind: GraphQLObjectType, name: str, above: tuple[str, ...], question: Question) -> str:
    about = kind.fields[name]
    target = get_named_type(about.type)
    if not is_leaf_type(target) and _is_left_out(kind.name, name, target.name, above):
        return ""
    question.asked.add((kind.name, name))
    if kind.name.endswith("Edge") and target.name in TOO_WIDE:
        return f"{name} {{ __typename }}"
    inside = _selection(target, (*above, kind.name), question)
    return f"{name}{_page(about)} {inside}"


def _is_left_out(kind: str, name: str, target: str, above: tuple[str, ...]) -> bool:
    """Ways back to where it came from, and edges below the first list."""
    deep = [n for n in above if not n.endswith(("Connection", "Edge"))]
    if kind in WITH_ROOTS and WITH_ROOTS & set(deep):
        return True  # its relations are asked for from its own root
    if kind.endswith(("Connection", "Edge")):
        return name == "edges" and bool(deep)
    return target in above


def _page(about: GraphQLField) -> str:
    return f"(first: {PAGE})" if "first" in about.args else ""
