"""Addresses of ads and forms, with the source that a portal gives, so that its applications are counted as its own."""

from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.db.models import F
from django.urls import reverse

from graphql_api.cohort import for_each
from recruitment.advertising.addresses import absolute
from recruitment.advertising.models import TrackingLink

TRACKING_PARAMETER = "kilde"  # the ad pages count a visit by it


def tracked(address: str, posting: Any, source: str | None) -> str:
    """The address with the tracking token of the medium whose code is `source`; as it is when the ad is not there."""
    token = _tokens(posting).get(source.upper()) if source else None
    parts = urlsplit(absolute(address))
    if token is None:
        return urlunsplit(parts)
    query = "&".join(part for part in (parts.query, urlencode({TRACKING_PARAMETER: token})) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


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
