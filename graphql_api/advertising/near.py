"""Postings near a place: a point, or a town by its postal code or municipality, and how far from there."""

from typing import Any

import strawberry
from django.db.models import Exists, OuterRef, Q

from graphql_api.advertising.postings import known_postings
from graphql_api.arguments import given
from graphql_api.context import Info
from graphql_api.errors import bad_input
from recruitment.organisation.distance import middle_of, within_kilometres
from recruitment.organisation.models import Workplace

FARTHEST = 500  # kilometres: from one end of the country to the other


@strawberry.input(
    description="A circle around one place: give `latitude` and `longitude`, or `postalCode`, or `municipality`."
)
class GeoRadius:
    kilometres: float = strawberry.field(description="How far from there, as the crow flies: above 0, at most 500.")
    latitude: float | None = given("Degrees north.")
    longitude: float | None = given("Degrees east.")
    postal_code: str | None = given("The middle of the workplaces of postings with this postal code.")
    municipality: str | None = given("The middle of the workplaces of postings in this municipality, by code.")


def near(rows: Any, circle: GeoRadius, info: Info) -> Any:
    """The postings with a workplace in the circle. Raises Refusal for a circle that cannot be drawn."""
    if not 0 < circle.kilometres <= FARTHEST:
        raise bad_input(f"`kilometres` must be above 0 and at most {FARTHEST}.")
    places = within_kilometres(
        Workplace.objects.filter(cases=OuterRef("case")), _middle(circle, info), circle.kilometres
    )
    return rows.filter(Exists(places))


def _middle(circle: GeoRadius, info: Info) -> tuple[float, float]:
    point = [value for value in (circle.latitude, circle.longitude) if value not in (None, strawberry.UNSET)]
    towns = {
        column: code
        for column, code in (("postal_code", circle.postal_code), ("municipality_code", circle.municipality))
        if code
    }
    if bool(point) + len(towns) != 1 or len(point) == 1:
        raise bad_input("Give the middle as `latitude` and `longitude`, or as `postalCode`, or as `municipality`.")
    if towns:
        return _middle_of_town(Q(**towns), info)
    north, east = point
    if abs(north) > 90 or abs(east) > 180:
        raise bad_input("`latitude` goes from -90 to 90, `longitude` from -180 to 180.")
    return north, east


def _middle_of_town(town: Q, info: Info) -> tuple[float, float]:
    """By what postings show anybody anyway: workplaces of others than those tell nothing."""
    shown = Workplace.objects.filter(town, cases__in=known_postings(info).values("case")).distinct()
    middle = middle_of(shown)
    if middle is None:
        raise bad_input("No posting tells where that is. Give `latitude` and `longitude`.")
    return middle
