"""How much one document may ask for: judged before it runs, and before anything that grows faster than its text.

Fragments are measured once each and remembered, so a bomb of spreads costs as much as its text is long. (The library's
own depth and alias limiters walk every spread again and are therefore exponential.)
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    ValidationContext,
    ValidationRule,
    ValueNode,
    VariableNode,
    get_named_type,
)
from strawberry.extensions import SchemaExtension

from graphql_api.errors import Code, Refusal

DEEPEST = 12
MOST_FIELDS = 600
MOST_ALIASES = 30
MOST_DIRECTIVES = 50
MOST_TOKENS = 2_000
MOST_ROWS = 5_000
DEFAULT_PAGE = 25
DEEPEST_NESTING = 60  # of fragments within fragments, which need not make the answer deeper
INTROSPECTION = frozenset({"__schema", "__type"})


@dataclass
class Size:
    """What a selection comes to when every fragment is written out. Introspection is counted apart."""

    depth: int = 0
    fields: int = 0
    introspected: int = 0
    aliases: int = 0
    directives: int = 0

    def add(self, other: "Size") -> None:
        """Lay a selection beside this one."""
        deepest = max(self.depth, other.depth)
        for part in fields(self):
            setattr(self, part.name, getattr(self, part.name) + getattr(other, part.name))
        self.depth = deepest


class _Measure:
    """Measures one document; a fragment that spreads itself counts as nothing here, another rule refuses it."""

    def __init__(self, document: DocumentNode) -> None:
        definitions = document.definitions
        self.fragments = {d.name.value: d for d in definitions if isinstance(d, FragmentDefinitionNode)}
        self.known: dict[tuple[str, bool], Size] = {}

    def size(self, selection: SelectionSetNode | None, nesting: int, *, inspecting: bool = False) -> Size:
        total = Size()
        if nesting > DEEPEST_NESTING:
            raise _too_much("nesting", nesting, DEEPEST_NESTING)
        for node in selection.selections if selection else ():
            total.directives += len(node.directives or ())
            if isinstance(node, FieldNode):
                total.add(self._field(node, nesting, inspecting=inspecting))
            elif isinstance(node, FragmentSpreadNode):
                total.add(self._fragment(node.name.value, nesting, inspecting=inspecting))
            elif isinstance(node, InlineFragmentNode):
                total.add(self.size(node.selection_set, nesting + 1, inspecting=inspecting))
        return total

    def _field(self, node: FieldNode, nesting: int, *, inspecting: bool) -> Size:
        inspecting = inspecting or node.name.value in INTROSPECTION
        size = self.size(node.selection_set, nesting + 1, inspecting=inspecting)
        size.aliases += node.alias is not None
        if inspecting:
            size.introspected += 1
        else:
            size.fields += 1
            size.depth += 1
        return size

    def _fragment(self, name: str, nesting: int, *, inspecting: bool) -> Size:
        key = (name, inspecting)
        if key not in self.known:
            self.known[key] = Size()
            fragment = self.fragments.get(name)
            self.known[key] = self.size(
                fragment.selection_set if fragment else None, nesting + 1, inspecting=inspecting
            )
        return self.known[key]


class Limits(ValidationRule):
    """Depth, fields, aliases and directives of every operation, with its fragments written out; NUL in no text."""

    def __init__(self, context: ValidationContext) -> None:
        super().__init__(context)
        try:
            self._judge(context.document)
        except GraphQLError as error:
            self.report_error(error)

    def _judge(self, document: DocumentNode) -> None:
        measure = _Measure(document)
        for operation in document.definitions:
            if isinstance(operation, OperationDefinitionNode):
                size = measure.size(operation.selection_set, 0)
                size.directives += len(operation.directives or ())
                self._compare(size)

    def _compare(self, size: Size) -> None:
        limits = {
            "depth": (size.depth, DEEPEST),
            "field count": (size.fields, MOST_FIELDS),
            "introspected field count": (size.introspected, MOST_FIELDS),
            "alias count": (size.aliases, MOST_ALIASES),
            "directive count": (size.directives, MOST_DIRECTIVES),
        }
        for what, (found, limit) in limits.items():
            if found > limit:
                raise _too_much(what, found, limit)

    def enter_string_value(self, node: StringValueNode, *_: Any) -> None:
        """Refuse what the database cannot hold. The parser itself refuses halves of surrogate pairs."""
        if "\x00" in node.value:
            self.report_error(Refusal(Code.BAD_USER_INPUT, "Text must not contain NUL."))


def _too_much(what: str, found: int, limit: int) -> Refusal:
    shown = str(found) if found < 10**12 else "over 10^12"
    return Refusal(Code.QUERY_TOO_COMPLEX, f"The query's {what} is {shown}; the limit is {limit}.")


class OneOperation(SchemaExtension):
    """A document with several operations must be sent with the name of one of them (GraphQL, section 6.1)."""

    def on_validate(self) -> Iterator[None]:
        """Refuse before anything is validated or run."""
        document = self.execution_context.graphql_document
        operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)] if document else []
        if len(operations) > 1 and self.execution_context.context.operation_name is None:
            self.execution_context.pre_execution_errors = [
                Refusal(Code.BAD_REQUEST, "The document has several operations: say which with `operationName`.")
            ]
        yield


class CostLimit(SchemaExtension):
    """Refuses a query whose pages multiply to more rows than one answer may hold, or than the asker may fetch now.

    Runs after validation, so the selection is known to be small when written out.
    """

    def on_execute(self) -> Iterator[None]:
        """Judge with the variables in hand, before the first resolver."""
        rows = row_cost(self.execution_context)
        if rows > MOST_ROWS:
            raise _too_much("cost in rows", rows, MOST_ROWS)
        if rows:
            self.execution_context.context.account.pay(rows)
        yield


class _Place(NamedTuple):
    schema: GraphQLSchema
    fragments: dict[str, FragmentDefinitionNode]
    variables: dict[str, Any]


def row_cost(execution: Any) -> int:
    """The most rows the operation can fetch: page sizes multiplied down through connections and lists by id."""
    document, schema = execution.graphql_document, execution.schema._schema  # noqa: SLF001 - graphql-core's own
    operations = [d for d in document.definitions if isinstance(d, OperationDefinitionNode)]
    name = execution.operation_name
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    return sum(
        _rows(o.selection_set, schema.get_root_type(o.operation), _Place(schema, fragments, _variables(o, execution)))
        for o in operations
        if name is None or (o.name and o.name.value == name)
    )


def _variables(operation: OperationDefinitionNode, execution: Any) -> dict[str, Any]:
    """What was sent, and the document's own defaults where nothing was."""
    defaults = {d.variable.name.value: _plain(d.default_value, {}) for d in operation.variable_definitions or ()}
    return defaults | (execution.variables or {})


