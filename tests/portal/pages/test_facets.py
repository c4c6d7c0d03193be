"""The numbers beside the filters: what ticking one would give, with every other filter in force."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recruitment.advertising.models import JobAdvertisement
from recruitment.cases.models import RecruitmentCase
from tests.factories.world import advertise, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(world) -> None:
    """One employer has two full-time jobs and one in part time, the other has one of each."""
    ours, theirs = world.ours, world.theirs
    for employer, hours in ((ours, "FULL_TIME"), (ours, "PART_TIME"), (theirs, "PART_TIME")):
        advertise(make_case(employer, title="Jurist", working_time=hours))


def counts(page, name: str) -> dict[str, int]:
    (facet,) = [facet for facet in page.context["facets"] if facet.name == name]
    return {value: number for value, _label, number, _chosen in facet.choices}


def test_a_number_is_what_ticking_it_would_give(client, three):
    page = client.get("/job/")

    assert page.context["total"] == 5
    assert counts(page, "myndighed") == {"ours": 3, "theirs": 2}
    for value, number in counts(page, "tid").items():
        assert client.get(f"/job/?tid={value}").context["total"] == number


def test_a_filter_narrows_the_others_and_not_itself(client, three):
    page = client.get("/job/?tid=PART_TIME")

    assert page.context["total"] == 2
    assert counts(page, "myndighed") == {"ours": 1, "theirs": 1}
    assert counts(page, "tid") == {"FULL_TIME": 3, "PART_TIME": 2}


def test_a_ticked_value_that_nothing_has_stays_to_be_unticked(client, three):
    page = client.get("/job/?tid=PART_TIME&myndighed=ours&ord=fuldm%C3%A6gtig")

    assert page.context["total"] == 0
    assert counts(page, "tid")["PART_TIME"] == 0


def test_an_employers_own_list_has_no_filter_of_employers(client, three):
    page = client.get("/ours/")

    assert page.context["total"] == 3
    assert "myndighed" not in [facet.name for facet in page.context["facets"]]


@pytest.mark.parametrize("address", ["/job/", "/job/?ord=jurist&tid=PART_TIME", "/ours/"])
def test_the_list_costs_the_same_for_one_job_and_for_many(client, world, three, address):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    client.get(address)
    many = queries()
    JobAdvertisement.objects.exclude(
        round__case__title="Jurist", round__case__institution=world.ours.institution
    ).delete()
    RecruitmentCase.objects.filter(title="Jurist").exclude(working_time="PART_TIME").update(state="CANCELLED")

    assert queries() == many
    assert many <= 18


def test_a_long_list_names_its_ends_and_the_pages_round_the_one_that_is_shown(client, world, monkeypatch):
    monkeypatch.setattr("portal.pages.listing.PER_PAGE", 1)
    monkeypatch.setattr("portal.pages.listing.facets_of", lambda *_rows, **_more: ([], 100))

    numbers = client.get("/job/?side=50").context["numbers"]

    assert [number for number in numbers if isinstance(number, int)] == [1, 48, 49, 50, 51, 52, 100]
