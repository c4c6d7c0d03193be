"""Lists of the API: always a page at a time, in an order that is total, with cursors that cannot be forged."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, Generic, TypeVar, cast

import strawberry
from django.db.models import Count, F, Model, QuerySet, Window
from django.db.models.functions import RowNumber
from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions import FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from graphql_api.cohort import for_each, gathered
from graphql_api.errors import bad_input
from graphql_api.limits import DEFAULT_PAGE
from graphql_api.seek import Key, Step, beyond, cursor_of, in_order, steps_for, values_in

LARGEST_PAGE = 100
NodeT = TypeVar("NodeT")


@dataclass(frozen=True)
class Listing:
    """What a list holds: the rows the asker may see, and the order asked for.

    With `parent` (a foreign key's name) it is the list of each row of a cohort, read for all of them in one query.
    `shown` is told which rows a page holds.
    """

    rows: QuerySet[Any]
    order: Sequence[Key] = ()
    parent: str | None = None
    shown: Callable[[list[Any]], None] = lambda _rows: None


@dataclass(frozen=True)
class Extent:
    """The part of a list that was asked for: `size` rows after or before a cursor, from the front or from the end."""

    size: int = DEFAULT_PAGE
    backwards: bool = False
    after: str | None = None
    before: str | None = None


@dataclass
class Page:
    """The rows of one page, and how to find out what lies around it."""

    rows: list[Any]
    steps: Sequence[Step]
    extent: Extent
    overshot: bool
    around: QuerySet[Any]
    count: Callable[[], int]
    _total: int | None = field(default=None, init=False)

    @property
    def has_next(self) -> bool:
        """Whether rows follow. Asks the database only for a page read backwards from a cursor."""
        if not self.extent.backwards:
            return self.overshot
        return self.extent.before is not None and self._exists(self.steps, self.rows[-1:])

    @property
    def has_previous(self) -> bool:
        """Whether rows come before. Asks the database only for a page read forwards from a cursor."""
        if self.extent.backwards:
            return self.overshot
        return self.extent.after is not None and self._exists([s.turned() for s in self.steps], self.rows[:1])

    @property
    def total(self) -> int:
        """All rows of the list, whatever the page."""
        if self._total is None:
            self._total = self.count()
        return self._total

    def _exists(self, steps: Sequence[Step], edge: list[Any]) -> bool:
        if not edge:
            return self.around.exists()
        values = [getattr(edge[0], step.alias) for step in steps]
        return self.around.filter(beyond(steps, values)).exists()


def page_of(listing: Listing, extent: Extent) -> Page:
    """One page, in one query."""
    steps, reading, rows = _prepared(listing, extent)
    read = list(in_order(rows, reading)[: extent.size + 1])
    listing.shown(gathered(read[: extent.size]))
    return _page(read, steps, extent, around=listing.rows, count=listing.rows.order_by().count)


def page_for(row: Model, key: Hashable, listing: Listing, extent: Extent) -> Page:
    """The page of this row's own list, read with those of its whole cohort in one query.

    `key` tells this list from the row's other lists: its name and the arguments that shaped it.
    """
    page = for_each(row, ("page", key, tuple(listing.order), extent), lambda cohort: _pages(listing, extent, cohort))
    return cast(Page, page)


def _prepared(listing: Listing, extent: Extent) -> tuple[list[Step], list[Step], QuerySet[Any]]:
    """The order, the order to read in, and the rows between the cursors."""
    steps = steps_for(listing.rows, listing.order)
    turned = [step.turned() for step in steps]
    rows, model = listing.rows, listing.rows.model
    if extent.after is not None:
        rows = rows.filter(beyond(steps, values_in(extent.after, model, steps)))
    if extent.before is not None:
        rows = rows.filter(beyond(turned, values_in(extent.before, model, steps)))
    return steps, (turned if extent.backwards else steps), rows


def _page(
    read: list[Any], steps: list[Step], extent: Extent, *, around: QuerySet[Any], count: Callable[[], int]
) -> Page:
    kept = read[: extent.size]
    rows = kept[::-1] if extent.backwards else kept
    return Page(rows, steps, extent, len(read) > extent.size, around, count)


def _pages(listing: Listing, extent: Extent, cohort: list[Any]) -> dict[Any, Page]:
    owner = f"{listing.parent}_id"
    owners = [member.pk for member in cohort]
    own = listing.rows.filter(**{f"{owner}__in": owners})
    steps, reading, rows = _prepared(Listing(own, listing.order), extent)
    number = Window(RowNumber(), partition_by=F(owner), order_by=[step.order() for step in reading])
    read: dict[Any, list[Any]] = {pk: [] for pk in owners}
    for row in in_order(rows, reading).annotate(seek_number=number).filter(seek_number__lte=extent.size + 1):
        read[getattr(row, owner)].append(row)
    listing.shown(gathered(row for rows_of_one in read.values() for row in rows_of_one[: extent.size]))
    counts = _Counts(own, owner)
    return {
        pk: _page(found, steps, extent, around=own.filter(**{owner: pk}), count=partial(counts.of, pk))
        for pk, found in read.items()
    }


@dataclass
class _Counts:
    """How many rows each owner has, counted for all of them when the first is asked."""

    rows: QuerySet[Any]
    owner: str

    def of(self, pk: Any) -> int:
        return self._all.get(pk, 0)

    @cached_property
    def _all(self) -> dict[Any, int]:
        counted = self.rows.order_by().values_list(self.owner).annotate(Count("pk"))
        return dict(counted.values_list(self.owner, "pk__count"))


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    page: strawberry.Private[Page]

    @strawberry.field(description="Whether rows follow after this page.")
    def has_next_page(self) -> bool:
        return self.page.has_next

    @strawberry.field(description="Whether rows come before this page.")
    def has_previous_page(self) -> bool:
        return self.page.has_previous

    @strawberry.field(description="The cursor of the first row of this page; null when the page is empty.")
    def start_cursor(self) -> str | None:
        return cursor_of(self.page.rows[0], self.page.steps) if self.page.rows else None

    @strawberry.field(description="The cursor of the last row of this page; null when the page is empty.")
    def end_cursor(self) -> str | None:
        return cursor_of(self.page.rows[-1], self.page.steps) if self.page.rows else None


@strawberry.type(name="Edge", description="A row and its place in the list.")
class Edge(Generic[NodeT]):
    steps: strawberry.Private[Sequence[Step]]
    node: NodeT = strawberry.field(description="The row.")

    @strawberry.field(description="Where the row stands: give it as `after` or `before`. Holds for this order only.")
    def cursor(self) -> str:
        return cursor_of(cast(Model, self.node), self.steps)


@strawberry.type(name="Connection", description="One page of a list.")
class Connection(Generic[NodeT]):
    page: strawberry.Private[Page]

    @strawberry.field(description="The rows of this page with their cursors.")
    def edges(self) -> list[Edge[NodeT]]:
        return [Edge(steps=self.page.steps, node=row) for row in self.page.rows]

    @strawberry.field(description="The rows of this page.")
    def nodes(self) -> list[NodeT]:
        return self.page.rows

    @strawberry.field(description="Where the page stands in the list.")
    def page_info(self) -> PageInfo:
        return PageInfo(page=self.page)

    @strawberry.field(
        description="How many rows the whole list has. Costs a count in the database: ask once, not per page."
    )
    def total_count(self) -> int:
        return self.page.total


class Paged(FieldExtension):
    """Gives a field the four arguments of a page, and turns the Listing it returns into that page."""

    def __init__(self, largest: int = LARGEST_PAGE) -> None:
        self.largest = largest

    def apply(self, field: StrawberryField) -> None:
        """Add the arguments, after the field's own."""
        first = f"How many rows from the front: {DEFAULT_PAGE} when not said, at most {self.largest}."
        last = f"How many rows from the end instead, at most {self.largest}."
        field.arguments = [
            *field.arguments,
            _argument("first", int, first),
            _argument("after", str, "Only rows after this cursor."),
            _argument("last", int, last),
            _argument("before", str, "Only rows before this cursor."),
        ]

    def resolve(self, next_: Any, source: Any, info: strawberry.Info, **arguments: Any) -> Any:
        """The page of the listing; null when the field answers null."""
        page = {name: arguments.pop(name, None) for name in ("first", "after", "last", "before")}
        extent = extent_of(**page, largest=self.largest)
        listing = next_(source, info, **arguments)
        if listing is None:
            return None
        if listing.parent is None:
            return Connection(page=page_of(listing, extent))
        key = (info.field_name, repr(arguments))
        return Connection(page=page_for(source, key, listing, extent))


def extent_of(
    *, first: int | None, after: str | None, last: int | None, before: str | None, largest: int = LARGEST_PAGE
) -> Extent:
    """The part asked for. Raises Refusal for a size out of range and for `first` together with `last`."""
    if first is not None and last is not None:
        raise bad_input("Give either `first` or `last`, not both.")
    for name, size in (("first", first), ("last", last)):
        if size is not None and not 0 <= size <= largest:
            raise bad_input(f"`{name}` must be from 0 to {largest}.")
    if last is not None:
        return Extent(last, backwards=True, after=after, before=before)
    return Extent(DEFAULT_PAGE if first is None else first, after=after, before=before)


def _argument(name: str, kind: type, description: str) -> StrawberryArgument:
    annotation = StrawberryAnnotation(kind | None)
    return StrawberryArgument(name, None, annotation, default=strawberry.UNSET, description=description)
