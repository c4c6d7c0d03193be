"""Every screen of the workbench, in Danish, wide and narrow, before tools that nobody here wrote."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.browser import WCAG, watched
from tests.database import copy_template, name_of_copy
from tests.factories.world import make_world
from tests.house import workbench_screens as screens
from tests.house.walking import Visit, Visitor, faults_in_html
from tests.portal.workbench.addresses import OPEN_TO
from tests.tools import requires_tool

pytestmark = [
    pytest.mark.gate,
    pytest.mark.browser,
    requires_tool("chromium", "axe", "vnu", "java"),
    pytest.mark.django_db(transaction=True),
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
EXPECTED = {
    "refused": 403, "case_new, faults": 422, "question_new, faults": 422, "members, faults": 422, "register, faults": 422,
    "user_invite, faults": 422, "review of an ad, ended": 404, "analysis by link, ended": 404,
}  # fmt: skip
#: What the validator has against templates and widgets of Wagtail 8.0 itself; asked of Wagtail's screens only.
OF_WAGTAIL = (
    "“div” not allowed as child of element “(button|label)”",  # buttons of the side panels, its grip
    "Attribute “type” not allowed on element “div”",  # the drop-down of the breadcrumbs
    "A fraction of a second must be one, two, or three digits",  # <time> of "updated"
    "Text not allowed in element “iframe”",  # the preview's fallback
    "“hidden” must not have any “aria-",  # choosers and rich text keep their value in a hidden field
    "must be the ID of a non-hidden form control",
    "Attribute “required” (not allowed on element “input”|is only allowed when)",
    "Bad value “” for attribute “(width|height|src)” on element “img”",  # a chooser in which nothing is chosen
    "Bad value “alert” for attribute “role” on element “h2”",  # the count of hits in the search of pages
    "Stray (start|end) tag “td”",  # the tick boxes of an empty list of images
    "“h3” .* follows the heading “h1”",  # the same search
    "Bad value “” for attribute “action” on element “form”",  # account
)
WALKS = (
    (screens.HR, screens.walk_as_hr),
    (screens.ADMIN, screens.walk_as_administrator),
    (screens.WRITER, screens.walk_as_writer),
)


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker, live_server, chromium) -> list[Visit]:
    """One walk for all tests, in the test's database, which is fresh again afterwards."""
    found: list[Visit] = []
    with django_db_blocker.unblock(), override_settings(WAGTAILADMIN_BASE_URL=live_server.url):
        world = screens.furnish(make_world())
        for role, walk in WALKS:
            context = chromium.new_context(locale="da-DK", timezone_id="Europe/Copenhagen", reduced_motion="reduce")
            context.set_default_timeout(10_000)
            context.add_cookies([_session(world.ours.staff[role], live_server.url)])
            visitor = Visitor(watched(context.new_page()), live_server.url, "da", WCAG)
            walk(visitor, world)
            found += visitor.visits
            context.close()
        copy_template(name_of_copy())
    return found


def _session(user, address: str) -> dict[str, str]:
    client = Client()
    client.force_login(user)
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
        "url": address,
    }


def test_every_screen_answers_as_it_should(visits):
    answered = {visit.name: visit.status for visit in visits}

    assert answered == {name: EXPECTED.get(name.removeprefix("da: "), 200) for name in answered}


def test_nobody_is_sent_elsewhere(visits):
    assert [visit.elsewhere for visit in visits if visit.elsewhere] == []


def test_no_screen_of_the_workbench_is_left_out(visits):
    seen = {visit.name.removeprefix("da: ") for visit in visits}

    assert set(OPEN_TO) - screens.FILES <= seen


def test_no_screen_has_a_barrier(visits):
    faults = [fault for visit in visits for fault in visit.barriers]

    assert not faults, "\n".join(faults)


def test_the_browser_complains_of_no_screen(visits):
    faults = [fault for visit in visits for fault in visit.console]

    assert not faults, "\n".join(faults)


def test_no_screen_of_ours_scrolls_sideways(visits):
    faults = [fault for visit in visits for fault in visit.sideways if "wagtail:" not in fault]

    assert not faults, "\n".join(faults)


def test_every_screen_is_valid_html(visits, tmp_path: Path):
    told = faults_in_html(visits, tmp_path)
    faults = [f"{name}: {fault}" for name, fault in told if "wagtail:" not in name or not is_wagtails_own(fault)]

    assert not faults, "\n".join(faults)


def is_wagtails_own(fault: str) -> bool:
    return any(re.search(pattern, fault) for pattern in OF_WAGTAIL)
