"""Pages by position: where a row stands in an order, written into a signed cursor, and the rows beyond it.

Nulls come last whichever way a column is sorted, and are put first when the order is turned round, so a walk forwards
and a walk backwards meet the same rows. Every condition carries a plain bound on the first column (`a >= x`), without
which PostgreSQL reads and throws away all rows before the page.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import F, Field, Model, OrderBy, Q, QuerySet

from graphql_api.errors import bad_input

NOTHING = Q(pk__in=[])
EVERYTHING = Q()


@dataclass(frozen=True)
class Key:
    """One column of an order, as a lookup from the listed model: `round__application_deadline`."""

    path: str
    descending: bool = False


@dataclass(frozen=True)
class Step:
    """A key as this queryset has it."""

    path: str
    alias: str
    descending: bool
    nullable: bool
    field: Field[Any, Any]
    nulls_first: bool = False

    def turned(self) -> "Step":
        """The same column read from the other end."""
        return replace(self, descending=not self.descending, nulls_first=not self.nulls_first)

    def order(self) -> OrderBy:
        """The ORDER BY term. Nulls are named only where there can be any: otherwise a plain index serves both ways."""
        nulls = {"nulls_first": True} if self.nulls_first else {"nulls_last": True}
        options: dict[str, Any] = nulls if self.nullable else {}
        return F(self.path).desc(**options) if self.descending else F(self.path).asc(**options)

    def beyond(self, value: Any) -> Q:
        """Rows whose column comes strictly after `value`."""
        if value is None:
            return Q((f"{self.path}__isnull", False)) if self.nulls_first else NOTHING
        return self._compared("lt" if self.descending else "gt", value)

    def bound(self, value: Any) -> Q:
        """Rows whose column is `value` or comes after it."""
        if value is None:
            return EVERYTHING if self.nulls_first else Q((f"{self.path}__isnull", True))
        return self._compared("lte" if self.descending else "gte", value)

    def level(self, value: Any) -> Q:
        """Rows whose column is exactly `value`."""
        return Q((f"{self.path}__isnull", True)) if value is None else Q((self.path, value))

    def _compared(self, lookup: str, value: Any) -> Q:
        found = Q((f"{self.path}__{lookup}", value))
        return found | Q((f"{self.path}__isnull", True)) if self.nullable and not self.nulls_first else found


def steps_for(queryset: QuerySet[Any], keys: Sequence[Key]) -> list[Step]:
    """The keys and, last, the primary key, which makes the order total."""
    total = [*(key for key in keys if key.path != "pk"), Key("pk")]
    return [_step(queryset, key, number) for number, key in enumerate(total)]


def _step(queryset: QuerySet[Any], key: Key, number: int) -> Step:
    annotation = queryset.query.annotations.get(key.path)
    if annotation is not None:
        return Step(key.path, key.path, key.descending, nullable=True, field=annotation.output_field)
    field, nullable = _column(queryset.model, key.path)
    alias = f"seek_{number}" if "__" in key.path else key.path
    return Step(key.path, alias, key.descending, nullable, field)


def _column(model: type[Model], path: str) -> tuple[Field[Any, Any], bool]:
    nullable = False
    *relations, name = path.split("__")
    for relation in relations:
        field: Any = model._meta.get_field(relation)
        nullable = nullable or field.null
        model = field.related_model
    try:
        column: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    except FieldDoesNotExist as error:
        raise LookupError(f"{model.__name__} cannot be sorted by {path}") from error
    return column, nullable or column.null


def in_order(queryset: QuerySet[Any], steps: Sequence[Step]) -> QuerySet[Any]:
    """The rows in this order, each carrying the values that its cursor needs."""
    extra = {step.alias: F(step.path) for step in steps if step.alias != step.path}
    queryset = _with_columns(queryset, [step.path for step in steps if step.path in _own_columns(queryset)])
    return queryset.annotate(**extra).order_by(*(step.order() for step in steps))


def _own_columns(queryset: QuerySet[Any]) -> set[str]:
    return {field.name for field in queryset.model._meta.concrete_fields}


def _with_columns(queryset: QuerySet[Any], names: list[str]) -> QuerySet[Any]:
    """The queryset, loading these columns too where it loads only some."""
    loaded, is_deferred = queryset.query.deferred_loading
    return queryset if is_deferred else queryset.only(*loaded, *names)


def beyond(steps: Sequence[Step], values: Sequence[Any]) -> Q:
    """The rows strictly after the one that has these values."""
    return steps[0].bound(values[0]) & _strictly_beyond(steps, values)


def _strictly_beyond(steps: Sequence[Step], values: Sequence[Any]) -> Q:
    first, value = steps[0], values[0]
    if len(steps) == 1:
        return first.beyond(value)
    return first.beyond(value) | (first.level(value) & _strictly_beyond(steps[1:], values[1:]))


def cursor_of(row: Model, steps: Sequence[Step]) -> str:
    """Where the row stands, signed: a client can neither make one up nor use it with another order."""
    return _signer(type(row), steps).sign_object([_as_text(getattr(row, step.alias)) for step in steps])


def values_in(cursor: str, model: type[Model], steps: Sequence[Step]) -> list[Any]:
    """The values of the row that the cursor names. Raises Refusal when the cursor is not one of ours for this order."""
    try:
        texts = _signer(model, steps).unsign_object(cursor)
        return [None if t is None else step.field.to_python(t) for step, t in zip(steps, texts, strict=True)]
    except (BadSignature, ValueError, TypeError, ValidationError):
        raise bad_input("The cursor is not one of this list in this order.") from None


def _signer(model: type[Model], steps: Sequence[Step]) -> Signer:
    order = ",".join(f"{'-' if step.descending else ''}{step.path}" for step in steps)
    return Signer(salt=f"graphql.cursor:{model._meta.label}:{order}")


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)
