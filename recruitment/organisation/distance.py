"""How far workplaces are from a point: on the sphere, in plain SQL, so that any PostgreSQL can tell."""

from typing import Any

from django.db.models import Avg, F, FloatField, QuerySet, Value
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt

from recruitment.organisation.models import Workplace

EARTH_RADIUS = 6371.0088  # kilometres, mean


def within_kilometres(
    places: QuerySet[Workplace], point: tuple[float, float], kilometres: float
) -> QuerySet[Workplace]:
    """The places at most so far from the point (degrees north, degrees east). One without coordinates is nowhere near."""
    return places.annotate(distance=_haversine(point)).filter(distance__lte=kilometres)


def middle_of(places: QuerySet[Workplace]) -> tuple[float, float] | None:
    """The mean point of the places that have coordinates; None when there is none. For places of one town."""
    mean = places.aggregate(north=Avg("latitude"), east=Avg("longitude"))
    return None if mean["north"] is None or mean["east"] is None else (mean["north"], mean["east"])


def _haversine(point: tuple[float, float]) -> Any:
    north, east = (Radians(Value(degrees, FloatField())) for degrees in point)
    across = Power(Sin((Radians(F("latitude")) - north) / 2), 2)
    along = Power(Sin((Radians(F("longitude")) - east) / 2), 2)
    chord = Least(Value(1.0), across + Cos(north) * Cos(Radians(F("latitude"))) * along)
    return ASin(Sqrt(chord)) * (2 * EARTH_RADIUS)
