"""The page of an address found in one question. Wagtail asks for the site, the language and each page on the way, and for each who may see it."""

from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import views
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from portal.pages.base import FoundStraight
from portal.pages.models import InstitutionPage, JobAdPage

#: What most likely stands at an address of so many parts, and what showing it needs besides the page itself.
LIKELY = {
    1: (InstitutionPage, ("institution", "layout", "logo", "hero", "locale")),
    2: (JobAdPage, ("layout", "picture", "locale")),
}


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view; what cannot be found straight it looks for in its own way."""
    page = page_at(path)
    if page is not None:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined] # noqa: SLF001 - where Wagtail itself keeps it
    return views.serve(request, path)


def page_at(path: str) -> FoundStraight | None:
    """The live page that stands at exactly this address in the language in use.

    None where several sites could mean it, and while any page of the portal is kept from somebody.
    """
    root = _root()
    slugs = [part for part in path.split("/") if part]
    if root is None:
        return None
    if len(slugs) in LIKELY:
        kind, needed = LIKELY[len(slugs)]
        if found := _live(kind, root, slugs).select_related(*needed).first():
            return _passed(found)
    page = _live(Page, root, slugs).select_related("locale").first()
    kind = page.specific_class if page else None
    if kind is None or not issubclass(kind, FoundStraight):
        return None
    return _passed(page.specific_deferred if kind.needs_no_fields else page.specific)


def _root() -> str | None:
    paths = {root.root_path for root in Site.get_site_root_paths() if root.language_code == get_language()}
    return paths.pop() if len(paths) == 1 else None


def _live(kind: type[Page], root: str, slugs: list[str]) -> QuerySet[Any]:
    """By the last part, which has an index, and by the whole, which has none."""
    found = kind.objects.live().filter(url_path=root + "".join(f"{slug}/" for slug in slugs))
    found = found.filter(slug=slugs[-1]) if slugs else found
    return found.filter(~Exists(PageViewRestriction.objects.all()))


def _passed(page: FoundStraight) -> FoundStraight:
    page.is_for_anybody = True
    return page
