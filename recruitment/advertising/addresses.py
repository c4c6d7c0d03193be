"""Addresses in an ad: paths inside the site, whole addresses outside. What is frozen holds paths, so it survives a new name."""

import re

from django.conf import settings

SOURCE_IS_A_PATH = re.compile(r'(<img\b[^>]*?\bsrc=")(/(?!/))')


def absolute(address: str) -> str:
    """With the portal's own host in front where it has none."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address


def with_absolute_images(html: str) -> str:
    """The same HTML for readers outside the site."""
    return SOURCE_IS_A_PATH.sub(lambda found: f"{found[1]}{settings.SITE_URL}{found[2]}", html)
