"""A case with an assessment committee, as universities have them, in a browser: from the seats over assessments to the held interview."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import BrowserContext, Page

from recruitment import clock
from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.statements import Assessment
from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import InstitutionSettings
from recruitment.people.models import User
from tests.browser import WCAG, axe, browser_test
from tests.factories.world import make_application
from tests.journeys.committee import (
    account_of,
    browsers_for,
    call_to_interview,
    hold,
    press,
    say_that_nothing_binds,
    say_that_one_comes,
)

pytestmark = [pytest.mark.gate, *browser_test, pytest.mark.django_db(transaction=True)]
WORDS = {
    "QUALIFIED": "Forsker på internationalt niveau og underviser med omhu.",
    "NOT_QUALIFIED": "Har endnu ikke dokumenteret selvstændig forskning.",
}
SEATS = {"chair": "CHAIR", "expert": "EXTERNAL_EXPERT", "related": "MEMBER"}


@pytest.fixture
def university(live_server, browser_context: Callable[..., BrowserContext], settings, world) -> SimpleNamespace:
    """A case past its deadline with two applicants at an employer that wants legality checked; HR and the manager have browsers."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    ours, case = world.ours, world.ours.case
    InstitutionSettings.objects.update_or_create(
        institution=ours.institution, defaults={"legality_check_required": True}
    )
    other = make_application(ours.round, email="lektor@ansoeger.example", given_name="Ib", family_name="Juhl")
    RecruitmentCase.objects.filter(pk=case.pk).update(state="ASSESSING")
    case.applications.update(state="UNDER_REVIEW")
    CaseMember.objects.filter(role=Role.ASSESSMENT_COMMITTEE).delete()
    users = {"hr": ours.staff[Role.HR_EXTENDED], "manager": ours.staff[Role.HIRING_MANAGER]}
    made = browsers_for(users, live_server.url, browser_context)
    made.case, made.good, made.other = case, world.application, other
    return made


def test_from_the_committees_seats_to_an_interview_that_was_held(university, stand_at):
    people, case = university, university.case
    seat_the_committee(people)
    declare(people)
    for application, conclusion in ((people.good, "QUALIFIED"), (people.other, "NOT_QUALIFIED")):
        assess(people, application, conclusion)
        send_to_the_applicant(people, application)
    comment(people.open_for(account_of(people.good)), people.good)
    finish(people, stand_at)

    choose(people)
    path = call_to_interview(people.manager, case, [people.users["manager"]])
    say_that_one_comes(people.open_for(account_of(people.good)), people.good)
    hold(people.manager, people.good, stand_at, path)

    assert people.related.at(at(people.good)).status == 404
    for name in ("hr", "manager", "chair", "expert"):
        assert getattr(people, name).faults == [], name


def at(application: Application, more: str = "") -> str:
    return f"/admin/cases/{application.case_id}/applications/{application.pk}/{more}"


def seat_the_committee(people: SimpleNamespace) -> None:
    """HR gives three people from elsewhere their seats, each with a function."""
    page = people.hr
    for name, function in SEATS.items():
        page.at(f"/admin/cases/{people.case.pk}/members/")
        page.fill("[name=email]", f"{name}@andet-universitet.example")
        page.select_option("[name=role]", "ASSESSMENT_COMMITTEE")
        page.select_option("[name=function]", function)
        press(page, "Giv pladsen")
        user = User.objects.get(email=f"{name}@andet-universitet.example")
        setattr(people, name, people.open_for(user))
    page.at(f"/admin/cases/{people.case.pk}/members/")  # without the message that is just fading in
    assert axe(page, WCAG) == []


