"""Media response (ST3) and what advertising cost (ST4): for one case or for many, by the definitions of E1 and E3."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, UUIDField, When
from django.db.models.functions import Coalesce

from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.advertising.counting import funnel_of
from recruitment.advertising.models import Medium, MediumKind, Publication, PublicationState
from recruitment.advertising.records import FunnelStep
from recruitment.applications.models import Application, ReceiveChannel, Stage
from recruitment.applications.queries import counted
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.people.actor import Actor
from recruitment.statistics.slices import Slice

ORDERED = (PublicationState.SCHEDULED, PublicationState.SUBMITTED, PublicationState.PENDING_APPROVAL)
KINDS_IN_ORDER = list(MediumKind.values)
STAGES = {
    "received": Stage.RECEIVED,
    "screened": Stage.SCREENED,
    "invited": Stage.INVITED,
    "interviewed": Stage.INTERVIEWED,
    "hired": Stage.HIRED,
}


@dataclass
class Line:
    """One medium's counts and cost in øre; `medium` is None for applications nobody knows the source of, and for the total."""

    medium: Medium | None = None
    received: int = 0
    screened: int = 0
    invited: int = 0
    interviewed: int = 0
    hired: int = 0
    cost: int = 0
    untyped_costs: int = 0

    def add(self, other: "Line") -> None:
        """Add another line's figures to this one's."""
        for column in fields(self):
            if column.name != "medium":
                setattr(self, column.name, getattr(self, column.name) + getattr(other, column.name))

    @property
    def price(self) -> int | None:
        """Øre for each application received."""
        return self.cost_per("received")

    def cost_per(self, stage: str) -> int | None:
        """Øre for each application that came as far as `stage`, rounded; None, shown as a dash, when none did."""
        number: int = getattr(self, stage)
        return None if number == 0 else (2 * self.cost + number) // (2 * number)


@dataclass(frozen=True)
class MediaResponse:
    """The lines, own media first, unknown source last; and their sum, which also pays for media that brought nobody."""

    lines: list[Line] = field(default_factory=list)
    disagreement: tuple[int, int] = (0, 0)  # who followed a link and said something; who of them said something else
    funnel: list[tuple[FunnelStep, int]] = field(default_factory=list)

    @property
    def total(self) -> Line:
        """The sum of all lines."""
        total = Line()
        for line in self.lines:
            total.add(line)
        return total

    def cost_share(self, line: Line) -> float | None:
        """The line's part of what was spent; None when nothing was."""
        return line.cost / self.total.cost if self.total.cost else None

    def hire_share(self, line: Line) -> float | None:
        """The line's part of those hired; None when nobody was."""
        return line.hired / self.total.hired if self.total.hired else None


def media_response(actor: Actor, chosen: Slice) -> MediaResponse:
    """The figures of all rounds in the slice that the actor may have figures of. Raises PermissionDenied without any right.

    Who may see totals only (administrator, communications) gets them by institution and period, never narrower.
    """
    rounds = chosen.of(_rounds(actor, chosen)).values("pk")
    lines: dict[Any, Line] = defaultdict(Line)
    media = {medium.pk: medium for medium in Medium.objects.all()}
    for key, counts in _counts(rounds, media):
        lines[key].add(counts)
    for key, costs in _costs(rounds, media):
        lines[key].add(costs)
    for key, line in lines.items():
        line.medium = media.get(key)
    kept = [line for line in lines.values() if not chosen.medium_kinds or _kind(line) in chosen.medium_kinds]
    return MediaResponse(sorted(kept, key=_place), _disagreement(rounds), funnel_of(rounds))


def brought_before(actor: Actor, case: RecruitmentCase) -> dict[Any, Line]:
    """By medium's key what it has brought in the institution's cases of the same field: for choosing media (guide p. 25).

    Who may see totals only is told those of the whole institution; who may see none is told nothing.
    """
    same_field = [case.position_category.code] if case.position_category and may(actor, Permission.STATS_CASE) else []
    try:
        figures = media_response(actor, Slice(institutions=[case.institution.slug], categories=same_field))
    except PermissionDenied:
        return {}
    return {line.medium.pk: line for line in figures.lines if line.medium}


