"""The filters beside the list of jobs, each choice with the number that ticking it would give: counted in one question."""

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.search import CASE, FILTERS, Search
from recruitment.cases.models import CaseType, EmploymentDuration, WorkingTime
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution, OrganisationalUnit

STEP = OrganisationalUnit.steplen  # letters of a path for each level
EMPLOYER, UNIT, KIND = "myndighed", "enhed", "slags"
SCHEMES = {"felt": "POSITION_CATEGORY", "region": "REGION"}
LABELS = {
    "felt": gettext_noop("Field of work"),
    EMPLOYER: gettext_noop("Authority"),
    "region": gettext_noop("Region"),
    "tid": gettext_noop("Working hours"),
    "varighed": gettext_noop("Employment"),
    "sprog": gettext_noop("Language of the ad"),
    KIND: gettext_noop("Vacancies and open applications"),
    UNIT: gettext_noop("Unit"),
}
ALL = ""  # among the counts: how many pass every filter
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Facet:
    """One filter: its name in the address, its label, and its choices (value, label, count, whether it is ticked)."""

    name: str
    label: str
    choices: list[tuple[str, str, int, bool]]

    @property
    def is_used(self) -> bool:
        """Whether any of its choices is ticked."""
        return any(chosen for _value, _label, _count, chosen in self.choices)


def facets_of(
    found: QuerySet[JobAdvertisement], search: Search, *, institution: Institution | None
) -> tuple[list[Facet], int]:
    """The filters, and how many ads pass all of them. An employer's own list has no filter of employers."""
    names = [name for name in FILTERS if not (institution and name == EMPLOYER)]
    counts = _counts(found, search, names)
    labels = _labels(names)
    facets = [_facet(name, counts[name], labels[name], search) for name in names]
    facets = [facet for facet in facets if facet.name != KIND or facet.is_used or len(facet.choices) > 1]
    return [*facets, *_units(found, search, institution)], sum(counts[ALL].values())


def _counts(found: QuerySet[JobAdvertisement], search: Search, names: list[str]) -> Counts:
    """For each filter the number of ads by value, with every other filter in force."""
    parts = [_by_value(search.narrowed(found, but=name), name, F(FILTERS[name])) for name in names]
    whole = _by_value(search.narrowed(found), ALL, Value(""))
    counts: Counts = defaultdict(dict)
    for name, value, number in whole.union(*parts, all=True):
        if value or name == ALL:
            counts[name][value] = number
    return counts


def _by_value(rows: QuerySet[JobAdvertisement], name: str, value: F | Value) -> Any:
    named = rows.order_by().annotate(facet=Value(name, CharField()), value=Cast(value, TextField()))
    return named.values_list("facet", "value").annotate(n=Count("pk", distinct=True))


def _facet(name: str, counts: dict[str, int], labels: dict[str, str], search: Search) -> Facet:
    wanted = set(search.filters.get(name, []))
    shown = counts | {value: 0 for value in wanted - counts.keys() if value in labels}
    choices = [(value, labels.get(value, value), number, value in wanted) for value, number in shown.items()]
    return Facet(name, str(_(LABELS[name])), sorted(choices, key=lambda choice: choice[1]))


def _labels(names: list[str]) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {
        "tid": {str(value): str(label) for value, label in WorkingTime.choices},
        "varighed": {str(value): str(label) for value, label in EmploymentDuration.choices},
        "sprog": {"da": _("Danish"), "en": _("English")},
        KIND: {CaseType.RECRUITMENT: _("Vacant jobs"), CaseType.OPEN_APPLICATION: _("Open applications")},
        EMPLOYER: {i.slug: i.name for i in Institution.objects.all()} if EMPLOYER in names else {},
        **{name: {} for name in SCHEMES},
    }
    by_scheme = {scheme: name for name, scheme in SCHEMES.items()}
    for row in Classification.objects.filter(scheme__in=by_scheme):
        labels[by_scheme[row.scheme]][row.code] = row.label
    return labels


def _units(found: QuerySet[JobAdvertisement], search: Search, institution: Institution | None) -> list[Facet]:
    """Units of one employer that have jobs, each with everything below it; none where several employers are shown."""
    employers = [institution.slug] if institution else search.filters.get(EMPLOYER, [])
    if len(employers) != 1 and not search.unit:
        return []
    ads = replace(search, unit="").narrowed(found).order_by().filter(**{f"{CASE}unit": OuterRef("pk")})
    own = ads.values(f"{CASE}unit").annotate(n=Count("pk", distinct=True)).values("n")
    of_employer = Q(institution__slug__in=employers) | Q(institution__units=search.unit or None)
    units = list(OrganisationalUnit.objects.filter(of_employer).distinct().annotate(own=Subquery(own)).order_by("path"))
    counts: dict[str, int] = defaultdict(int)
    for unit in units:
        for end in range(STEP, len(unit.path) + 1, STEP):
            counts[unit.path[:end]] += unit.own or 0
    chosen = [
        (str(unit.pk), unit.name, counts[unit.path], str(unit.pk) == search.unit)
        for unit in units
        if (counts[unit.path] and unit.depth > 1) or str(unit.pk) == search.unit
    ]
    return [Facet(UNIT, str(_(LABELS[UNIT])), chosen)] if chosen else []
