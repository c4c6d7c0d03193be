"""The map for search engines: ads that anybody may find now, and the pages around them."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from wagtail.models import Page

from portal.pages.models import AboutPage, HomePage, InstitutionPage, JobIndexPage
from recruitment import clock
from recruitment.advertising.addresses import absolute
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads


class _OnThisSite(Sitemap):
    limit = 5000

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class Ads(_OnThisSite):
    """One address a language. An ad leaves the map at its deadline by the clock."""

    changefreq = "daily"

    def items(self) -> QuerySet[JobAdvertisement]:
        return public_ads(clock.now()).only("url", "published_at").order_by("pk")

    def location(self, ad: JobAdvertisement) -> str:
        return urlsplit(absolute(ad.url)).path

    def lastmod(self, ad: JobAdvertisement) -> dt.datetime:
        return ad.published_at


class Pages(_OnThisSite):
    """Front page, list and employers, in every language."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.live().public().type(HomePage, JobIndexPage, InstitutionPage, AboutPage).order_by("path")

    def location(self, page: Page) -> str:
        return urlsplit(page.full_url or "/").path

    def lastmod(self, page: Page) -> dt.datetime | None:
        return page.last_published_at


SITEMAPS = {"ads": Ads, "pages": Pages}
