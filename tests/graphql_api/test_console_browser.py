"""The console in a real browser: each person asks as themselves, nothing is fetched from elsewhere, nothing complains."""

import pytest
from django.test import Client

from recruitment.access.roles import Role
from tests.browser import browser_test, watched
from tests.factories.world import declare_all
from tests.graphql_api.test_documentation import EXAMPLES

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]
REFERENCES = "{ viewer { name } applications { nodes { reference applicant { familyName } } } }"


@pytest.fixture
def world(settled_world):
    declare_all(settled_world.ours)
    return settled_world


@pytest.fixture
def console(live_server, browser_context, settings):
    """Open the console as a person; gives the page, with every address it asked for."""
    settings.SITE_URL = live_server.url

    def opening(user):
        signed_in = Client()
        signed_in.force_login(user)
        context = browser_context()
        context.add_cookies(
            [{"name": "sessionid", "value": signed_in.cookies["sessionid"].value, "url": live_server.url}]
        )
        page = watched(context.new_page())
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(f"{live_server.url}/graphql/console/")
        page.get_by_role("button", name="Execute query").wait_for()
        return page

    return opening


def is_of_schema(answer):
    """The console itself asks for the schema first."""
    return "__schema" in (answer.request.post_data or "")


def run(page, document):
    """Type the document over what stands there, run it, and give the text of the answer."""
    page.locator(".graphiql-query-editor .CodeMirror").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.evaluate(
        "text => document.querySelector('.graphiql-query-editor .CodeMirror').CodeMirror.setValue(text)", document
    )
    with page.expect_response(lambda answer: answer.url.endswith("/graphql/") and not is_of_schema(answer)) as answered:
        page.get_by_role("button", name="Execute query").click()
    return answered.value.json()


@pytest.mark.parametrize(("role", "meets"), [(Role.ASSESSMENT_COMMITTEE, True), (Role.ADMINISTRATOR, False)])
def test_each_person_asks_as_themselves(world, console, role, meets, live_server):
    page = console(world.ours.staff[role])

    answer = run(page, REFERENCES)

    assert answer["data"]["viewer"]["name"] == world.ours.staff[role].get_full_name()
    assert (world.application.reference in str(answer)) is meets
    assert world.their_application.reference not in str(answer)
    assert {url for url in page.asked if not url.startswith((live_server.url, "data:", "blob:"))} == set()
    assert page.faults == []


def test_examples_of_the_documentation_run_in_it(world, console):
    page = console(world.ours.staff[Role.HR_EXTENDED])

    for name in ("Near", "Cost"):
        answer = run(page, f"query Example{EXAMPLES[name]}")

        assert "errors" not in answer, name
        assert answer["data"], name
    assert page.faults == []
