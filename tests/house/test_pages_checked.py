"""Every public page, in Danish and English, wide and narrow, before tools that nobody here wrote."""

import json
import subprocess
from pathlib import Path

import pytest
from django.test import override_settings

from portal.platform import frontend
from tests.browser import watched
from tests.database import copy_template, name_of_copy
from tests.house.public_pages import furnish, walk
from tests.house.walking import Visit, Visitor, faults_in_html
from tests.tools import CHECKERS, requires_tool

pytestmark = [
    pytest.mark.gate,
    pytest.mark.browser,
    requires_tool("chromium", "axe", "vnu", "java", "structured-data-validator"),
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
EXPECTED = {
    "not found": 404, "closed": 410, "ad, taken down": 410, "link expired": 410, "invitation, a link that opens nothing": 404, "too late": 409, "gate, faults": 422,
    "about you, faults": 422, "application and CV, faults": 422, "questions, faults": 422,
    "interview, faults": 422, "talent pool, an answer is missing": 422,
    "referees, faults": 422, "hearing, faults": 422, "one message, an empty answer": 422,
}  # fmt: skip


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker, live_server, chromium) -> list[Visit]:
    """One walk for all tests, in the test's database, which is fresh again afterwards."""
    found: list[Visit] = []
    with django_db_blocker.unblock(), override_settings(DEMO=True, WAGTAILADMIN_BASE_URL=live_server.url):
        world = furnish()
        for language in ("da", "en"):
            context = chromium.new_context(locale="da-DK", timezone_id="Europe/Copenhagen", reduced_motion="reduce")
            context.set_default_timeout(10_000)
            visitor = Visitor(watched(context.new_page()), live_server.url, language)
            walk(visitor, world)
            found += visitor.visits
            context.close()
        copy_template(name_of_copy())
    return found


def test_every_page_answers_as_it_should(visits):
    answered = {visit.name: visit.status for visit in visits}

    assert answered == {name: EXPECTED.get(name.split(": ", 1)[1], 200) for name in answered}


def test_no_page_has_a_barrier(visits):
    faults = [fault for visit in visits for fault in visit.barriers]

    assert not faults, "\n".join(faults)


def test_the_browser_complains_of_no_page(visits):
    faults = [fault for visit in visits for fault in visit.console]

    assert not faults, "\n".join(faults)


def test_no_page_scrolls_sideways(visits):
    faults = [fault for visit in visits for fault in visit.sideways]

    assert not faults, "\n".join(faults)


def test_every_page_is_valid_html(visits, tmp_path: Path):
    faults = [f"{name}: {fault}" for name, fault in faults_in_html(visits, tmp_path)]

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_open_ad_is_a_valid_job_posting(visits, language, tmp_path: Path):
    page = tmp_path / "ad.html"
    page.write_text(next(v.source for v in visits if v.name == f"{language}: ad, open"), encoding="utf-8")

    found = jobs_in(page)

    assert "JobPosting" in found["types"]
    assert found["faults"] == []


def test_a_job_posting_without_its_date_is_found_out(visits, tmp_path: Path):
    page = tmp_path / "ad.html"
    source = next(v.source for v in visits if v.name == "da: ad, open")
    page.write_text(source.replace('"datePosted"', '"dateOfPosting"'), encoding="utf-8")

    assert any("datePosted" in fault for fault in jobs_in(page)["faults"])


def jobs_in(page: Path) -> dict[str, list[str]]:
    """Types of structured data on the page, and errors in them."""
    script = Path(__file__).with_name("jobposting.mjs")
    said = subprocess.run(
        [frontend.node(), script, CHECKERS.parent / "package.json", page],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return json.loads(said.stdout)