def _rounds(actor: Actor, chosen: Slice) -> QuerySet[AdvertisementRound]:
    rounds = AdvertisementRound.objects.all()
    if may(actor, Permission.STATS_CASE):
        return visible(actor, Permission.STATS_CASE, rounds)
    if may(actor, Permission.STATS_MEDIA_AGGREGATED) and not chosen.is_narrow:
        return visible(actor, Permission.STATS_MEDIA_AGGREGATED, rounds)
    raise PermissionDenied


LINK_COUNTS_FOR = dt.timedelta(days=30)  # E3: a link that was followed longer before handing in says nothing


def _attributed() -> Any:
    """The link that was followed, else what the applicant said, else our own site for those who came by it, else unknown (E3).

    By our own site came who applied online without a link and without a word about it.
    """
    said = Medium.objects.filter(code=OuterRef("self_reported_source")).values("pk")[:1]
    own = Publication.objects.filter(round=OuterRef("round"), medium__code="SITE").values("medium")[:1]
    stale = ~Q(tracking_token="") & Q(tracked_at__lt=F("received_at") - LINK_COUNTS_FOR)
    by_site = Q(channel=ReceiveChannel.ONLINE, self_reported_source="")
    return Coalesce(
        Case(When(stale, then=None), default=F("source_medium"), output_field=UUIDField()),
        Subquery(said), Case(When(by_site, then=Subquery(own)), output_field=UUIDField()), output_field=UUIDField(),
    )  # fmt: skip


def _disagreement(rounds: QuerySet[Any]) -> tuple[int, int]:
    """How many both followed a link and said where they saw the ad; and how many of them named another medium."""
    both = counted(Application.objects.filter(round__in=rounds, copied_from__isnull=True)).exclude(
        Q(tracking_token="") | Q(self_reported_source="") | Q(source_medium__isnull=True)
    )
    counts = both.aggregate(
        known=Count("pk"), other=Count("pk", filter=~Q(self_reported_source=F("source_medium__code")))
    )
    return counts["known"], counts["other"]


def _counts(rounds: QuerySet[Any], media: Mapping[Any, Medium]) -> Iterable[tuple[Any, Line]]:
    """By medium, see `_attributed`."""
    reached = {name: Count("pk", filter=Q(stage_reached__gte=stage)) for name, stage in STAGES.items()}
    rows: Any = (
        counted(Application.objects.filter(round__in=rounds, copied_from__isnull=True))
        .annotate(attributed=_attributed())
        .order_by()
        .values("attributed", tracked=~Q(tracking_token=""))
        .annotate(**reached)
    )
    for row in rows:
        medium = media.get(row["attributed"])
        key = medium.pk if medium and row["tracked"] else _main(medium)
        yield key, Line(**{name: row[name] for name in STAGES})


def _costs(rounds: QuerySet[Any], media: Mapping[Any, Medium]) -> Iterable[tuple[Any, Line]]:
    """By medium: what was shown or ordered. What was planned and never ran costs nothing."""
    bought = Publication.objects.filter(Q(live_at__isnull=False) | Q(state__in=ORDERED), round__in=rounds)
    sums = {"cost": Coalesce(Sum("cost_amount"), 0), "untyped_costs": Count("pk", filter=Q(cost_amount__isnull=True))}
    rows: Any = bought.order_by().values("medium").annotate(**sums)
    for row in rows:
        yield _main(media[row["medium"]]), Line(cost=row["cost"], untyped_costs=row["untyped_costs"])


def _main(medium: Medium | None) -> Any:
    """A medium that mirrors another is reported with it: Job-i-staten with Jobnet."""
    return None if medium is None else (medium.derived_from_id or medium.pk)


def _kind(line: Line) -> str:
    return line.medium.kind if line.medium else ""


def _place(line: Line) -> tuple[int, str]:
    if line.medium is None:
        return len(KINDS_IN_ORDER), ""
    return KINDS_IN_ORDER.index(line.medium.kind), line.medium.name_da
