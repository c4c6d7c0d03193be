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


def case_of(posting: Any) -> RecruitmentCase:
    """The case, for its public facts."""
    case: RecruitmentCase = one(posting, "case", RecruitmentCase.objects.all)
    return case


def ads_of(posting: Any, info: Info) -> list[JobAdvertisement]:
    """The ads of the posting, the case's own language first; of an ended posting its last versions."""
    at = info.context.now
    found = many(posting, "open ads", lambda: public_ads(at).order_by("language"), by="round")
    found = found or many(posting, "ended ads", lambda: removed_ads(at).order_by("language"), by="round")
    own = case_of(posting).language
    return sorted(found, key=lambda ad: ad.language != own)
