"""Which rounds a figure is about. The period is counted by the application deadline (E1)."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from recruitment.cases.profile import AdvertisementRound


@dataclass(frozen=True)
class Slice:
    """Empty conditions do not narrow. `units` are paths of units, which hold for everything below them."""

    cases: Collection[Any] | None = None
    institutions: Collection[str] = ()
    units: Collection[str] | None = None
    categories: Collection[str] = ()
    deadline_from: dt.datetime | None = None
    deadline_to: dt.datetime | None = None
    medium_kinds: Collection[str] = ()

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for less than whole institutions."""
        return self.cases is not None or self.units is not None or bool(self.categories)

    def of(self, rounds: QuerySet[AdvertisementRound]) -> QuerySet[AdvertisementRound]:
        """The rounds in the slice."""
        conditions = Q()
        if self.cases is not None:
            conditions &= Q(case__in=self.cases)
        if self.institutions:
            conditions &= Q(case__institution__slug__in=self.institutions)
        if self.units is not None:
            conditions &= _below(self.units)
        if self.categories:
            conditions &= Q(case__position_category__code__in=self.categories)
        if self.deadline_from is not None:
            conditions &= Q(application_deadline__gte=self.deadline_from)
        if self.deadline_to is not None:
            conditions &= Q(application_deadline__lt=self.deadline_to)
        return rounds.filter(conditions)


def _below(paths: Collection[str]) -> Q:
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(case__unit__path__startswith=path)
    return within
