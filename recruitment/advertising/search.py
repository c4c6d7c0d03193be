"""One search of ads, as it stands in an address: what the list, every feed and the API find by the same words.

Words are found in their Danish and English forms, as beginnings of longer words, and inside compounds of the headline
("udvikler" in "softwareudvikler"). Where nothing has them, headlines that look alike are found instead.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value

from recruitment.advertising.models import JobAdvertisement, SearchEntry
from recruitment.advertising.words import SHORTEST_PART, STEMMERS, found_by, grams, in_letters, inner_grams
from recruitment.organisation.classification import Classification
from recruitment.organisation.distance import middle_of, within_kilometres
from recruitment.organisation.models import OrganisationalUnit, Workplace

CASE = "round__case__"
FILTERS = {
    "felt": f"{CASE}position_category__code",
    "myndighed": f"{CASE}institution__slug",
    "region": f"{CASE}workplaces__region_code",
    "tid": f"{CASE}working_time",
    "varighed": f"{CASE}employment_duration",
    "sprog": "language",
    "slags": f"{CASE}case_type",
}
DEADLINE, NEWEST, RELEVANCE = "frist", "nyeste", "relevans"
ORDERS = {DEADLINE: ("round__application_deadline", "pk"), NEWEST: ("-round__opens_at", "pk")}
RADII = (10, 25, 50, 100)  # kilometres to choose among
LONGEST_WORDS, LONGEST_PLACE, MOST_VALUES, MOST_WORDS = 100, 60, 50, 8
OPERATORS = ('"', " -", " or ", " OR ")
ALIKE = 0.45  # the share of a word's groups of letters that a headline must have to look like it


@dataclass(frozen=True)
class Search:
    """What somebody looks for. Values that are not known are ignored, so that no address is ever refused."""

    words: str = ""
    place: str = ""
    radius: int = 0
    order: str = DEADLINE
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    unit: str = ""

    @classmethod
    def of(cls, address: Any) -> Self:
        """Read from a query string (`QueryDict`): `ord sted km sorter enhed` and the names of `FILTERS`."""
        words = address.get("ord", "").replace("\x00", "").strip()[:LONGEST_WORDS]
        wished = address.get("sorter", "")
        known = {*ORDERS, *([RELEVANCE] if words else [])}
        radius = address.get("km", "")
        return cls(
            words=words,
            place=address.get("sted", "").replace("\x00", "").strip()[:LONGEST_PLACE],
            radius=int(radius) if radius in {str(r) for r in RADII} else 0,
            order=wished if wished in known else DEADLINE,
            unit=address.get("enhed", "") if is_uuid(address.get("enhed", "")) else "",
            filters={name: kept for name in FILTERS if (kept := _clean(address.getlist(name)))},
        )

    def found_in(self, rows: QuerySet[JobAdvertisement]) -> QuerySet[JobAdvertisement]:
        """The whole search, in its order: what a feed holds."""
        found = with_words(at_place(rows, self.place, self.radius), self.words)
        return self.ordered(self.narrowed(found))

    def narrowed(self, rows: QuerySet[JobAdvertisement], *, but: str = "") -> QuerySet[JobAdvertisement]:
        """The rows that pass every filter, all but the one named `but`."""
        for name, wanted in self.filters.items():
            if name != but:
                rows = rows.filter(**{f"{FILTERS[name]}__in": wanted})
        return in_unit(rows, self.unit) if self.unit else rows

    def ordered(self, rows: QuerySet[JobAdvertisement]) -> QuerySet[JobAdvertisement]:
        """In the order asked for; the same row never twice."""
        if self.order == RELEVANCE:
            rank = SearchRank(F("search_entry__document"), _stems(self.words), cover_density=True, normalization=1)
            return rows.annotate(rank=rank).order_by("-rank", "round__application_deadline", "pk").distinct()
        return rows.order_by(*ORDERS[self.order]).distinct()


def is_uuid(value: str) -> bool:
    """Whether it can be the key of a unit."""
    try:
        uuid.UUID(value)
    except ValueError:
        return False
    return True


def in_unit(rows: QuerySet[JobAdvertisement], unit: str) -> QuerySet[JobAdvertisement]:
    """Ads of a unit and everything below it; none for a unit that is not there."""
    path = OrganisationalUnit.objects.filter(pk=unit).values("path")
    return rows.filter(round__case__unit__path__startswith=Subquery(path))


def _clean(values: list[str]) -> list[str]:
    return [value for value in values[:MOST_VALUES] if "\x00" not in value]


# -- words


def index(advertisement: JobAdvertisement) -> None:
    """Make a version that has just been published findable."""
    SearchEntry.objects.create(advertisement=advertisement, **found_by(advertisement))


def with_words(rows: QuerySet[JobAdvertisement], words: str) -> QuerySet[JobAdvertisement]:
    """Ads that have all the words. Quotation marks keep words together, a minus leaves out, `or` lets choose."""
    if not words:
        return rows
    return rows.filter(_has_words(words))


def looking_like(rows: QuerySet[JobAdvertisement], words: str) -> QuerySet[JobAdvertisement]:
    """Ads with a word in the headline that looks like one of these: what to show when nothing has them."""
    alike = Q()
    for word in _words(words):
        if len(word) < SHORTEST_PART:
            continue
        looked_for = grams(word)
        entries = SearchEntry.objects.filter(title_grams__overlap=looked_for).annotate(shared=_shared(looked_for))
        alike |= Q(pk__in=entries.filter(shared__gte=max(2, round(ALIKE * len(looked_for)))).values("pk"))
    return rows.filter(alike) if alike else rows.none()


def _shared(looked_for: list[str]) -> Func:
    """How many of the groups a headline has."""
    return Func(
        F("title_grams"), Value(looked_for, ArrayField(TextField())), output_field=IntegerField(),
        template="cardinality(ARRAY(SELECT unnest(%(expressions)s)))", arg_joiner=") INTERSECT SELECT unnest(",
    )  # fmt: skip


def _words(words: str) -> list[str]:
    return in_letters(words).split()[:MOST_WORDS]


def _stems(words: str) -> Any:
    """The words in either language's forms, in the language that people search the web in."""
    both = [SearchQuery(words, config=stemmer, search_type="websearch") for stemmer in STEMMERS.values()]
    return both[0] | both[1]


