"""Applying in a real browser: without JavaScript, and by keyboard alone at 400 %."""

import pytest
from playwright.sync_api import Page

from recruitment.applications.models import Application
from tests.browser import watched
from tests.journeys.conftest import Portal, publish, wait_for
from tests.journeys.questions import ask_everything
from tests.tools import ROOT, requires_tool

pytestmark = [pytest.mark.browser, requires_tool("chromium"), pytest.mark.django_db(transaction=True)]
FILES = ROOT / "tests" / "fixtures" / "documents"
ADDRESS = "kirsten@ansoeger.example"


def answer_everything(page: Page) -> None:
    """One answer of each kind."""
    page.get_by_label("Ja", exact=True).check()
    page.get_by_label("Beskriv en afgørelse").fill("Jeg skrev en afgørelse om indsigt.")
    page.get_by_role("group", name="Vælg én").get_by_label("Bær").check()
    page.get_by_role("group", name="Vælg flere").get_by_label("Æbler").check()
    ranks = page.get_by_role("group", name="Sæt i rækkefølge").locator("select")
    for number in range(ranks.count()):
        ranks.nth(number).select_option(index=number + 1)
    grades = page.get_by_role("group", name="Hvor god er du?")
    for row in ("Æbler", "Bær"):
        grades.get_by_role("group", name=row).get_by_label("meget").check()


@pytest.mark.gate
def test_the_whole_application_without_javascript(portal: Portal, open_page):
    case = portal.world.ours.case
    ask_everything(case)
    ad = publish(case)
    page = open_page(java_script_enabled=False)

    page.goto("/job/")
    page.locator(f'a[href="{ad.url}"]').click()
    page.get_by_role("link", name="Søg stillingen").first.click()
    page.get_by_label("Jeg har læst").check()
    page.get_by_role("button", name="Gå i gang").click()
    for label, value in (("Fornavn", "Kirsten"), ("Efternavn", "Holm"), ("E-mail", ADDRESS)):
        page.get_by_label(label).fill(value)
    page.get_by_role("group", name="Er du ansat").get_by_label("Nej").check()
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_label("Din ansøgning", exact=True).fill("Jeg vil gerne føre tilsyn.")
    page.locator("#id_document-CV").set_input_files(FILES / "latex.pdf")
    page.locator("#id_document-DIPLOMA").set_input_files(FILES / "libreoffice.docx")
    page.get_by_role("button", name="Gem og fortsæt").click()
    answer_everything(page)
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.wait_for_url("**/tjek/")
    assert "latex.pdf" in page.content()
    page.get_by_role("button", name="Send ansøgning").click()
    page.wait_for_url("**/kvittering/")

    received = Application.objects.filter(case=case, answers__isnull=False).distinct().get()
    assert received.reference in page.content()
    assert (received.state, received.answers.count(), received.documents.count()) == ("SUBMITTED", 6, 2)
    (mail,) = wait_for(lambda: [m for m in portal.mails_to(ADDRESS) if received.reference in m.text])
    assert "Vi har modtaget din ansøgning" in mail.subject


def focus_on(page: Page, what: str, limit: int = 80) -> None:
    """Press Tab until the element that has the focus is the wanted one; the focus must be seen on the way."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("what => document.activeElement.matches(what)", what):
            style = page.evaluate(
                "() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow + s.borderStyle }"
            )
            assert style != "nonenonenone"
            return
    raise AssertionError(f"{what} was not reached by Tab")


def press(page: Page, what: str) -> None:
    """Reach it and press it."""
    focus_on(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_applying_by_keyboard_alone_at_four_hundred_per_cent(world, live_server, browser_context):
    case = world.ours.case
    ad = publish(case)
    page = watched(browser_context(viewport={"width": 320, "height": 256}, base_url=live_server.url).new_page())

    page.goto(ad.url)
    press(page, "a.ad__apply")
    focus_on(page, "#id_accept")
    page.keyboard.press("Space")
    press(page, "main form button.button-primary")
    for field, value in (("#id_given_name", "Kirsten"), ("#id_family_name", "Holm"), ("#id_email", ADDRESS)):
        focus_on(page, field)
        page.keyboard.type(value)
    focus_on(page, "input[name=origin]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "button[value=next]")
    focus_on(page, "#id_motivation")
    page.keyboard.type("Jeg vil gerne.")
    page.locator("#id_document-CV").set_input_files(FILES / "latex.pdf")
    press(page, "button[value=next]")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(page, "main form button.button-primary")

    assert "kvittering" in page.url
    assert page.faults == []
    assert Application.objects.filter(case=case, motivation_text="Jeg vil gerne.").exists()
