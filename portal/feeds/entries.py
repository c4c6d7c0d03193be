"""What a feed holds: published ads with the addresses that count a visitor as the feed's."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from recruitment.advertising.addresses import form_address, tracked, with_absolute_images
from recruitment.advertising.models import JobAdvertisement, TrackingLink

FEED = "NETWORK_FEED"  # the medium that stands for news feeds on the media list
CASE = "round__case__"


@dataclass(frozen=True)
class Entry:
    """One ad in one language, as others may show it."""

    ad: JobAdvertisement
    url: str
    apply_url: str

    @property
    def html(self) -> str:
        """The whole ad, with addresses that hold outside the site."""
        return with_absolute_images(self.ad.html)


def entries(ads: QuerySet[JobAdvertisement], medium: str = FEED) -> list[Entry]:
    """The ads as entries; visits count as `medium`'s where the ad is planned for it. The same queries for one and many."""
    rows = list(
        ads.select_related(f"{CASE}institution", f"{CASE}unit", f"{CASE}position_category").prefetch_related(
            f"{CASE}workplaces"
        )
    )
    tokens = tokens_of(medium, {row.round_id for row in rows})
    return [_entry(row, tokens.get(row.round_id, "")) for row in rows]


def _entry(ad: JobAdvertisement, token: str) -> Entry:
    return Entry(ad, tracked(ad.url, token), tracked(form_address(ad.round_id, ad.language), token))


def tokens_of(medium: str, rounds: Iterable[int]) -> dict[int, str]:
    """Each round's tracking token for a medium, by the medium's code."""
    links = TrackingLink.objects.filter(publication__round__in=list(rounds), publication__medium__code=medium)
    return dict(links.values_list("publication__round", "token"))
