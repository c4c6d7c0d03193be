"""The decision: which rows an actor meets under a right, and whether a deed on a row is theirs to do."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, ConflictStatus, RoleAssignment
from recruitment.access.permissions import CONCERNS_APPLICANTS, OPENS_APPLICATIONS, READS_APPLICATIONS, Permission
from recruitment.access.roles import GRANTS, Level, Role
from recruitment.errors import ConflictNotDeclared
from recruitment.people.actor import Actor, ActorKind
from recruitment.reach import Reach

M = TypeVar("M", bound=Model)
COMMITTEES = (Role.ASSESSMENT_COMMITTEE, Role.HIRING_COMMITTEE)

#: What an integrator's scope lets it read, as rights. Writing comes with the mutations.
SCOPES: dict[str, frozenset[Permission]] = {
    "cases:read": frozenset({Permission.CASE_VIEW, Permission.CASE_READ_AD_FACTS}),
    "applications:read": frozenset({Permission.APPLICATION_LIST}),
    "applications:pii:read": frozenset({Permission.APPLICATION_READ_DOCUMENTS}),
    "stats:read": frozenset({Permission.STATS_CASE, Permission.STATS_INSTITUTION}),
}

#: Rooms above say on which cases a person stands on the other side of the table (INV-31). Filled by `wiring.py`.
applied_to: list[Callable[[Actor], Iterable[Any]]] = []
#: Rooms above say when the applicant that a row is about came (None: about nobody). Filled by `wiring.py`.
arrived_at: list[Callable[[Model], dt.datetime | None]] = []


@dataclass(frozen=True)
class Ground:
    """Where an actor holds a right: whole institutions, unit paths, single cases; minus the closed cases."""

    everywhere: bool = False
    institutions: frozenset[Any] = frozenset()
    units: frozenset[str] = frozenset()
    cases: frozenset[Any] = frozenset()
    closed_cases: frozenset[Any] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.institutions or self.units or self.cases)

    def as_filter(self, reach: Reach) -> Q:
        """The rows of a model with this `reach` that stand on the ground. A model without the tie is not reached by it."""
        if self.everywhere:
            return Q()
        within = Q(pk__in=[])
        if reach.institution and self.institutions:
            within |= Q(**{f"{reach.institution}__in": self.institutions})
        if reach.unit:
            for path in sorted(self.units):
                within |= Q(**{f"{reach.unit}__startswith": path})
        if reach.case and self.cases:
            within |= Q(**{f"{reach.case}__in": self.cases})
        if reach.case and self.closed_cases:
            within &= ~Q(**{f"{reach.case}__in": self.closed_cases})
        return within


@dataclass(frozen=True)
class Seats:
    """Everything that gives one person rights, read once a request."""

    levels: tuple[tuple[Role, Any, str | None], ...]
    cases: tuple[tuple[Role, Any, bool], ...]
    excluded_from: frozenset[Any]
    declared_on: frozenset[Any]
    applied_to: frozenset[Any]
    declared_at: Mapping[Any, dt.datetime] = field(default_factory=dict)
    waits_on: frozenset[Any] = frozenset()  # cases whose committee reads nothing before the deadline
    not_bound_on: frozenset[Any] = frozenset()  # cases where they have not confirmed confidentiality yet


def seats_of(actor: Actor) -> Seats:
    """The actor's roles, case seats, declarations and own applications; five queries, once an actor."""
    if "seats" not in actor.memo:
        actor.memo["seats"] = _read_seats(actor)
    seats: Seats = actor.memo["seats"]
    return seats


def _read_seats(actor: Actor) -> Seats:
    user, at = actor.user, timezone.now()
    if user is None or not user.is_active:
        return Seats((), (), frozenset(), frozenset(), frozenset())
    levels = RoleAssignment.objects.active(at).filter(user=user).values_list("role", "institution", "unit__path")
    cases = CaseMember.objects.filter(Q(access_until__isnull=True) | Q(access_until__gt=at), user=user)
    facts = ("role", "case", "is_chair", "accepted_confidentiality_at", "case__committee_reads_at_once", "case__state")
    on_cases = list(cases.values_list(*facts))
    said = ConflictOfInterestDeclaration.objects.filter(user=user).values_list("case", "status", "declared_at")
    declared = {case: status for case, status, _at in said}
    return Seats(
        levels=tuple((Role(role), institution, path) for role, institution, path in levels),
        cases=tuple((Role(role), case, chair) for role, case, chair, *_rest in on_cases),
        declared_at={case: at for case, _status, at in said},
        waits_on=frozenset(row[1] for row in on_cases if not row[4] and row[5] == "ADVERTISED"),
        not_bound_on=frozenset(case for _role, case, _chair, bound, *_rest in on_cases if bound is None),
        excluded_from=frozenset(
            case for case, status in declared.items() if status in {ConflictStatus.DECLARED, ConflictStatus.EXCLUDED}
        ),
        declared_on=frozenset(
            case for case, status in declared.items() if status in {ConflictStatus.NONE, ConflictStatus.CLEARED}
        ),
        applied_to=frozenset(case for source in applied_to for case in source(actor)),
    )


