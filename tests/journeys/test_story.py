"""The main job, end to end, in a real browser with real processes: from HR's new case to the integrator's query."""

import json
import urllib.parse
import urllib.request

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from playwright.sync_api import Page

from portal.pages.layouts import AdLayout, ContentTemplate
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actions import make_api_client
from recruitment.people.models import User
from tests.journeys.conftest import Portal, wait_for
from tests.journeys.test_apply import ADDRESS, FILES, answer_everything
from tests.tools import requires_tool

pytestmark = [pytest.mark.gate, pytest.mark.browser, requires_tool("chromium"), pytest.mark.django_db(transaction=True)]
PASSWORD = "korrekt hest batteri hæfteklamme"
TITLE = "Studentermedhjælper til tilsyn"
FRUIT = ("Æbler", "Bær", "Citroner")
QUESTIONS = (
    ("YES_NO", "Har du kørekort?", {}),
    ("FREE_TEXT", "Beskriv en afgørelse", {}),
    ("SINGLE", "Vælg én", {"options_da": FRUIT}),
    ("MULTIPLE", "Vælg flere", {"options_da": FRUIT}),
    ("PRIORITISED", "Sæt i rækkefølge", {"options_da": FRUIT}),
    ("CLASSIFIED", "Hvor god er du?", {"options_da": ("Æbler", "Bær"), "scale_da": ("lidt", "meget")}),
)
QUERY = """query ($reference: String!) {
  application(reference: $reference) {
    reference state case { reference } applicant { email } answers { text }
  }
  mediaResponse { total { received } }
}"""


def sign_in(page: Page, user: User) -> None:
    """With a password, as staff without an identity provider do."""
    user.password = Argon2PasswordHasher().encode(PASSWORD, "salt-for-a-test")
    user.save()
    page.goto("/konto/login/")
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/admin/**")


def make_case(page: Page, portal: Portal) -> RecruitmentCase:
    """HR: the short form, the form's questions, approval."""
    sign_in(page, portal.world.ours.staff[Role.HR_EXTENDED])
    page.goto("/admin/cases/new/")
    page.fill("#id_title", TITLE)
    page.select_option("#id_position_category", index=1)
    page.check("#id_workplaces_0")
    page.check("#id_collective_agreements_0")
    page.select_option("#id_hiring_manager", index=1)
    page.fill("#id_tasks", "hjælpe med tilsyn\nskrive referater")
    page.fill("#id_competences", "Omhyggelig\nGod til dansk")
    page.fill("#id_postal_application_address", "Torvet 1, 8800 Viborg")
    page.fill("#id_contacts-0-phone", "+45 00 00 00 77")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/admin/cases/*-*/**")
    case = RecruitmentCase.objects.get(title=TITLE)
    for kind, words, more in QUESTIONS:
        page.goto(f"/admin/cases/{case.pk}/form/questions/new/")
        page.select_option("#id_kind", kind)
        page.fill("#id_text_da", words)
        page.select_option("#id_linked_requirement", index=1)
        for name, lines in more.items():
            for place, words_of_row in enumerate(lines):
                page.locator(f"[name={name}]").nth(place).fill(words_of_row)
        page.locator("main form button[type=submit]").last.click()
        page.wait_for_url("**/form/**")
    assert case.form.questions.count() == len(QUESTIONS)
    page.goto(f"/admin/moves/case/{case.pk}/approve/")
    page.locator("main form button[type=submit]").last.click()
    case.refresh_from_db()
    assert case.state == "READY"
    return case


