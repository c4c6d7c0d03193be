"""A list on somebody else's page: what it holds, that it knows nobody, and that only its own page may be framed."""

import json

import pytest

from tests.factories.world import advertise, make_case


def jobs(client, address: str = "") -> list[str]:
    return [job["title"] for job in json.loads(client.get(f"/embed/ours/jobs.json?{address}").content)["jobs"]]


def test_it_holds_the_employers_open_jobs_narrowed_by_unit_language_and_number(world, client):
    advertise(make_case(world.ours, title="Laborant"))

    assert jobs(client) == ["Fuldmægtig", "Laborant"]
    assert jobs(client, f"unit={world.ours.unit.pk}") == ["Fuldmægtig", "Laborant"]
    assert jobs(client, f"unit={world.ours.sibling.pk}") == []
    assert jobs(client, "most=1") == ["Fuldmægtig"]
    assert jobs(client, "language=en") == []
    assert len(jobs(client, "unit=x&most=x&lang=xx")) == 2


def test_what_is_for_own_staff_is_not_on_it(world, client):
    advertise(make_case(world.ours, title="Intern", case_type="INTERNAL_ONLY"))

    assert "Intern" not in jobs(client)
    assert "Intern" not in client.get("/embed/ours/").content.decode()


@pytest.mark.parametrize("address", ["/embed/ours/", "/embed/ours/jobs.json", "/embed/job-list.js", "/embed/frame.js"])
def test_it_sets_no_cookie_and_does_not_look_at_one(world, client, address):
    answer = client.get(address, headers={"origin": "https://styrelsen.example"})

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "public" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/embed/ours/jobs.json", "/embed/job-list.js"])
def test_other_sites_may_read_it(world, client, address):
    assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"


def test_only_the_page_of_the_list_may_stand_in_a_frame(world, client):
    framed = client.get("/embed/ours/")
    assert "frame-ancestors *" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    for address in ("/feeds/", "/job/", "/admin/", "/embed/ours/jobs.json"):
        other = client.get(address)
        assert "frame-ancestors *" not in other.headers.get("Content-Security-Policy", "")
        assert other.headers.get("X-Frame-Options") == "SAMEORIGIN"


def test_who_is_not_there_has_no_list(client, world):
    assert client.get("/embed/ukendt/").status_code == 404
    assert client.get("/embed/ukendt/jobs.json").status_code == 404
    assert client.post("/embed/ours/").status_code == 405


def test_the_page_about_feeds_has_the_lines_to_copy(world, client, settings):
    settings.SITE_URL = "https://job.example"
    page = client.get("/feeds/?myndighed=ours").content.decode()

    assert "https://job.example/embed/job-list.js" in page
    assert "&lt;job-list institution=&quot;ours&quot;" in page or '&lt;job-list institution="ours"' in page
    assert f"enhed={world.ours.unit.pk}" in page
    assert client.get("/feeds/?myndighed=ukendt").status_code == 200


@pytest.mark.parametrize("address", ["/embed/ours/", "/embed/ours/jobs.json"])
def test_it_costs_the_same_for_one_job_and_for_many(world, client, address, django_assert_max_num_queries):
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    for title in ("Laborant", "Lektor"):
        advertise(make_case(world.ours, title=title))

    with django_assert_max_num_queries(len(one)):
        client.get(address)
