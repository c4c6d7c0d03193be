"""Lists that portals fetch hold the ads planned for them, in their period, in a form that a schema accepts."""

import datetime as dt
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from recruitment import clock, timetable
from recruitment.advertising.actions import change_publication, plan_medium
from recruitment.advertising.models import MediaListEntry, Medium, Publication
from recruitment.channels.actions import connect
from tests.factories.world import HOUSE, advertise, make_case
from tests.tools import requires_tool, tool

HERE = Path(__file__).parent


@pytest.fixture
def listed(world):
    """Both portals on our list, LinkedIn with its settings."""
    institution = world.ours.institution
    entries = {
        code: MediaListEntry.objects.create(institution=institution, medium=Medium.objects.get(code=code))
        for code in ("INDEED", "LINKEDIN")
    }
    connect(entries["LINKEDIN"], {"company_id": "1234", "poster_email": "job@ours.example"}, actor=HOUSE)
    return entries


def put_on(round_, entries) -> None:
    for entry in entries.values():
        plan_medium(round_, entry, actor=HOUSE)
    advertise(round_.case)


def jobs(client, portal: str) -> list[ET.Element]:
    return ET.fromstring(client.get(f"/feeds/ours/{portal}.xml").content).findall("job")


@pytest.mark.parametrize("portal", ["indeed", "linkedin"])
def test_only_ads_that_are_planned_for_the_portal_are_on_its_list(world, client, listed, portal):
    assert jobs(client, portal) == []
    put_on(world.ours.round, listed)

    titles = [job.findtext("title") for job in jobs(client, portal)]

    assert titles == ["Fuldmægtig"]
    planned = Publication.objects.get(round=world.ours.round, medium__adapter=portal)
    assert planned.state == "LIVE"
    url = jobs(client, portal)[0].findtext("url" if portal == "indeed" else "applyUrl")
    assert url.endswith(f"kilde={planned.tracking_link.token}")


@requires_tool("xmllint")
@pytest.mark.parametrize("portal", ["indeed", "linkedin"])
def test_the_list_passes_its_schema(world, client, listed, portal, tmp_path):
    put_on(world.ours.round, listed)
    odd = make_case(
        world.ours, title="Kok & <b>køkken</b> ]]> \x0b", pay_min=400_000, pay_max=450_000, working_time="PART_TIME"
    )
    put_on(odd.rounds.get(), listed)
    file = tmp_path / "list.xml"
    file.write_bytes(client.get(f"/feeds/ours/{portal}.xml").content)

    done = subprocess.run(
        [tool("xmllint"), "--noout", "--schema", HERE / f"{portal}.xsd", file],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert len(jobs(client, portal)) == 2


def test_an_ad_leaves_the_list_with_its_period_by_the_clock(world, client, listed):
    put_on(world.ours.round, listed)
    planned = Publication.objects.get(round=world.ours.round, medium__adapter="indeed")
    change_publication(planned, actor=HOUSE, publish_until=clock.now() + dt.timedelta(days=3))

    with clock.shifted(dt.timedelta(days=3, seconds=1)):
        assert jobs(client, "indeed") == []
        assert len(jobs(client, "linkedin")) == 1
        timetable.pass_deadlines()
    planned.refresh_from_db()
    assert planned.state == "EXPIRED"


def test_a_portal_without_its_settings_has_no_list(client, world):
    assert client.get("/feeds/ours/linkedin.xml").status_code == 404
    assert client.get("/feeds/ukendt/indeed.xml").status_code == 404
    assert client.get("/feeds/ours/andet.xml").status_code == 404


def test_an_ad_for_own_staff_is_refused_a_place_on_any_list(world, client, listed):
    from recruitment.errors import NotPossible  # noqa: PLC0415

    case = make_case(world.ours, case_type="INTERNAL_ONLY")
    with pytest.raises(NotPossible):
        plan_medium(case.rounds.get(), listed["INDEED"], actor=HOUSE)


@pytest.mark.parametrize("portal", ["indeed", "linkedin"])
def test_a_list_costs_the_same_for_one_ad_and_for_many(world, client, listed, portal, django_assert_max_num_queries):
    put_on(world.ours.round, listed)
    address = f"/feeds/ours/{portal}.xml"
    client.get(address)
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    for title in ("Laborant", "Lektor"):
        put_on(make_case(world.ours, title=title).rounds.get(), listed)

    with django_assert_max_num_queries(len(one)):
        client.get(address)
