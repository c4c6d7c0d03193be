"""Rows are loaded with the columns that the document can ask for, and no others: making wide rows is most of the work.

A field that is a column needs itself; a field with a resolver says with `needs` what it reads of its row. What a field
does not name and reads all the same costs a query a row, which the tests of the number of queries would show.
"""

from functools import cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from graphql_api.context import Info
from graphql_api.scalars import CONFIG

M = TypeVar("M", bound=Model)


def needs(*columns: str) -> dict[str, tuple[str, ...]]:
    """For a field's metadata: the columns of its row that the resolver reads; none for one that reads the key only."""
    return {"needs": columns}


@cache
def columns_by_field(schema: Any, kind: str) -> dict[str, tuple[str, ...]]:
    """What each field of the type needs, by the field's name in the schema."""
    names = CONFIG.name_converter.get_graphql_name
    fields = schema.get_type_by_name(kind).fields
    return {names(field): field.metadata.get("needs", (field.python_name,)) for field in fields}


def slim(rows: QuerySet[M], kind: str, info: Info, *always: str) -> QuerySet[M]:
    """The rows with the columns that the document may ask of this type, and those that are needed `always`."""
    wanted = columns_by_field(info.schema, kind)
    asked = {column for name in info.context.asked for column in wanted.get(name, ())}
    return rows.only("pk", *always, *sorted(asked))
