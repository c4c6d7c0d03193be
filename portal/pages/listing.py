"""The list of jobs: words, filters and order come from the address, so that every search can be kept and sent."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.queries import public_ads
from recruitment.cases.models import EmploymentDuration, WorkingTime
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution

PER_PAGE = 20
CASE = "round__case__"
ORDERS = {
    "frist": ("round__application_deadline", "pk"),
    "nyeste": ("-round__opens_at", "pk"),
}


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the address, the lookup it stands for, and its choices with counts."""

    name: str
    label: str
    lookup: str
    choices: list[tuple[str, str, int, bool]]

    @property
    def is_used(self) -> bool:
        """Whether any of its choices is ticked."""
        return any(chosen for _value, _label, _count, chosen in self.choices)


FACETS = (
    ("felt", gettext_noop("Field of work"), f"{CASE}position_category__code"),
    ("myndighed", gettext_noop("Authority"), f"{CASE}institution__slug"),
    ("region", gettext_noop("Region"), f"{CASE}workplaces__region_code"),
    ("tid", gettext_noop("Working hours"), f"{CASE}working_time"),
    ("varighed", gettext_noop("Employment"), f"{CASE}employment_duration"),
    ("sprog", gettext_noop("Language of the ad"), "language"),
)


def job_list(request: HttpRequest, *, institution: Institution | None = None) -> dict[str, Any]:
    """Context of the list: rows, facets, chosen filters, pages, and what to loosen when nothing was found."""
    address = request.GET
    rows = public_ads(clock.now())
    if institution is not None:
        rows = rows.filter(round__case__institution=institution)
    words = address.get("ord", "").strip()[:100]
    place = address.get("sted", "").strip()[:60]
    rows = at_place(with_words(rows, words), place)
    facets = [_facet(rows, address, name, label, lookup) for name, label, lookup in _facets(institution)]
    rows = _filtered(rows, address)
    order = address.get("sorter") if address.get("sorter") in ORDERS else "frist"
    shown = rows.select_related(f"{CASE}institution", f"{CASE}unit").prefetch_related(f"{CASE}workplaces")
    pages = Paginator(shown.order_by(*ORDERS[order or "frist"]).distinct(), PER_PAGE)
    return {
        "page_obj": pages.get_page(address.get("side")), "facets": facets, "words": words, "place": place,
        "order": order, "total": pages.count, "chosen": _chosen(facets, address), "address": _without(address, "side"),
        "kept": [(facet.name, value) for facet in facets for value, _l, _n, ticked in facet.choices if ticked],
    }  # fmt: skip


def _facets(institution: Institution | None) -> list[tuple[str, str, str]]:
    return [facet for facet in FACETS if not (institution and facet[0] == "myndighed")]


def with_words(rows: QuerySet[JobAdvertisement], words: str) -> QuerySet[JobAdvertisement]:
    """Ads in which the words occur, in their Danish or English forms, or as the beginning of a longer word."""
    if not words:
        return rows
    vector = SearchVector("headline", "title", "text", "round__case__institution__name_da", config="danish")
    query = SearchQuery(words, config="danish", search_type="websearch")
    plain = Q()
    for word in words.split():
        plain &= Q(headline__icontains=word) | Q(text__icontains=word) | Q(title__icontains=word)
    return rows.annotate(vector=vector).filter(Q(vector=query) | plain)


def at_place(rows: QuerySet[JobAdvertisement], place: str) -> QuerySet[JobAdvertisement]:
    """Ads with a workplace in a town, municipality or postal code that begins so."""
    if not place:
        return rows
    codes = Classification.objects.filter(scheme="MUNICIPALITY", label_da__istartswith=place).values("code")
    return rows.filter(
        Q(round__case__workplaces__city__istartswith=place)
        | Q(round__case__workplaces__postal_code__startswith=place)
        | Q(round__case__workplaces__municipality_code__in=codes)
    )


def _filtered(rows: QuerySet[JobAdvertisement], address: QueryDict, *, but: str = "") -> QuerySet[JobAdvertisement]:
    for name, _label, lookup in FACETS:
        if name != but and (wanted := address.getlist(name)):
            rows = rows.filter(**{f"{lookup}__in": wanted[:50]})
    return rows


def _facet(rows: QuerySet[JobAdvertisement], address: QueryDict, name: str, label: str, lookup: str) -> Facet:
    """Counts with every other filter in force, so that a number says what ticking it would give."""
    counts = _filtered(rows, address, but=name).order_by().values_list(lookup).annotate(n=Count("pk", distinct=True))
    labels = _labels(name)
    wanted = set(address.getlist(name))
    choices = [(str(v), labels.get(str(v), str(v)), n, str(v) in wanted) for v, n in counts if v]
    present = {value for value, *_rest in choices}
    choices += [(v, labels[v], 0, True) for v in wanted - present if v in labels]
    return Facet(name, str(_(label)), lookup, sorted(choices, key=lambda choice: choice[1]))


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
    }
