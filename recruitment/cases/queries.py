"""Finding cases: the list with its filters, and what waits for somebody."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.cases.adapted import CaseTemplate, StateLabel
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.actor import Actor

#: What the list can be sorted by; a minus turns it round. Cases without the value stand last.
ORDERS = {
    "deadline": "deadline",
    "title": "title",
    "number": "case_number",
    "unit": "unit__name_da",
    "made": "created_at",
}
ENDED = (CaseState.CLOSED, CaseState.ANONYMISED)


@dataclass(frozen=True)
class CaseFilter:
    """Empty conditions do not narrow. `unit_path` holds for everything below it."""

    words: str = ""
    state: str = ""
    unit_path: str = ""
    category: Any = None
    responsible: Any = None
    deadline_from: dt.date | None = None
    deadline_to: dt.date | None = None

    def conditions(self) -> Q:
        """As a filter on cases with a deadline."""
        found = Q()
        for word in self.words.split():
            found &= Q(title__icontains=word) | Q(title_en__icontains=word) | Q(case_number__icontains=word)
        if self.state:
            found &= Q(state=self.state)
        if self.unit_path:
            found &= Q(unit__path__startswith=self.unit_path)
        if self.category is not None:
            found &= Q(position_category=self.category)
        if self.responsible is not None:
            found &= Q(hr_responsible=self.responsible)
        if self.deadline_from is not None:
            found &= Q(deadline__date__gte=self.deadline_from)
        if self.deadline_to is not None:
            found &= Q(deadline__date__lte=self.deadline_to)
        return found


def with_deadline(cases: QuerySet[RecruitmentCase]) -> QuerySet[Any]:
    """Each with `deadline`, the exclusive instant of its open round (else the newest), and whether that one `is_readvertised`."""
    newest = AdvertisementRound.objects.filter(case=OuterRef("pk")).order_by(
        F("closed_at").desc(nulls_first=True), "-number"
    )
    return cases.annotate(
        deadline=Subquery(newest.values("application_deadline")[:1]),
        is_readvertised=Subquery(newest.values("is_readvertisement")[:1]),
    )


def case_list(actor: Actor, wanted: CaseFilter, *, order: str = "") -> QuerySet[RecruitmentCase]:
    """The cases whose facts the actor may know; newest first unless `order` names one of ORDERS."""
    cases = with_deadline(visible(actor, Permission.CASE_READ_AD_FACTS, RecruitmentCase.objects.all()))
    cases = cases.filter(wanted.conditions()).select_related(
        "unit", "institution", "hr_responsible", "position_category"
    )
    column = ORDERS.get(order.removeprefix("-"))
    if column is None:
        return cases.order_by("-created_at", "pk")
    ranked = F(column).desc(nulls_last=True) if order.startswith("-") else F(column).asc(nulls_last=True)
    return cases.order_by(ranked, "pk")


def my_cases(actor: Actor) -> QuerySet[RecruitmentCase]:
    """Open cases the person is responsible for, manages or has a seat on; the nearest deadline first."""
    mine = Q(hr_responsible=actor.user) | Q(hiring_manager=actor.user)
    mine |= Q(members__user=actor.user, members__access_until__isnull=True)
    cases = visible(actor, Permission.CASE_READ_AD_FACTS, RecruitmentCase.objects.filter(mine)).distinct()
    return with_deadline(cases.exclude(state__in=ENDED)).order_by(F("deadline").asc(nulls_last=True), "pk")


def open_cases() -> QuerySet[RecruitmentCase]:
    """Everything that has not ended; for those who narrow it to what somebody may see."""
    return RecruitmentCase.objects.exclude(state__in=ENDED)


def state_names(actor: Actor) -> dict[tuple[Any, str], StateLabel]:
    """What institutions call the fixed states; read once an actor, however many cases are shown."""
    if "state names" not in actor.memo:
        actor.memo["state names"] = {(row.institution_id, row.state): row for row in StateLabel.objects.all()}
    found: dict[tuple[Any, str], StateLabel] = actor.memo["state names"]
    return found


def state_of(case: RecruitmentCase, actor: Actor) -> str:
    """The state as the case's institution calls it."""
    own = state_names(actor).get((case.institution_id, case.state))
    return own.label if own else str(case.get_state_display())


def states_to_choose(actor: Actor, institutions: Iterable[Any]) -> list[tuple[str, str]]:
    """Each state with what the institutions call it: all their names where they differ."""
    own, among = state_names(actor), list(institutions)
    found = []
    for state in CaseState:
        names = [row.label if (row := own.get((each, state.value))) else str(state.label) for each in among]
        found.append((state.value, " / ".join(dict.fromkeys(names)) or str(state.label)))
    return found


def templates_in(units: QuerySet[OrganisationalUnit]) -> QuerySet[CaseTemplate]:
    """The templates that a new case in one of the units can begin as: those that stand there or above."""
    paths = {
        path[:end]
        for path in units.values_list("path", flat=True)
        for end in range(OrganisationalUnit.steplen, len(path) + 1, OrganisationalUnit.steplen)
    }
    found = CaseTemplate.objects.filter(unit__path__in=paths, active=True)
    return found.select_related("unit", "case").order_by("name")


def drafts_to_approve(actor: Actor) -> QuerySet[RecruitmentCase]:
    """Drafts that the person may approve, oldest first."""
    drafts = visible(actor, Permission.CASE_EDIT, RecruitmentCase.objects.filter(state=CaseState.DRAFT))
    return with_deadline(drafts).order_by("created_at")


def cases_to_write_ads_for(actor: Actor) -> QuerySet[RecruitmentCase]:
    """Approved cases that wait for their ad."""
    ready = visible(actor, Permission.AD_PUBLISH, RecruitmentCase.objects.filter(state=CaseState.READY))
    return with_deadline(ready).order_by(F("deadline").asc(nulls_last=True))


def deadlines_ahead(actor: Actor, at: dt.datetime, ahead: dt.timedelta) -> QuerySet[RecruitmentCase]:
    """Advertised cases in reach whose deadline lies within `ahead`."""
    advertised = visible(
        actor, Permission.CASE_READ_AD_FACTS, RecruitmentCase.objects.filter(state=CaseState.ADVERTISED)
    )
    return with_deadline(advertised).filter(deadline__gt=at, deadline__lte=at + ahead).order_by("deadline")
