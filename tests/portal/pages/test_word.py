"""A text pasted from Word or from a mail, in a real browser, and what is saved of it."""

import pytest

from portal.pages.layouts import ContentTemplate
from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from recruitment.access.roles import Role
from tests.browser import browser_test
from tests.factories.world import HOUSE
from tests.portal.pages.test_publishing import BODY
from tests.tools import ROOT

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]
FIXTURES = ROOT / "tests" / "fixtures"
CLIPBOARDS = ("word/clipboard.html", "mail/outlook.html", "mail/gmail.html")
PASTE = """([field, html, text]) => {
  const clipboard = new DataTransfer();
  clipboard.setData("text/html", html);
  clipboard.setData("text/plain", text);
  field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}));
}"""
WRITTEN = "words => [...document.querySelectorAll('input[type=hidden]')].some(field => field.value.includes(words))"
REMAINS_OF_WORD = (
    "mso",
    "Mso",
    "style",
    "class=",
    "<o:p",
    "<span",
    "<font",
    "<table",
    "<img",
    "javascript",
    "\u00a0",
    "&nbsp;",
    "file:",
    "google.com",
    "gmail",
    "data-safe",
    "cid:",
    "onclick",
)


@pytest.fixture
def writing(live_server, page, client, settings, world):
    """The editor of a new ad, opened by communications; gives the page and the ad."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    template = ContentTemplate.objects.create(name="t", intro="Vil du?", body=[BODY[0]], live=True)
    ad = begin_ad(world.ours.case, "da", actor=HOUSE, template=template)
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/admin/pages/{ad.pk}/edit/", timeout=60_000)
    return page, ad


def test_a_text_from_word_or_a_mail_is_saved_clean(writing):
    page, ad = writing
    for clipboard in CLIPBOARDS:
        field = page.locator(".Draftail-Editor [contenteditable=true]").first
        field.click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.wait_for_function(f"words => !({WRITTEN})(words)", arg="betjene direktionen")
        page.evaluate(PASTE, [field.element_handle(), (FIXTURES / clipboard).read_text(encoding="utf-8"), "Opgaverne"])
        page.wait_for_function(WRITTEN, arg="betjene direktionen")
        with page.expect_navigation():
            page.get_by_role("button", name="Gem skitse").first.click()

        saved = JobAdPage.objects.get(pk=ad.pk).get_latest_revision_as_object().body[0].value["body"].source
        assert [sign for sign in REMAINS_OF_WORD if sign in saved] == [], clipboard
        assert "<b>tilsyn</b>" in saved, clipboard
        assert "<i>kommunale</i>" in saved, clipboard
        assert saved.count("<li") == 2, clipboard
        assert 'href="https://styrelsen.example/om"' in saved, clipboard
