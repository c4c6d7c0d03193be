"""The list of jobs: words, filters and order come from the address, so that every search can be kept and sent."""

from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import (
    CASE,
    DEADLINE,
    FILTERS,
    NEWEST,
    RADII,
    RELEVANCE,
    Search,
    at_place,
    looking_like,
    with_words,
)
from recruitment.cases.models import EmploymentDuration, WorkingTime
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution, OrganisationalUnit

PER_PAGE = 20
STEP = OrganisationalUnit.steplen  # letters of a path for each level
UNIT = "enhed"
LABELS = {
    "felt": gettext_noop("Field of work"),
    "myndighed": gettext_noop("Authority"),
    "region": gettext_noop("Region"),
    "tid": gettext_noop("Working hours"),
    "varighed": gettext_noop("Employment"),
    "sprog": gettext_noop("Language of the ad"),
    UNIT: gettext_noop("Unit"),
}


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the address, its label, and its choices with counts."""

    name: str
    label: str
    choices: list[tuple[str, str, int, bool]]

    @property
    def is_used(self) -> bool:
        """Whether any of its choices is ticked."""
        return any(chosen for _value, _label, _count, chosen in self.choices)


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
    facets = [_facet(found, search, name) for name in FILTERS if not (institution and name == "myndighed")]
    facets += _unit_facet(found, search, institution)
    shown = search.narrowed(found).select_related(f"{CASE}institution", f"{CASE}unit")
    pages = Paginator(search.ordered(shown.prefetch_related(f"{CASE}workplaces")), PER_PAGE)
    return {
        "page_obj": pages.get_page(address.get("side")), "facets": facets, "words": search.words, "place": search.place,
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


def _facet(rows: QuerySet[JobAdvertisement], search: Search, name: str) -> Facet:
    """Counts with every other filter in force, so that a number says what ticking it would give."""
    counts = search.narrowed(rows, but=name).order_by().values_list(FILTERS[name])
    labels = _labels(name)
    wanted = set(search.filters.get(name, []))
    choices = [
        (str(value), labels.get(str(value), str(value)), number, str(value) in wanted)
        for value, number in counts.annotate(n=Count("pk", distinct=True))
        if value
    ]
    present = {value for value, *_rest in choices}
    choices += [(value, labels[value], 0, True) for value in wanted - present if value in labels]
    return Facet(name, str(_(LABELS[name])), sorted(choices, key=lambda choice: choice[1]))


def _unit_facet(rows: QuerySet[JobAdvertisement], search: Search, institution: Institution | None) -> list[Facet]:
    """Units of one employer that have jobs, each with everything below it; none where several employers are shown."""
    employers = [institution.slug] if institution else search.filters.get("myndighed", [])
    if len(employers) != 1 and not search.unit:
        return []
    counts: dict[str, int] = {}
    ads = replace(search, unit="").narrowed(rows).order_by()
    paths = ads.values_list(f"{CASE}unit__path").annotate(n=Count("pk", distinct=True))
    for path, number in paths:
        for end in range(STEP, len(path) + 1, STEP):
            counts[path[:end]] = counts.get(path[:end], 0) + number
    units = OrganisationalUnit.objects.filter(Q(path__in=counts, depth__gt=1) | Q(pk=search.unit or None)).order_by(
        "path"
    )
    chosen = [(str(unit.pk), unit.name, counts.get(unit.path, 0), str(unit.pk) == search.unit) for unit in units]
    return [Facet(UNIT, str(_(LABELS[UNIT])), chosen)] if chosen else []


def _labels(name: str) -> dict[str, str]:
    if name == "myndighed":
        return {i.slug: i.name for i in Institution.objects.all()}
    if name in {"felt", "region"}:
        scheme = "POSITION_CATEGORY" if name == "felt" else "REGION"
        return {c.code: c.label for c in Classification.objects.filter(scheme=scheme)}
    choices = {"tid": WorkingTime.choices, "varighed": EmploymentDuration.choices,
               "sprog": [("da", _("Danish")), ("en", _("English"))]}[name]  # fmt: skip
    return {str(value): str(label) for value, label in choices}


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
