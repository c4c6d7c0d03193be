"""Every search is a feed: what it holds, who is counted, and when an ad leaves it."""

import datetime as dt
import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client

from recruitment import clock
from recruitment.advertising.actions import plan_medium
from recruitment.advertising.models import MediaListEntry, Medium, TrackingLink
from recruitment.cases.models import CaseType
from tests.factories.world import HOUSE, advertise, make_case

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def items(client: Client, address: str = "") -> list[dict]:
    return json.loads(client.get(f"/feeds/job.json?{address}").content)["items"]


def test_the_three_forms_hold_the_same_ads(world, client):
    json_titles = {item["title"] for item in items(client)}
    rss = ET.fromstring(client.get("/feeds/job.rss").content)
    atom = ET.fromstring(client.get("/feeds/job.atom").content)

    assert json_titles == {"Fuldmægtig"}
    assert len(items(client)) == len(rss.findall("channel/item")) == len(atom.findall("a:entry", ATOM)) == 2


def test_a_feed_is_the_search_in_its_address(world, client):
    advertise(make_case(world.ours, title="Laborant"))

    assert [item["title"] for item in items(client, "ord=laborant")] == ["Laborant"]
    assert {item["authors"][0]["name"] for item in items(client, "myndighed=theirs")} == {"Styrelsen theirs"}
    assert len(items(client, f"enhed={world.ours.top.pk}")) == 2
    assert len(items(client, f"enhed={world.ours.sibling.pk}")) == 0
    assert len(items(client, "enhed=ukendt&km=x&sorter=x")) == 3


def test_an_ad_leaves_the_feed_at_its_deadline_by_the_clock(world, client):
    world.ours.round.refresh_from_db()
    left = world.ours.round.application_deadline - clock.now()

    with clock.shifted(left - dt.timedelta(seconds=20)):
        assert len(items(client)) == 2
    with clock.shifted(left + dt.timedelta(seconds=1)):
        assert items(client) == []


def test_what_is_for_own_staff_only_is_in_no_feed(world, client):
    case = make_case(world.ours, title="Intern", case_type=CaseType.INTERNAL_ONLY)
    advertise(case)

    for address in (
        "/feeds/job.json",
        "/feeds/job.rss",
        "/sitemap.xml",
        "/jobportal.svc/ours/positionlist/json/?incads=1",
    ):
        assert "Intern" not in client.get(address).content.decode()


def test_visitors_of_a_feed_are_counted_as_its_own_where_the_ad_is_planned_for_it(world, client):
    medium = Medium.objects.create(code="NETWORK_FEED", name_da="Faglige netværk", kind="FEED")
    entry = MediaListEntry.objects.create(institution=world.ours.institution, medium=medium)
    plan_medium(world.ours.round, entry, actor=HOUSE)
    token = TrackingLink.objects.get(publication__round=world.ours.round, publication__medium=medium).token

    urls = {item["authors"][0]["name"]: item["url"] for item in items(client)}
    apply_urls = {item["_opslag"]["apply_url"] for item in items(client)}

    assert urls["Styrelsen ours"].endswith(f"?kilde={token}")
    assert "kilde" not in urls["Styrelsen theirs"]
    assert any(address.endswith(f"?kilde={token}") for address in apply_urls)


def test_a_reader_that_has_the_feed_is_told_that_nothing_changed(world, client):
    first = client.get("/feeds/job.rss")
    again = client.get("/feeds/job.rss", headers={"if-none-match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert "public" in first.headers["Cache-Control"]
    assert first.headers["Access-Control-Allow-Origin"] == "*"


def test_no_form_but_the_three_and_nothing_is_posted(world, client):
    assert client.get("/feeds/job.csv").status_code == 404
    assert client.post("/feeds/job.rss").status_code == 405


def test_a_change_of_an_ad_keeps_its_identity(world, client):
    before = {item["id"] for item in items(client)}
    advertise(world.ours.case)

    assert {item["id"] for item in items(client)} == before


@pytest.mark.parametrize(
    "address", ["/feeds/job.json", "/feeds/job.rss", "/sitemap.xml", "/jobportal.svc/ours/positionlist/xml/?incads=1"]
)
def test_a_feed_costs_the_same_for_one_ad_and_for_many(world, client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(100) as one:
        client.get(address)
    for title in ("Laborant", "Lektor", "Jurist"):
        advertise(make_case(world.ours, title=title))

    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_the_list_says_where_its_feed_is(world, client):
    from portal.pages.site import ensure_site  # noqa: PLC0415 - the pages only for this test

    ensure_site()
    page = client.get("/job/?ord=fuldm%C3%A6gtig&sorter=nyeste").content.decode()

    assert 'type="application/atom+xml"' in page
    assert "/feeds/job.rss?ord=fuldm%C3%A6gtig" in page
    assert client.get("/feeds/").status_code == 200


def test_the_map_for_search_engines_lists_open_ads_and_keeps_to_the_site(world, client, settings):
    settings.SITE_URL = "https://job.example"
    found = client.get("/sitemap.xml").content.decode()

    assert found.count("<loc>https://job.example/") >= 2
    assert f"<loc>https://job.example/{world.ours.case.pk}/</loc>" in found
    with clock.shifted(dt.timedelta(days=60)):
        assert str(world.ours.case.pk) not in client.get("/sitemap.xml").content.decode()


def test_robots_are_led_to_the_map_and_away_from_what_is_private(db, client, settings):
    settings.SITE_URL = "https://job.example"
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Sitemap: https://job.example/sitemap.xml" in lines
    assert {"Disallow: /admin/", "Disallow: /mine/", "Disallow: /soeg/"} <= set(lines)
