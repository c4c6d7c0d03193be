"""The field of applicants as one person sees it: the list with ratings, icons and who is missing, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, Exists, F, FloatField, IntegerField, OuterRef, Q, QuerySet, StdDev, Subquery

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.queries import CANDIDATE_ORDERS, CandidateFilter, candidate_list, handed_in
from recruitment.assessments.guards import unassessed
from recruitment.assessments.insight import Insight, expected_raters
from recruitment.assessments.marks import CandidateIconAssignment
from recruitment.assessments.models import FinalRanking, Rating
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.people.models import User

#: What the list can be sorted by besides CANDIDATE_ORDERS. Applications without the value come last.
ASSESSED_ORDERS = ("own", "mean", "spread", "rank")
TO_RATE = (
    ApplicationState.SUBMITTED,
    ApplicationState.UNDER_REVIEW,
    ApplicationState.RESERVE,
    ApplicationState.SHORTLISTED,
)


@dataclass(frozen=True)
class AssessedFilter:
    """Empty conditions do not narrow."""

    mine: str = ""  # "rated" or "unrated"
    icon: Any = None
    bucket: str = ""
    unassessed: bool = False
    answers: Q = field(default_factory=Q)

    def conditions(self, case: RecruitmentCase) -> Q:
        """As a filter on rows of `candidate_rows`."""
        found = self.answers
        if self.mine == "rated":
            found &= Q(own__isnull=False)
        if self.mine == "unrated":
            found &= Q(own__isnull=True, state__in=TO_RATE)
        if self.icon is not None:
            found &= Q(Exists(CandidateIconAssignment.objects.filter(application=OuterRef("pk"), icon=self.icon)))
        if self.bucket:
            found &= Q(bucket=self.bucket)
        if self.unassessed:
            found &= Q(pk__in=unassessed(case).values("pk"))
        return found


def candidate_rows(
    actor: Actor,
    case: RecruitmentCase,
    insight: Insight,
    wanted: CandidateFilter,
    assessed: AssessedFilter,
    *,
    order: str = "",
) -> QuerySet[Application]:
    """The case's list with `own`, `mean`, `spread`, `bucket` and `rank`, narrowed; received first, first, unless `order` says else."""
    light = candidate_list(actor, case).select_related(None).select_related("candidate", "source_medium")
    rows = with_ratings(light.defer("draft", "motivation_text"), insight)
    mask = mask_for(actor, case)
    rows = rows.filter(wanted.conditions(mask)).filter(assessed.conditions(case))
    key = order.removeprefix("-")
    if key in ASSESSED_ORDERS:
        ranked = F(key).desc(nulls_last=True) if order.startswith("-") else F(key).asc(nulls_last=True)
        return rows.order_by(ranked, "received_at", "pk")
    orders = CANDIDATE_ORDERS | ({"name": "blind_number"} if mask.is_on else {})
    column = orders.get(key, "received_at")
    return rows.order_by(f"-{column}" if order.startswith("-") else column, "received_at", "pk")


def with_ratings(rows: QuerySet[Application], insight: Insight) -> QuerySet[Application]:
    """Figures from the ratings that the person may see and no others: hidden ones sort and filter nothing either."""
    ratings = insight.ratings(Rating.objects.filter(application=OuterRef("pk")))
    own = (
        Rating.objects.filter(application=OuterRef("pk"), rater=insight.user)
        if insight.reads
        else Rating.objects.none()
    )
    ranking = insight.rankings(FinalRanking.objects.filter(application=OuterRef("pk")))
    return rows.annotate(
        own=Subquery(own.values("level__value")[:1], output_field=IntegerField()),
        mean=_figure(ratings, Avg("level__value")), spread=_figure(ratings, StdDev("level__value")),
        bucket=Subquery(ranking.values("bucket")[:1]), rank=Subquery(ranking.values("rank")[:1]),
    )  # fmt: skip


def _figure(ratings: QuerySet[Rating], figure: Any) -> Subquery:
    grouped = ratings.order_by().values("application").annotate(figure=figure).values("figure")
    return Subquery(grouped, output_field=FloatField())


@dataclass(frozen=True)
class Beside:
    """What the list shows beside each application: icons, and who of those expected has not rated."""

    icons: dict[Any, list[CandidateIconAssignment]]
    missing: dict[Any, list[User]]


def beside(case: RecruitmentCase, rows: Sequence[Application], insight: Insight) -> Beside:
    """For the rows that are shown; as many queries for one as for five hundred."""
    keys = [row.pk for row in rows]
    icons: dict[Any, list[CandidateIconAssignment]] = defaultdict(list)
    if insight.reads:
        for each in CandidateIconAssignment.objects.filter(application__in=keys).select_related("icon"):
            icons[each.application_id].append(each)
    return Beside(dict(icons), missing_raters(case, rows) if insight.sees_missing and insight.reads else {})


def missing_raters(case: RecruitmentCase, rows: Sequence[Application]) -> dict[Any, list[User]]:
    """Who has still to rate each open application; ratings themselves are not told."""
    expected = expected_raters(case)
    given: dict[Any, set[Any]] = defaultdict(set)
    pairs = Rating.objects.filter(application__in=[row.pk for row in rows]).values_list("application", "rater")
    for application, rater in pairs:
        given[application].add(rater)
    return {row.pk: [user for user in expected if user.pk not in given[row.pk]] for row in rows if row.state in TO_RATE}


def still_to_rate(actor: Actor, case: RecruitmentCase) -> int:
    """How many open applications of the case the person lacks a rating on."""
    if actor.user is None:
        return 0
    rows = candidate_list(actor, case).filter(state__in=TO_RATE)
    return rows.exclude(
        pk__in=Rating.objects.filter(rater=actor.user, application__case=case).values("application")
    ).count()


def counts_by_state(actor: Actor, case: RecruitmentCase) -> list[tuple[str, str, int]]:
    """Code, words and number of each state that somebody is in, in the order of the lifecycle."""
    rows = handed_in(visible(actor, Permission.APPLICATION_LIST, Application.objects.filter(case=case)))
    found = dict(rows.order_by().values_list("state").annotate(number=Count("pk")))
    return [(code, str(label), found[code]) for code, label in ApplicationState.choices if found.get(code)]
