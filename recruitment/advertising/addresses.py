"""Addresses in an ad: paths inside the site, whole addresses outside. What is frozen holds paths, so it survives a new name."""

import re
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

TRACKING_PARAMETER = "kilde"  # pages and form count a visit by it
SOURCE_IS_A_PATH = re.compile(r'(<img\b[^>]*?\bsrc=")(/(?!/))')


def absolute(address: str) -> str:
    """With the portal's own host in front where it has none."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def with_absolute_images(html: str) -> str:
    """The same HTML for readers outside the site."""
    return SOURCE_IS_A_PATH.sub(lambda found: f"{found[1]}{settings.SITE_URL}{found[2]}", html)


def tracked(address: str, token: str) -> str:
    """The whole address with a tracking token; as it is without one."""
    parts = urlsplit(absolute(address))
    query = "&".join(part for part in (parts.query, urlencode({TRACKING_PARAMETER: token}) if token else "") if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def form_address(round_id: int, language: str) -> str:
    """The path of the application form in the ad's language."""
    with override(language):
        return reverse("applicant:start", args=[round_id])