def _rows(selection: SelectionSetNode | None, parent: Any, place: _Place) -> int:
    total = 0
    for node in selection.selections if selection else ():
        if isinstance(node, FieldNode):
            total += _rows_of_field(node, parent, place)
        elif isinstance(node, FragmentSpreadNode):
            fragment = place.fragments[node.name.value]
            total += _rows(fragment.selection_set, place.schema.get_type(fragment.type_condition.name.value), place)
        elif isinstance(node, InlineFragmentNode):
            condition = node.type_condition
            inner = place.schema.get_type(condition.name.value) if condition else parent
            total += _rows(node.selection_set, inner, place)
    return total


def _rows_of_field(node: FieldNode, parent: Any, place: _Place) -> int:
    field = getattr(parent, "fields", {}).get(node.name.value)
    if field is None:  # __typename and introspection
        return 0
    inside = _rows(node.selection_set, get_named_type(field.type), place)
    if "first" in field.args:
        size = _number(node, "first", place) or _number(node, "last", place) or DEFAULT_PAGE
        return max(size, 0) * (1 + inside)
    ids = _given(node, "ids", place)
    return len(ids) * (1 + inside) if isinstance(ids, list) else inside


def _number(node: FieldNode, name: str, place: _Place) -> int | None:
    value = _given(node, name, place)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _given(node: FieldNode, name: str, place: _Place) -> Any:
    """The argument as given, in the document or by variable; None when it was not."""
    value = next((a.value for a in node.arguments or () if a.name.value == name), None)
    return _plain(value, place.variables)


def _plain(value: ValueNode | None, variables: dict[str, Any]) -> Any:
    if isinstance(value, VariableNode):
        return variables.get(value.name.value)
    if isinstance(value, IntValueNode):
        return int(value.value)
    return list(value.values) if isinstance(value, ListValueNode) else None