def _has_words(words: str) -> Q:
    stems = Q(search_entry__document=_stems(words))
    if any(operator in f" {words} " for operator in OPERATORS):
        return stems
    parts = Q()
    for word in _words(words):
        parts &= _has_word(word)
    return stems | parts if parts else stems


def _has_word(word: str) -> Q:
    beginnings = SearchQuery(f"'{word}':*", config="simple", search_type="raw")
    found = Q(search_entry__document=beginnings)
    for stemmer in STEMMERS.values():
        found |= Q(search_entry__document=SearchQuery(word, config=stemmer))
    if len(word) >= SHORTEST_PART:
        found |= Q(search_entry__title_grams__contains=inner_grams(word))
    return found


# -- places


def at_place(rows: QuerySet[JobAdvertisement], place: str, radius: int = 0) -> QuerySet[JobAdvertisement]:
    """Ads with a workplace in a town, municipality or postal code that begins so, or within `radius` km of one."""
    if not place:
        return rows
    codes = Classification.objects.filter(scheme="MUNICIPALITY", label_da__istartswith=place).values("code")
    named = Q(city__istartswith=place) | Q(postal_code__startswith=place) | Q(municipality_code__in=codes)
    places = Workplace.objects.filter(named)
    shown = Workplace.objects.filter(named, cases__rounds__advertisements__in=rows.values("pk")).distinct()
    if radius and (middle := middle_of(shown)):
        places = within_kilometres(Workplace.objects.all(), middle, radius)
    return rows.filter(Exists(places.filter(cases=OuterRef("round__case"))))
