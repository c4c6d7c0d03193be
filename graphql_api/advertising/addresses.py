"""Addresses of ads and forms, with the source that a portal gives, so that its applications are counted as its own."""

from typing import Any

from django.db.models import F
from django.urls import reverse

from graphql_api.cohort import for_each
from recruitment.advertising import addresses
from recruitment.advertising.addresses import absolute
from recruitment.advertising.models import TrackingLink


def tracked(address: str, posting: Any, source: str | None) -> str:
    """The address with the tracking token of the medium whose code is `source`; as it is when the ad is not there."""
    return addresses.tracked(address, _tokens(posting).get(source.upper(), "") if source else "")


def form_address(posting: Any) -> str:
    """Where the application form of the posting begins."""
    return absolute(reverse("applicant:start", args=[posting.pk]))


def _tokens(posting: Any) -> dict[str, str]:
    def fetch(cohort: list[Any]) -> dict[Any, dict[str, str]]:
        links = TrackingLink.objects.filter(publication__round__in=[member.pk for member in cohort])
        found: dict[Any, dict[str, str]] = {}
        for owner, code, token in links.annotate(owner=F("publication__round")).values_list(
            "owner", "publication__medium__code", "token"
        ):
            found.setdefault(owner, {})[code] = token
        return found

    return for_each(posting, "tracking tokens", fetch) or {}
