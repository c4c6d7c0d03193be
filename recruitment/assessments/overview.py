"""The committee's overview: applicants by raters, with mean, spread, who is missing, and the chair's ranking."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application
from recruitment.applications.queries import candidate_list
from recruitment.assessments.candidates import TO_RATE, beside, with_ratings
from recruitment.assessments.insight import Insight, expected_raters
from recruitment.assessments.models import Comment, FinalRanking, Rating
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.people.models import User


@dataclass(frozen=True)
class Cell:
    """What one rater has given one applicant; `is_missing` where nothing and something is waited for, `is_hidden` where it may not be seen."""

    rating: Rating | None
    is_missing: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One applicant."""

    application: Application
    cells: list[Cell]
    comments: list[Comment]
    ranking: FinalRanking | None
    icons: list[Any]


@dataclass(frozen=True)
class CommitteeOverview:
    """The whole table; those with a rank first, then the best mean."""

    raters: list[User]
    lines: list[Line]


def committee_overview(actor: Actor, case: RecruitmentCase, insight: Insight) -> CommitteeOverview:
    """As the person may see it; as many queries for ten applicants as for five hundred."""
    light = candidate_list(actor, case).select_related(None).select_related("candidate")
    light = light.defer("draft", "motivation_text").exclude(state__in=["WITHDRAWN", "LATE"])
    rows = mask_for(actor, case).put_on_all(list(with_ratings(light, insight)))
    ratings = _ratings_by_pair(case, insight)
    raters = _columns(case, ratings)
    given = _given(case) if insight.sees_missing and insight.reads else None
    rankings = {row.application_id: row for row in insight.rankings(FinalRanking.objects.filter(case=case))}
    comments: dict[Any, list[Comment]] = defaultdict(list)
    for comment in insight.comments(Comment.objects.filter(application__case=case)).select_related("author"):
        comments[comment.application_id].append(comment)
    icons = beside(case, rows, insight).icons
    lines = [
        Line(
            row, [_cell(row, rater, ratings, given) for rater in raters], comments[row.pk], rankings.get(row.pk),
            icons.get(row.pk, []),
        )
        for row in rows
    ]  # fmt: skip
    return CommitteeOverview(raters, sorted(lines, key=_best_first))


def _best_first(line: Line) -> tuple[Any, ...]:
    rank = line.ranking.rank if line.ranking and line.ranking.rank else None
    bucket = (line.ranking.bucket if line.ranking else "") or "Z"
    mean: float | None = getattr(line.application, "mean", None)
    return (rank is None, rank or 0, bucket, mean is None, -(mean or 0), line.application.received_at)


def _ratings_by_pair(case: RecruitmentCase, insight: Insight) -> dict[tuple[Any, Any], Rating]:
    rows = Rating.objects.filter(application__case=case).select_related("rater", "level")
    return {(rating.application_id, rating.rater_id): rating for rating in insight.ratings(rows)}


def _columns(case: RecruitmentCase, ratings: dict[tuple[Any, Any], Rating]) -> list[User]:
    """Those who are to rate, and after them others who have."""
    expected = expected_raters(case)
    known = {user.pk for user in expected}
    others = {rating.rater_id: rating.rater for rating in ratings.values() if rating.rater_id not in known}
    return [*expected, *others.values()]


def _given(case: RecruitmentCase) -> set[tuple[Any, Any]]:
    return set(Rating.objects.filter(application__case=case).values_list("application", "rater"))


def _cell(
    row: Application, rater: User, ratings: dict[tuple[Any, Any], Rating], given: set[tuple[Any, Any]] | None
) -> Cell:
    rating = ratings.get((row.pk, rater.pk))
    if rating is not None:
        return Cell(rating)
    if given is None:
        return Cell(None)
    has_given = (row.pk, rater.pk) in given
    return Cell(None, is_missing=not has_given and row.state in TO_RATE, is_hidden=has_given)
