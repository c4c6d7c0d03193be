"""The committee's work in a browser: from a case like an earlier one, over ratings and the shortlist, to an interview that was held."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from playwright.sync_api import BrowserContext, Page

from recruitment import clock, timetable
from recruitment.access.actions import seat_member
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.models import FinalRanking, Rating
from recruitment.cases.actions import set_deadline
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from tests.browser import WCAG, axe, browser_test
from tests.factories.world import HOUSE, advertise, make_application, make_user
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
TITLE = "Fuldmægtig i tilsynet"
REASON = "Har ført tilsyn før, og skriver klart."


@pytest.fixture
def people(live_server, browser_context: Callable[..., BrowserContext], settings, world) -> SimpleNamespace:
    """HR, manager, chair and member of ours, each with a browser of their own."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    users = {
        "hr": world.ours.staff[Role.HR_EXTENDED],
        "manager": world.ours.staff[Role.HIRING_MANAGER],
        "chair": make_user("formand@ours.example"),
        "member": make_user("medlem@ours.example"),
    }
    made = browsers_for(users, live_server.url, browser_context)
    made.world = world
    return made


def test_from_a_need_to_an_interview_that_was_held(people, stand_at):
    case = plan_a_case_like_the_last(people)
    field = receive_applications(people, case, stand_at)
    rate_and_rank(people, case, field)
    shortlist(people, case, field)
    path = call_to_interview(people.hr, case, [people.users[name] for name in ("manager", "chair")])
    say_that_one_comes(people.open_for(account_of(field[0])), field[0])
    hold(people.manager, field[0], stand_at, path)
    go_on_to_the_decision(people.manager, case)

    case.refresh_from_db()
    assert case.state == "DECIDING"
    for name in ("hr", "manager", "chair", "member"):
        assert getattr(people, name).faults == [], name


def plan_a_case_like_the_last(people) -> RecruitmentCase:
    """HR: a new case with the facts of an earlier one; it has a plan from its first minute."""
    page = people.hr
    page.at(f"/admin/cases/new/?like={people.world.ours.case.pk}")
    page.fill("#id_title", TITLE)
    page.select_option("#id_hiring_manager", str(people.users["manager"].pk))
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/admin/cases/*-*/**")
    case = RecruitmentCase.objects.get(title=TITLE)
    page.at(f"/admin/cases/{case.pk}/plan/")
    assert case.plan.activities.filter(kind="INTERVIEW_1").exists()
    assert axe(page, WCAG) == []
    for name, chair in (("chair", True), ("member", False)):
        seat_member(case, people.users[name], Role.HIRING_COMMITTEE, actor=HOUSE, is_chair=chair)
    return case


def receive_applications(people, case, stand_at) -> list[Application]:
    """Three apply, and the deadline passes."""
    round_ = case.rounds.get()
    set_deadline(round_, clock.end_of_minute(clock.now() + dt.timedelta(days=21)), actor=HOUSE)
    case.refresh_from_db()
    if case.state == "DRAFT":
        approve_case(case, actor=HOUSE)
    case.refresh_from_db()
    round_ = advertise(case)
    names = ("Kirsten", "Ole", "Marie")
    rows = [make_application(round_, given_name=name, email=f"{name.lower()}@ansoeger.example") for name in names]
    stand_at(round_.application_deadline + dt.timedelta(minutes=2))
    timetable.pass_deadlines()
    return [Application.objects.get(pk=row.pk) for row in rows]


def rate_and_rank(people, case, field) -> None:
    """Manager, chair and member read and rate beside the document; the chair sorts."""
    for name, value in (("manager", 4), ("chair", 5), ("member", 3)):
        page = getattr(people, name)
        for application in field:
            page.at(f"/admin/cases/{case.pk}/applications/{application.pk}/")
            say_that_nothing_binds(page)
            page.locator(f"form[action*=rate] input[name=value][value='{value}']").check(force=True)
            with page.expect_response(lambda answer: "/rate/" in answer.url):
                page.get_by_role("button", name="Gem vurderingen").click()
    assert Rating.objects.filter(application__case=case).count() == 9
    chair = people.chair
    assert chair.at(f"/admin/cases/{case.pk}/applications/committee/").status == 200
    assert axe(chair, WCAG) == []
    with chair.expect_navigation():
        chair.locator("button[name=bucket][value=A]").first.click()
    assert FinalRanking.objects.get(application__case=case).bucket == "A"


def shortlist(people, case, field) -> None:
    """HR: two are chosen, with the reason that their answers will rest on."""
    page = people.hr
    page.at(f"/admin/cases/{case.pk}/applications/")
    for application in field[:2]:
        page.locator(f"input[name=only][value='{application.reference}']").check()
    press(page, "Udvælg til samtale…")
    say_that_nothing_binds(page)  # leads on to what was pressed, with those who were chosen
    page.fill("[name=reason]", REASON)
    press(page, "Udvælg til samtale")
    assert set(case.applications.filter(state="SHORTLISTED")) == set(field[:2])


def go_on_to_the_decision(page: Page, case: RecruitmentCase) -> None:
    page.at(f"/admin/moves/case/{case.pk}/begin_decision/")
    press(page, "Gå videre til afgørelsen")
