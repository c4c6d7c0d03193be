"""Remarks that follow the writing, in a real browser: told politely, reached by keyboard, mended with a click."""

import pytest

from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from tests.browser import WCAG, axe, browser_test
from tests.factories.world import HOUSE

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]


def test_remarks_follow_the_writing_and_a_click_mends(live_server, page, client, settings, world):
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    ad = begin_ad(world.ours.case, "da", actor=HOUSE)
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    page.context.add_cookies([cookie])
    page.set_default_timeout(60_000)

    page.goto(f"{live_server.url}/admin/pages/{ad.pk}/edit/")
    page.locator("[data-side-panel-toggle=ad-checks]").click()
    page.locator("#id_intro").fill("Vi søger en formand.")
    page.locator("[data-checks-place] [data-code=gender]").wait_for()

    summary = page.locator("[data-checks-summary]")
    assert summary.get_attribute("role") == "status"
    remarks = page.locator("[data-checks-place] [data-code]")
    assert page.locator("[data-side-panel-toggle=ad-checks] [data-side-panel-toggle-counter]").inner_text() == str(
        remarks.count()
    )
    assert axe(page, WCAG) == []
    show = page.locator("[data-code=gender] [data-show]")
    show.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_intro"
    mend = page.locator("[data-code=gender] [name=mend]")
    mend.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    draft = JobAdPage.objects.get(pk=ad.pk).get_latest_revision_as_object()
    assert draft.intro == "Vi søger en forperson."
    assert page.faults == []