def publish_ad(page: Page, portal: Portal, case: RecruitmentCase) -> None:
    """Communications: from a template in a layout, and live."""
    institution = portal.world.ours.institution
    layout = AdLayout.objects.create(
        name="Grønt layout", institution=institution, accent="#005a5b", shape="centred", live=True
    )
    kinds = ("tasks", "profile", "process", "terms", "contact")
    body = [
        (k, {"heading": "", "body": "<p>Ord.</p>"} | ({"items": ["føre tilsyn"]} if k in {"tasks", "profile"} else {}))
        for k in kinds
    ]
    template = ContentTemplate.objects.create(
        name="Student",
        institution=institution,
        language="da",
        layout=layout,
        intro="Kom og lær tilsyn.",
        body=body,
        live=True,
    )
    sign_in(page, portal.world.ours.staff[Role.COMMUNICATIONS])
    page.goto(f"/admin/ads/new/?case={case.pk}")
    page.select_option("select[name=template]", str(template.pk))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/admin/pages/*/edit/**")
    page.locator("textarea[name=intro]").fill("Kom og lær at føre tilsyn sammen med os.")
    with page.expect_navigation():
        page.locator("button[name=action-publish]").first.evaluate("button => button.click()")
    case.refresh_from_db()
    assert case.state == "ADVERTISED", page.locator(".messages").all_inner_texts()


def apply(page: Page) -> Application:
    """An applicant finds the ad and answers it."""
    page.goto("/job/?ord=studentermedhjælper")
    page.get_by_role("link", name=TITLE).click()
    assert page.locator(".ad--centred").count() == 1
    page.get_by_role("link", name="Søg stillingen").first.click()
    page.get_by_label("Jeg har læst").check()
    page.get_by_role("button", name="Gå i gang").click()
    for label, value in (("Fornavn", "Kirsten"), ("Efternavn", "Holm"), ("E-mail", ADDRESS)):
        page.get_by_label(label).fill(value)
    page.get_by_role("group", name="Er du ansat").get_by_label("Nej").check()
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.locator("#id_document-COVER_LETTER").set_input_files(FILES / "libreoffice.docx")
    page.locator("#id_document-CV").set_input_files(FILES / "latex.pdf")
    page.get_by_role("button", name="Gem og fortsæt").click()
    answer_everything(page)
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_role("button", name="Send ansøgning").click()
    page.wait_for_url("**/kvittering/")
    received = Application.objects.get(case__title=TITLE)
    assert received.reference in page.content()
    return received


def ask(portal: Portal, path: str, token: str = "", **body: object) -> dict:
    """A program's POST; JSON in and out."""
    as_form = "grant_type" in body
    data = urllib.parse.urlencode(body).encode() if as_form else json.dumps(body).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded" if as_form else "application/json"}
    headers |= {"Authorization": f"Bearer {token}"} if token else {}
    with urllib.request.urlopen(urllib.request.Request(portal.address + path, data, headers), timeout=20) as answer:
        found: dict = json.loads(answer.read())
        return found


def test_from_a_new_case_to_the_integrators_query(portal: Portal, open_page):
    hr = open_page(viewport={"width": 1280, "height": 900})
    case = make_case(hr, portal)
    publish_ad(open_page(viewport={"width": 1280, "height": 900}), portal, case)
    received = apply(open_page())
    (mail,) = wait_for(lambda: [m for m in portal.mails_to(ADDRESS) if received.reference in m.text])
    assert "Vi har modtaget din ansøgning" in mail.subject

    wait_for(lambda: received.documents.filter(render_state="READY").count() == 2)
    hr.goto(f"/admin/cases/{case.pk}/applications/{received.pk}/")
    if "declare" in hr.url:
        hr.locator("main form input[value=no]").check()
        hr.locator("main form button[type=submit]").last.click()
        hr.wait_for_url(f"**/applications/{received.pk}/**")
    seen = hr.locator("main").inner_text()
    assert "Kirsten Holm" in seen
    assert "Jeg skrev en afgørelse om indsigt." in seen
    received.refresh_from_db()
    assert received.first_opened_at is not None

    client, secret = make_api_client(
        "HR-værktøj", scopes=["cases:read", "applications:read", "applications:pii:read", "stats:read"],
        institutions=[portal.world.ours.institution],
    )  # fmt: skip
    granted = ask(
        portal, "/oauth/token/", grant_type="client_credentials", client_id=client.client_id, client_secret=secret,
        scope="cases:read applications:read applications:pii:read stats:read",
    )  # fmt: skip
    answer = ask(portal, "/graphql/", granted["access_token"], query=QUERY, variables={"reference": received.reference})
    assert "errors" not in answer, answer
    assert answer["data"]["application"]["case"]["reference"] == case.case_number
    assert len(answer["data"]["application"]["answers"]) == len(QUESTIONS)
    assert answer["data"]["mediaResponse"]["total"]["received"] == 2
