"""Postings near a place: by a point, a postal code or a municipality, and how far from there."""

import pytest

from recruitment.organisation.distance import within_kilometres
from recruitment.organisation.models import Workplace
from tests.factories.world import make_case
from tests.graphql_api.conftest import codes

LIST = "query($near: GeoRadius) { jobPostings(filter: {near: $near}) { nodes { institution { slug } } } }"
#: Town halls, and the distances between them that an atlas gives.
VIBORG, AARHUS, COPENHAGEN = (56.4519, 9.4020), (56.1529, 10.2039), (55.6759, 12.5655)


@pytest.fixture
def placed(world):
    """Our workplace stands in Viborg, theirs in Aarhus."""
    for employer, (north, east), code, municipality in (
        (world.ours, VIBORG, "8800", "0791"),
        (world.theirs, AARHUS, "8000", "0751"),
    ):
        Workplace.objects.filter(pk=employer.workplace.pk).update(
            latitude=north, longitude=east, postal_code=code, municipality_code=municipality
        )
    return world


@pytest.fixture
def found(placed, data):
    def finding(**near):
        return sorted(node["institution"]["slug"] for node in data(LIST, near=near)["jobPostings"]["nodes"])

    return finding


@pytest.mark.parametrize(("start", "kilometres"), [(VIBORG, 59.6), (COPENHAGEN, 156.5)])
def test_distances_are_those_of_the_atlas(placed, start, kilometres):
    place = Workplace.objects.filter(pk=placed.theirs.workplace.pk)

    assert not within_kilometres(place, start, kilometres - 1).exists()
    assert within_kilometres(place, start, kilometres + 1).exists()


@pytest.mark.parametrize(
    ("kilometres", "expected"), [(0.1, ["ours"]), (50, ["ours"]), (61, ["ours", "theirs"]), (500, ["ours", "theirs"])]
)
def test_a_wider_circle_holds_more(found, kilometres, expected):
    assert found(latitude=VIBORG[0], longitude=VIBORG[1], kilometres=kilometres) == expected


def test_nothing_is_near_a_place_far_away(found):
    assert found(latitude=COPENHAGEN[0], longitude=COPENHAGEN[1], kilometres=50) == []
    assert found(latitude=-VIBORG[0], longitude=VIBORG[1] - 180, kilometres=500) == []


@pytest.mark.parametrize("town", [{"postalCode": "8800"}, {"municipality": "0791"}])
def test_a_town_can_be_named_by_its_code(found, town):
    assert found(**town, kilometres=20) == ["ours"]
    assert found(**town, kilometres=70) == ["ours", "theirs"]


def test_a_workplace_without_coordinates_is_near_nothing(found, placed):
    Workplace.objects.filter(pk=placed.ours.workplace.pk).update(latitude=None)

    assert found(latitude=VIBORG[0], longitude=VIBORG[1], kilometres=500) == ["theirs"]


def test_a_town_that_no_posting_lies_in_is_not_known_even_when_an_employer_has_a_place_there(placed, ask):
    hidden = Workplace.objects.create(
        institution=placed.ours.institution,
        name="Skjult",
        city="Skagen",
        postal_code="9990",
        latitude=57.7,
        longitude=10.6,
    )
    make_case(placed.ours, workplaces=[hidden])

    assert codes(ask(LIST, near={"postalCode": "9990", "kilometres": 5})) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    "near",
    [
        {}, {"latitude": 56.0}, {"longitude": 9.0}, {"latitude": 91, "longitude": 9}, {"latitude": 56, "longitude": 181},
        {"latitude": 56, "longitude": 9, "postalCode": "8800"}, {"postalCode": "8800", "municipality": "0791"},
        {"postalCode": "0000"}, {"postalCode": ""}, {"postalCode": "8" * 5000}, {"municipality": "æøå"},
        {"latitude": None, "longitude": None},
    ],
)  # fmt: skip
def test_a_circle_that_cannot_be_drawn_is_refused(placed, ask, near):
    assert codes(ask(LIST, near={"kilometres": 10, **near})) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("kilometres", [0, -1, 500.1, 10**300])
def test_a_radius_out_of_range_is_refused(placed, ask, kilometres):
    assert codes(ask(LIST, near={"latitude": 56, "longitude": 9, "kilometres": kilometres})) == ["BAD_USER_INPUT"]


def test_the_middle_of_the_equator_is_a_place_too(found):
    assert found(latitude=0, longitude=0, kilometres=10) == []
