"""From "we think we have found the one" to a closed case, in browsers: every word that leaves the building on the way.

A priority claimant with job centre and minutes, an adverse reference with its hearing, an offer declined and accepted by the
next, a rejection by telephone and one to all the others, with a real conversation with a mail server.
"""

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from recruitment import clock
from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.records import HandOver
from recruitment.decisions.answers import PhoneLog, Rejection
from recruitment.decisions.models import Offer
from recruitment.fairness.guards import somebody_is_not_heard
from recruitment.fairness.models import PartyHearing
from recruitment.letters.models import BulkSending
from recruitment.mail.delivery import BOUNCES_WITHIN, call_delivered
from recruitment.mail.models import Message
from recruitment.outbox.delivery import carry_out, waiting
from recruitment.outbox.models import OutboxItem
from recruitment.people.models import User
from recruitment.references.models import ReferenceCheck
from tests.browser import WCAG, axe, browser_test, watched
from tests.factories.deciding import to_decision
from tests.recruitment.mail.smtp_modes import Misbehaving

pytestmark = [pytest.mark.gate, *browser_test, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post_office(settings) -> Iterator[Misbehaving]:
    """Takes every mail."""
    made = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    yield made
    made.close()


@pytest.fixture
def people(
    live_server, browser_context: Callable[..., BrowserContext], settings, post_office, world
) -> SimpleNamespace:
    """The case with four interviewed and two read, and a browser for whoever needs one. Confidential words need a second factor."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    settings.SECURE_INBOX_MFA_REQUIRED = True
    table = to_decision(world, interviewed=4, read=2)
    names = ("Astrid", "Bent", "Pia", "Tage", "Lis", "Ole")
    for name, application in zip(names, [*table.met, *table.read], strict=True):
        person = application.candidate
        person.given_name, person.email = name, f"{name.lower()}@ansoeger.example"
        person.save()

    def open_for(user: User | None) -> Page:
        context = browser_context()
        context.set_default_timeout(60_000)
        if user is not None:
            client, name = Client(), settings.SESSION_COOKIE_NAME
            client.force_login(user)
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = watched(context.new_page())
        page.at = lambda path: page.goto(f"{live_server.url}{path}")
        return page

    first, second, claimant, called = table.met
    return SimpleNamespace(
        table=table, case=table.case, hr=open_for(table.hr.user), manager=open_for(table.manager), open_for=open_for, office=post_office,
        first=first, second=second, claimant=claimant, called=called, url=live_server.url,
    )  # fmt: skip


def submit(page: Page, value: str, **typed: Any) -> None:
    """Type into the form that holds the button, and press it."""
    page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    button = page.locator(f"button[name=button][value='{value}']").first
    form = page.locator("form", has=button).first
    for name, words in typed.items():
        field = form.locator(f"[name='{name}']")
        kind = field.first.evaluate("each => each.tagName + ':' + (each.type || '')")
        if kind == "INPUT:radio":
            form.locator(f"[name='{name}'][value='{words}']").check(force=True)
        elif kind == "INPUT:checkbox":
            field.first.check(force=True)
        elif kind == "INPUT:file":
            field.set_input_files(words)
        elif kind.startswith("SELECT"):
            field.select_option(words)
        else:
            field.first.fill(words)
    with page.expect_navigation():
        button.click()
    assert page.locator(".error-message, .alert-error").count() == 0, page.locator(
        ".error-message, .alert-error"
    ).all_inner_texts()


def applicant(people: SimpleNamespace, application: Application) -> Page:
    """The applicant signs in with a code by mail, as anybody would."""
    page = people.open_for(None)
    page.at("/mine/beskeder/")
    page.fill("[name=email]", application.candidate.email)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    code = re.search(r"^[A-Z0-9-]{6,9}$", mail.outbox[-1].body, re.MULTILINE)
    assert code is not None, mail.outbox[-1].body
    page.fill("[name=code]", code.group())
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    return page


def make_second_factor(page: Page) -> None:
    """An authenticator app, from the page that asks for it; afterwards one is where one was going."""
    assert "/mine/sikkerhed/" in page.url
    going_to = parse_qs(urlsplit(page.url).query)["next"][0]
    page.locator("a[href*='totp']").click()
    page.wait_for_load_state()
    assert page.locator("#authenticator_secret").count(), page.url + page.locator("body").inner_text()
    secret = page.locator("#authenticator_secret").input_value()
    step = totp.yield_hotp_counters_from_time()
    page.fill("[name=code]", totp.format_hotp_value(totp.hotp_value(secret, next(iter(step)))))
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()
    page.locator(f"a[href='{going_to}']").first.click()
    page.wait_for_url(f"**{going_to}")


def send_what_is_due() -> None:
    """The worker's part, until nothing is left: letters, lines of sendings, documents."""
    OutboxItem.objects.filter(state="QUEUED").update(due_at=clock.now())
    while numbers := waiting():
        for number in numbers:
            carry_out(number)
        OutboxItem.objects.filter(state="QUEUED", tries=0).update(due_at=clock.now())


def let_a_day_pass() -> None:
    """What went and has not come back counts as delivered."""
    call_delivered(clock.now() + BOUNCES_WITHIN)


def of(people: SimpleNamespace, application: Application, more: str) -> str:
    return f"/admin/cases/{people.case.pk}/applications/{application.pk}/{more}"


def test_from_the_one_we_found_to_a_closed_case(people):
    settle_the_claim(people)
    astrid = ask_a_referee(people)
    hear_the_applicant(people, astrid)
    decide(people)
    decline(people, astrid)
    hire_the_next(people)
    call_one(people)
    answer_the_others(people)
    close_it(people)

    for name in ("hr", "manager"):
        assert getattr(people, name).faults == [], name


def settle_the_claim(people) -> None:
    """HR: the claimant was interviewed and is not chosen; statement, negotiation and minutes clear the way."""
    page, path = people.hr, of(people, people.claimant, "priority/")
    page.at(path)
    submit(page, "register", via="APPLICANT")
    submit(page, "find_eligible", formal_education_met="yes")
    if PriorityClaim.objects.get().state != "INTERVIEWED":
        submit(page, "look_again")
    submit(page, "turn_down", reason="En anden er bedre kvalificeret.")
    submit(page, "write", job_centre="Jobcenter Viborg", statement_text="Den valgte har ti års erfaring med tilsyn.")
    submit(page, "send_statement", way="PRINTED")
    submit(page, "negotiate", negotiated_on=str(clock.today()), form="PHONE", outcome="Jobcentret er enigt.")
    minutes = {"name": "referat.txt", "mimeType": "text/plain", "buffer": b"Referat af samtalen med jobcentret."}
    submit(page, "minutes", file=minutes)
    submit(page, "clear")
    assert PriorityClaim.objects.get().state == "CLEARED"


def ask_a_referee(people) -> Page:
    """The one we found names a referee and says yes; what is said does not speak for her."""
    page, path = people.hr, of(people, people.first, "references/")
    page.at(path)
    submit(
        page, "note", name="Bodil Stær", organisation="Havnekontoret", relation="chef", phone="+45 00 00 31 31",
        noted_how="Telefon i dag",
    )  # fmt: skip
    check = ReferenceCheck.objects.get()
    page.at(f"{path}{check.pk}/")
    submit(page, "ask_consent")
    astrid = applicant(people, people.first)
    astrid.at(f"/mine/{people.first.pk}/referencer/")
    make_second_factor(astrid)
    assert "/referencer/" in astrid.url
    assert axe(astrid, WCAG) == []
    submit(astrid, "yes")
    page.reload()
    submit(page, "begin")
    submit(page, "write", answer="Chef i tre år; kom ofte for sent.")
    submit(page, "complete_adverse", summary="Kom ofte for sent.")
    check.refresh_from_db()
    assert check.state == "ADVERSE"
    return astrid


def hear_the_applicant(people, astrid: Page) -> None:
    """Nothing is decided on it before she has been heard."""
    page = people.hr
    assert somebody_is_not_heard(people.case)
    page.at(of(people, people.first, "facts/"))
    submit(page, "hear")
    hearing = PartyHearing.objects.get()
    page.at(of(people, people.first, f"hearings/{hearing.pk}/"))
    submit(page, "send", facts_text="En tidligere chef siger, at du ofte kom for sent.")
    astrid.at(f"/mine/{people.first.pk}/hoering/{hearing.pk}/")
    astrid.locator("textarea").first.fill("Jeg passede min syge far den vinter.")
    with astrid.expect_navigation():
        astrid.locator("main form button[type=submit]").first.click()
    page.reload()
    assert "syge far" in page.locator("main").inner_text()
    submit(page, "evaluate", evaluation="Forklaringen lægges til grund.")
    submit(page, "close")
    hearing.refresh_from_db()
    assert hearing.state == "CLOSED"
    assert not somebody_is_not_heard(people.case)


def decide(people) -> None:
    """HR writes for the manager: factors, comparison with the claimant, first day; the first is offered the job."""
    page = people.hr
    page.at(f"/admin/cases/{people.case.pk}/decision/write/")
    page.select_option("[name=decider]", str(people.table.manager.pk))
    page.fill("[name=start_date]", "2099-02-01")
    page.fill("[name=factors]", "erfaring med tilsyn og klar skriftlig formidling")
    page.fill("[name=comparison]", "Den valgte har ti års erfaring med tilsyn; ansøgeren med fortrinsadgang har ingen.")
    page.select_option(f"[name='place-{people.first.pk}']", "CHOSEN")
    page.select_option(f"[name='place-{people.second.pk}']", "RESERVE")
    page.fill(f"[name='order-{people.second.pk}']", "1")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    page.at(f"/admin/cases/{people.case.pk}/decision/conclude/")
    page.fill(f"[name='terms-{people.first.pk}']", "Kr. 42.000 om måneden")
    page.fill("[name=answer_by]", "2099-01-01")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    people.case.refresh_from_db()
    assert people.case.state == "CONCLUDING", page.locator("main").inner_text()
    send_what_is_due()


def decline(people, astrid: Page) -> None:
    """She says no, and is asked once more whether she means it."""
    astrid.at(f"/mine/{people.first.pk}/tilbud/")
    submit(astrid, "decline")
    submit(astrid, "decline", words="Tak, men jeg har fået et andet arbejde.")
    assert Application.objects.get(pk=people.first.pk).state == "WITHDRAWN"


def hire_the_next(people) -> None:
    """The next in reserve accepts; HR notes the hire, and fetches what the pay system needs."""
    page = people.hr
    page.at(f"/admin/cases/{people.case.pk}/decision/next/")
    page.fill("[name=terms]", "Kr. 41.000 om måneden")
    page.fill("[name=answer_by]", "2099-01-01")
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()
    bent = applicant(people, people.second)
    bent.at(f"/mine/{people.second.pk}/tilbud/")
    make_second_factor(bent)
    submit(bent, "accept")
    if bent.locator("button[name=button][value=accept]").count():
        submit(bent, "accept")
    offer = Offer.objects.get(application=people.second)
    assert offer.answer == "ACCEPTED"
    page.at(f"/admin/cases/{people.case.pk}/decision/offers/{offer.pk}/")
    submit(page, "hire")
    assert Application.objects.get(pk=people.second.pk).state == "HIRED"
    assert HandOver.objects.get().application_id == people.second.pk


def call_one(people) -> None:
    """The manager calls one of those who were interviewed, and notes what was said."""
    page = people.manager
    page.at(f"/admin/cases/{people.case.pk}/answers/{people.called.pk}/")
    submit(page, "phone", said="Uddybet i ti minutter; tog det pænt.")
    assert PhoneLog.objects.get(application=people.called).purpose == "REJECTION"
    assert Application.objects.get(pk=people.called.pk).state == "REJECTED"


def answer_the_others(people) -> None:
    """HR: fuller words to the claimant, a look at who gets what, the number typed, and a letter to each."""
    page = people.hr
    page.at(f"/admin/cases/{people.case.pk}/answers/{people.claimant.pk}/")
    submit(
        page, "reasons", factors="Den valgte har mere erfaring.", feedback="Du svarede klart.",
        priority="Du var ikke lige så kvalificeret.",
    )  # fmt: skip
    page.at(f"/admin/cases/{people.case.pk}/answers/")
    assert axe(page, WCAG) == []
    number = page.locator("input[name=send]").count()
    submit(page, "send", count=str(number))
    sending = BulkSending.objects.get()
    assert str(sending.pk) in page.url
    send_what_is_due()
    let_a_day_pass()
    states = set(
        people.case.applications.exclude(pk__in=[people.first.pk, people.second.pk]).values_list("state", flat=True)
    )
    assert states == {"REJECTED"}
    assert Rejection.objects.values("application").distinct().count() == 4
    read_the_mail(people)


def read_the_mail(people) -> None:
    """One recipient each, and no mail says more than it may."""
    mails = [raw.decode("ascii", "replace") for raw in people.office.accepted]
    assert all(mail.count("\nTo: ") + mail.startswith("To: ") == 1 for mail in mails)
    for secret in ("for sent", "fortrinsadgang", "lige s", "42.000"):
        assert not [mail for mail in mails if secret in mail], secret
    claimants = Message.objects.get(application=people.claimant, code="REJECTION_PRIORITY_CLAIM")
    assert claimants.channel == "SECURE"
    assert "Ankestyrelsen" in claimants.text


def close_it(people) -> None:
    """The four points, confirmed by a person; then the case is closed with its outcome."""
    page = people.hr
    page.at(f"/admin/cases/{people.case.pk}/closing/")
    assert axe(page, WCAG) == []
    page.locator("input[name=pool][value=NOBODY]").check(force=True)
    with page.expect_navigation():
        page.locator("button[value=confirm]").click()
    with page.expect_navigation():
        page.locator("button[value=close]").click()
    case = RecruitmentCase.objects.get(pk=people.case.pk)
    assert (case.state, case.outcome) == ("CLOSED", "FILLED"), page.locator("main").inner_text()