def declare(people: SimpleNamespace) -> None:
    """Two are impartial; one has written with an applicant, and HR decides that they take no part."""
    for name in ("hr", "manager", "chair", "expert"):
        page = getattr(people, name)
        page.at(at(people.good))
        say_that_nothing_binds(page)
        assert page.at(at(people.good)).status == 200, name
    related = people.related
    related.at(at(people.good))
    related.locator("main form input[value=yes]").check()
    for box in related.locator("main form input[type=checkbox]").all():
        box.check()
    related.fill("[name=relation_text]", "Vi har skrevet en artikel sammen.")
    press(related, "Afgiv erklæringen")
    assert related.at(at(people.good)).status == 404
    page = people.hr
    page.at(f"/admin/cases/{people.case.pk}/members/")
    with page.expect_navigation():
        page.locator("a[href*='/impartial/']").first.click()
    page.locator("input[name=outcome][value=excluded]").check()
    page.fill("[name=decision]", "Har skrevet sammen med ansøgeren.")
    press(page, "Notér afgørelsen")


def assess(people: SimpleNamespace, application: Application, conclusion: str) -> None:
    """The expert writes, which is not theirs to hand in; the chair does."""
    expert, chair = people.expert, people.chair
    expert.at(at(application, "assessment/"))
    expert.fill("[name=text]", WORDS[conclusion])
    expert.select_option("[name=conclusion]", conclusion)
    press(expert, "Gem")
    expert.at(at(application, "assessment/"))
    assert axe(expert, WCAG) == []
    assert expert.get_by_role("button", name="Aflever til HR").count() == 0
    chair.at(at(application, "assessment/"))
    press(chair, "Aflever til HR")


def send_to_the_applicant(people: SimpleNamespace, application: Application) -> None:
    """Not before HR has checked that it is lawful."""
    page = people.hr
    page.at(at(application, "assessment/"))
    assert page.get_by_role("button", name="Send til ansøgerens kommentar").is_disabled()
    page.fill("[name=reason]", "Proceduren er fulgt.")
    press(page, "Legalitet kontrolleret")
    page.fill("[name=until]", (clock.today() + dt.timedelta(days=14)).isoformat())
    press(page, "Send til ansøgerens kommentar")
    assert Assessment.objects.get(application=application).comment_deadline is not None


def comment(page: Page, application: Application) -> None:
    """The applicant reads what is said of them, of nobody else, and answers."""
    page.at("/mine/")
    with page.expect_navigation():
        page.locator(f"a[href*='{application.pk}']").first.click()
    with page.expect_navigation():
        page.locator("a[href*='/bedoemmelse/']").first.click()
    shown = page.content()
    assert WORDS["QUALIFIED"] in shown
    assert WORDS["NOT_QUALIFIED"] not in shown
    page.fill("[name=text]", "Ingen bemærkninger.")
    press(page, "Send kommentaren")


def finish(people: SimpleNamespace, stand_at) -> None:
    """The one who has answered at once; the one who has not, when their days are over."""
    page = people.hr
    page.at(at(people.other, "assessment/"))
    assert page.get_by_role("button", name="Gør den endelig").is_disabled()
    page.at(at(people.good, "assessment/"))
    press(page, "Gør den endelig")
    stand_at(clock.now() + dt.timedelta(days=20))
    page.at(at(people.other, "assessment/"))
    press(page, "Gør den endelig")
    made = set(Assessment.objects.values_list("state", "conclusion"))
    assert made == {("FINAL", "QUALIFIED"), ("FINAL", "NOT_QUALIFIED")}


def choose(people: SimpleNamespace) -> None:
    """The manager has opened both, and chooses the one with a reason."""
    page = people.manager
    for application in (people.good, people.other):
        page.at(at(application))
    page.at(f"/admin/cases/{people.case.pk}/applications/")
    page.locator(f"input[name=only][value='{people.good.reference}']").check()
    press(page, "Udvælg til samtale…")
    page.fill("[name=reason]", "Fundet kvalificeret.")
    press(page, "Udvælg til samtale")
    assert list(people.case.applications.filter(state="SHORTLISTED")) == [people.good]
