"""The rows behind job postings: a round of a case is one posting, in as many languages as its ad is live in."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from graphql_api.cohort import many, one
from graphql_api.context import Info
from graphql_api.nodes import readable
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads, removed_ads
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound


def open_postings(info: Info) -> QuerySet[Any]:
    """Rounds with an ad that anyone may find at this moment."""
    return _rounds(info).filter(is_open=True)


@readable("JobPosting", AdvertisementRound)
def known_postings(info: Info) -> QuerySet[Any]:
    """The open ones, and for ninety days those that have ended, so that portals can clean up."""
    ended = removed_ads(info.context.now).values("round")
    return _rounds(info).filter(Q(is_open=True) | Q(pk__in=ended))


def _rounds(info: Info) -> QuerySet[Any]:
    shown = public_ads(info.context.now).filter(round=OuterRef("pk"))
    versions = JobAdvertisement.objects.filter(round=OuterRef("pk"))
    return AdvertisementRound.objects.annotate(
        is_open=Exists(shown),
        published_at=Subquery(versions.order_by("published_at").values("published_at")[:1]),
        changed_at=Subquery(versions.order_by("-published_at").values("published_at")[:1]),
    )


PUBLIC_FACTS = (
    "language", "case_type", "institution", "unit", "positions_count", "position_category", "staff_group", "occupation",
    "employment_basis", "employment_duration", "duration_until", "working_time", "weekly_hours_min", "weekly_hours_max",
    "part_time_possible", "pay_placement_text", "pay_min", "pay_max", "start_date", "start_asap", "interview_dates",
    "expected_answer_date",
)  # fmt: skip
#: The long columns of an ad, and the fields for which they are loaded.
LONG = {"html": "bodyHtml", "text": "bodyText", "blocks": "blocks"}


def case_of(posting: Any) -> RecruitmentCase:
    """The case, for its public facts."""
    case: RecruitmentCase = one(posting, "case", lambda: RecruitmentCase.objects.only(*PUBLIC_FACTS))
    return case


def ads_of(posting: Any, info: Info) -> list[JobAdvertisement]:
    """The ads of the posting, the case's own language first; of an ended posting its last versions."""
    at = info.context.now
    unasked = ["facts", *(column for column, field in LONG.items() if field not in info.context.asked)]
    shown, ended = public_ads(at).defer(*unasked), removed_ads(at).defer(*unasked)
    found = many(posting, "open ads", lambda: shown.order_by("language"), by="round")
    found = found or many(posting, "ended ads", lambda: ended.order_by("language"), by="round")
    own = case_of(posting).language
    return sorted(found, key=lambda ad: ad.language != own)
