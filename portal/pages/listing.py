"""The list of jobs: words, filters and order come from the address, so that every search can be kept and sent."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.pages.facets import Facet, facets_of
from recruitment import clock
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import (
    CASE,
    DEADLINE,
    NEWEST,
    RADII,
    RELEVANCE,
    Search,
    at_place,
    looking_like,
    with_words,
)
from recruitment.organisation.models import Institution

PER_PAGE = 20


def job_list(request: HttpRequest, *, institution: Institution | None = None) -> dict[str, Any]:
    """Context of the list: rows, facets, chosen filters, pages, and what to loosen when nothing was found."""
    address, search = request.GET, Search.of(request.GET)
    rows = public_ads(clock.now())
    if institution is not None:
        rows = rows.filter(round__case__institution=institution)
    at_the_place = at_place(rows, search.place, search.radius)
    found = with_words(at_the_place, search.words)
    alike = bool(search.words) and not found.exists()
    if alike:
        found = looking_like(at_the_place, search.words)
    facets, total = facets_of(found, search, institution=institution)
    shown = search.narrowed(found).select_related(f"{CASE}institution", f"{CASE}unit")
    pages = Paginator(search.ordered(shown.prefetch_related(f"{CASE}workplaces")), PER_PAGE)
    pages.count = total  # counted with the filters
    page = pages.get_page(address.get("side"))
    return {
        "page_obj": page, "numbers": list(pages.get_elided_page_range(page.number, on_each_side=2, on_ends=1)), "facets": facets, "words": search.words, "place": search.place,
        "radius": search.radius, "radii": RADII, "order": search.order, "orders": _orders(search, address),
        "total": pages.count, "alike": alike and pages.count > 0, "chosen": _chosen(facets, address),
        "address": _without(address, "side"), "feed_address": _without(address, "side", "sorter"),
        "kept": [(name, value) for name, values in search.filters.items() for value in values],
    }  # fmt: skip


def _orders(search: Search, address: QueryDict) -> list[tuple[str, str, bool]]:
    """Ways to sort: the label, the address, and whether it is the one in use."""
    labels = {DEADLINE: _("Soonest deadline first"), NEWEST: _("Newest first")}
    if search.words:
        labels[RELEVANCE] = _("Best match first")
    base = _without(address, "side", "sorter")
    return [(str(label), f"{base}&sorter={name}".lstrip("&"), name == search.order) for name, label in labels.items()]


def _chosen(facets: list[Facet], address: QueryDict) -> list[tuple[str, str]]:
    """Ticked filters: the label, and the address without it."""
    return [
        (label, _without(address, "side", drop=(facet.name, value)))
        for facet in facets
        for value, label, _count, chosen in facet.choices
        if chosen
    ]


def _without(address: QueryDict, *names: str, drop: tuple[str, str] | None = None) -> str:
    kept = address.copy()
    for name in names:
        kept.pop(name, None)
    if drop:
        kept.setlist(drop[0], [v for v in kept.getlist(drop[0]) if v != drop[1]])
    return kept.urlencode()


def front_page(request: HttpRequest) -> dict[str, Any]:
    """Six jobs that end soonest, how many there are, and the employers."""
    ads = (
        public_ads(clock.now())
        .select_related(f"{CASE}institution", f"{CASE}unit")
        .prefetch_related(f"{CASE}workplaces")
    )
    return {
        "soon": ads.order_by("round__application_deadline")[:6],
        "total": ads.count(),
        "institutions": Institution.objects.filter(status="ACTIVE"),
        "language": get_language(),
        "radii": RADII,
    }