def ground(actor: Actor, permission: Permission) -> Ground:
    """Where the actor holds the right. Empty for anonymous visitors and for applicants."""
    key = ("ground", permission)
    if key not in actor.memo:
        actor.memo[key] = _find_ground(actor, permission)
    found: Ground = actor.memo[key]
    return found


def _find_ground(actor: Actor, permission: Permission) -> Ground:
    if actor.is_house:
        return Ground(everywhere=True)
    if actor.kind == ActorKind.CLIENT and actor.client is not None:
        if not any(permission in SCOPES.get(scope, ()) for scope in actor.scopes):
            return Ground()
        return Ground(institutions=frozenset(actor.client.institutions.values_list("pk", flat=True)))
    return _ground_of_person(seats_of(actor), permission)


def _ground_of_person(seats: Seats, permission: Permission) -> Ground:
    institutions, units, cases = set(), set(), set()
    for role, institution, path in seats.levels:
        level = GRANTS[role].get(permission)
        if level == Level.INSTITUTION:
            institutions.add(institution)
        elif level == Level.UNIT and path:
            units.add(path)
    for role, case, is_chair in seats.cases:
        level = GRANTS[role].get(permission)
        if role in COMMITTEES and case in seats.waits_on and permission in READS_APPLICATIONS:
            continue
        if level == Level.CASE or (level == Level.CHAIR and is_chair):
            cases.add(case)
    closed = seats.applied_to | (seats.excluded_from if permission in CONCERNS_APPLICANTS else frozenset())
    return Ground(
        institutions=frozenset(institutions), units=frozenset(units), cases=frozenset(cases), closed_cases=closed
    )


def visible(actor: Actor, permission: Permission, queryset: QuerySet[M]) -> QuerySet[M]:
    """The rows of the queryset that the actor meets under this right. The one place for who sees which row."""
    reach: Reach = queryset.model.REACH  # type: ignore[attr-defined]
    return queryset.filter(ground(actor, permission).as_filter(reach))


def may(actor: Actor, permission: Permission, row: Model | None = None) -> bool:
    """Whether the actor holds the right on the row (without one: anywhere). Asks nothing of states or conflicts."""
    if row is None:
        return bool(ground(actor, permission))
    return bool(held(actor, [permission], row))


def held(actor: Actor, permissions: Iterable[Permission], row: Model) -> frozenset[Permission]:
    """Those of the rights that the actor holds on the row. One question for each ground they stand on, not for each right."""
    if actor.is_house:
        return frozenset(permissions)
    by_ground: dict[Ground, list[Permission]] = {}
    for permission in permissions:
        by_ground.setdefault(ground(actor, permission), []).append(permission)
    this = type(row)._default_manager.filter(pk=row.pk)
    return frozenset(
        right for rights in by_ground.values() if visible(actor, rights[0], this).exists() for right in rights
    )


def require(actor: Actor, permission: Permission, row: Model) -> None:
    """Pass, or raise PermissionDenied.

    Raises ConflictNotDeclared where the person must declare first (INV-7): once a case, again for an applicant who came
    afterwards, and with a seat also that they keep confidential what they read.
    """
    if not may(actor, permission, row):
        raise PermissionDenied
    if permission in OPENS_APPLICATIONS and actor.kind == ActorKind.PERSON:
        case_id = _case_of(row)
        if case_id is not None and must_declare(actor, case_id, row):
            raise ConflictNotDeclared(case_id)


def must_declare(actor: Actor, case_id: Any, row: Model | None = None) -> bool:
    """Whether the person has something to say before they open the case's applications, or this row of it."""
    seats = seats_of(actor)
    if case_id not in seats.declared_on or case_id in seats.not_bound_on:
        return True
    came = [at for ask in arrived_at if row is not None and (at := ask(row)) is not None]
    return any(at > seats.declared_at[case_id] for at in came)


def _case_of(row: Model) -> Any:
    reach: Reach = row.REACH  # type: ignore[attr-defined]
    return (
        type(row)._default_manager.filter(pk=row.pk).values_list(reach.case, flat=True).first() if reach.case else None
    )


def is_staff(actor: Actor) -> bool:
    """Whether the person holds any seat at all: the ticket into the workbench."""
    seats = seats_of(actor)
    return bool(seats.levels or seats.cases)


def institutions_of(actor: Actor, permission: Permission) -> frozenset[Any]:
    """Primary keys of the institutions in which the actor holds the right at institution or unit level."""
    found = ground(actor, permission)
    if actor.user is None:
        return found.institutions
    at_units = {inst for _role, inst, path in seats_of(actor).levels if path and path in found.units}
    return found.institutions | at_units
