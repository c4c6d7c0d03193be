"""What the filters of the lists have in common."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

import strawberry
from django.db.models import Q, QuerySet

from graphql_api.enums import OrderDirection
from graphql_api.errors import bad_input
from graphql_api.seek import Key

LONGEST_LIST = 100
LONGEST_SEARCH = 200
MOST_KEYS = 3
ChosenRows = strawberry.argument(name="filter", description="Which rows.")
ChosenOrder = strawberry.argument(description="How to sort them; the list's usual order when not given.")


def given(description: str) -> Any:
    """A condition of a filter that need not be given."""
    return strawberry.field(default=strawberry.UNSET, description=description)


@strawberry.input(description="From one instant up to another; either end may be left open.")
class DateTimeRange:
    from_: dt.datetime | None = strawberry.field(
        name="from", default=strawberry.UNSET, description="The earliest instant, itself included."
    )
    to: dt.datetime | None = given("The end, itself not included.")

    def within(self, column: str) -> Q:
        """Rows whose column lies in the range."""
        found = Q()
        if self.from_:
            found &= Q((f"{column}__gte", self.from_))
        if self.to:
            found &= Q((f"{column}__lt", self.to))
        return found


def few(chosen: Sequence[Any], name: str) -> list[Any]:
    """The list given as a filter. Raises Refusal when it is longer than a hundred."""
    if len(chosen) > LONGEST_LIST:
        raise bad_input(f"Give at most {LONGEST_LIST} values for `{name}`.")
    return list(chosen)


def search_words(text: str) -> list[str]:
    """The words to look for. Raises Refusal for a text nobody would type."""
    if len(text) > LONGEST_SEARCH:
        raise bad_input(f"The search may be {LONGEST_SEARCH} characters.")
    return text.split()


def containing(rows: QuerySet[Any], text: str, columns: Sequence[str]) -> QuerySet[Any]:
    """Rows that hold every word somewhere in these columns, whatever the case of letters."""
    for word in search_words(text):
        anywhere = Q()
        for column in columns:
            anywhere |= Q((f"{column}__icontains", word))
        rows = rows.filter(anywhere)
    return rows


def keys_of(chosen: Sequence[Any] | None, default: Sequence[Key]) -> Sequence[Key]:
    """The order asked for. The enum of an order input holds the lookup to sort by."""
    if not chosen:
        return default
    if len(chosen) > MOST_KEYS:
        raise bad_input(f"Sort by at most {MOST_KEYS} fields.")
    return [Key(o.field.value, descending=o.direction == OrderDirection.DESC) for o in chosen]
