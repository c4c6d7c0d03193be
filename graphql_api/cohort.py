"""Rows that were fetched together know each other, so what one of them needs is fetched for all, once.

This is what keeps the number of queries the same for one row and for a hundred, at any depth and under any alias,
while every relation still goes through `visible`: a resolver names the rows it may see, never an attribute of the row
it stands on.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

MOST = 200  # rows of a list that is short by nature: no answer grows without bound even where the data do

Value = TypeVar("Value")
Row = TypeVar("Row", bound=Model)


class Cohort:
    """Rows of one model that came by one query, and what has been fetched for them since."""

    def __init__(self, rows: list[Any]) -> None:
        self.rows = rows
        self.memo: dict[Hashable, Mapping[Any, Any]] = {}


def gathered(rows: Iterable[Row]) -> list[Row]:
    """The rows, introduced to each other."""
    together = list(rows)
    cohort = Cohort(together)
    for row in together:
        row.cohort = cohort  # type: ignore[attr-defined]
    return together


def cohort_of(row: Any) -> Cohort:
    """The rows that came with this one; itself alone when it came alone."""
    if not hasattr(row, "cohort"):
        gathered([row])
    found: Cohort = row.cohort
    return found


def for_each(row: Any, key: Hashable, fetch: Callable[[list[Any]], Mapping[Any, Value]]) -> Value | None:
    """What `fetch` finds for this row: it is called once with the whole cohort and answers by primary key."""
    cohort = cohort_of(row)
    if key not in cohort.memo:
        cohort.memo[key] = fetch(cohort.rows)
    return cohort.memo[key].get(row.pk)


def one(row: Any, relation: str, rows: Callable[[], QuerySet[Any]]) -> Any:
    """The row that the foreign key `relation` points at, if it is among `rows`; else None."""

    def fetch(cohort: list[Any]) -> dict[Any, Any]:
        wanted = {getattr(member, f"{relation}_id") for member in cohort} - {None}
        found = {target.pk: target for target in gathered(rows().filter(pk__in=wanted))} if wanted else {}
        return {member.pk: found.get(getattr(member, f"{relation}_id")) for member in cohort}

    return for_each(row, ("one", relation), fetch)


def many(row: Any, name: str, rows: Callable[[], QuerySet[Any]], *, by: str) -> list[Any]:
    """The rows whose foreign key `by` points at this one, in the order of `rows`. For lists that are short by nature."""

    def fetch(cohort: list[Any]) -> dict[Any, list[Any]]:
        found: dict[Any, list[Any]] = {member.pk: [] for member in cohort}
        for target in gathered(rows().filter(**{f"{by}__in": list(found)})):
            found[getattr(target, f"{by}_id")].append(target)
        return found

    return (for_each(row, ("many", name), fetch) or [])[:MOST]


def linked(row: Any, name: str, through: Any, rows: Callable[[], QuerySet[Any]], *, near: str, far: str) -> list[Any]:
    """The rows tied to this one by the table `through`, in the order of `rows`; `near` and `far` are its two keys."""

    def fetch(cohort: list[Any]) -> dict[Any, list[Any]]:
        owners = {member.pk for member in cohort}
        pairs = list(through.objects.filter(**{f"{near}__in": owners}).values_list(f"{near}_id", f"{far}_id"))
        targets = gathered(rows().filter(pk__in={target for _owner, target in pairs})) if pairs else []
        tied = set(pairs)
        return {owner: [target for target in targets if (owner, target.pk) in tied] for owner in owners}

    return (for_each(row, ("linked", name), fetch) or [])[:MOST]
