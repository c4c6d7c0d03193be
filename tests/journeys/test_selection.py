"""The committee's work in a browser: from a case like an earlier one, over ratings and the shortlist, to an interview that was held."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from types import SimpleNamespace

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from recruitment import clock, timetable
from recruitment.access.actions import seat_member
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.models import FinalRanking, Rating
from recruitment.cases.actions import set_deadline
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from recruitment.interviews.models import InterviewInvitation
from recruitment.people.models import User
from tests.browser import WCAG, axe, browser_test, watched
from tests.factories.interviews import working_day
from tests.factories.world import HOUSE, advertise, make_application, make_user
from tests.journeys.conftest import ahead

pytestmark = [pytest.mark.gate, *browser_test, pytest.mark.django_db(transaction=True)]
TITLE = "Fuldmægtig i tilsynet"
REASON = "Har ført tilsyn før, og skriver klart."


@pytest.fixture
def stand_at() -> Iterator[Callable[[dt.datetime], None]]:
    """Let the clock stand at an instant until it is moved again."""
    with ExitStack() as held:

        def move(to: dt.datetime) -> None:
            held.close()
            held.enter_context(ahead(to - clock.now()))

        yield move


@pytest.fixture
def people(live_server, browser_context: Callable[..., BrowserContext], settings, world) -> SimpleNamespace:
    """HR, manager, chair and member of ours, each with a browser of their own."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    ours = world.ours
    users = {
        "hr": ours.staff[Role.HR_EXTENDED],
        "manager": ours.staff[Role.HIRING_MANAGER],
        "chair": make_user("formand@ours.example"),
        "member": make_user("medlem@ours.example"),
    }

    def open_for(user: User) -> Page:
        client = Client()
        client.force_login(user)
        context = browser_context()
        context.set_default_timeout(20_000)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = watched(context.new_page())
        page.at = lambda path: page.goto(f"{live_server.url}{path}")
        return page

    pages = {name: open_for(user) for name, user in users.items()}
    return SimpleNamespace(world=world, users=users, open_for=open_for, **pages)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_from_a_need_to_an_interview_that_was_held(people, stand_at):
    case = plan_a_case_like_the_last(people)
    field = receive_applications(people, case, stand_at)
    rate_and_rank(people, case, field)
    shortlist(people, case, field)
    round_path = call_to_interview(people, case)
    answer_as_applicant(people, field[0])
    hold(people, case, field[0], stand_at, round_path)

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


def say_that_nothing_binds(page: Page) -> None:
    """What everybody is asked before the first application opens."""
    if "/declare/" not in page.url:
        return
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.locator("main form input[value=no]").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


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


def call_to_interview(people, case) -> str:
    """HR: a round, its times, and the invitations."""
    page = people.hr
    page.at(f"/admin/cases/{case.pk}/interviews/new/")
    for name in ("manager", "chair"):
        page.locator(f"input[name=panel][value='{people.users[name].pk}']").check()
    page.fill("[name=place]", "Torvet 1, Viborg")
    press(page, "Gem")
    page.wait_for_url("**/times/")
    page.fill("[name=days]", working_day().strftime("%d-%m-%Y"))
    page.fill("[name=new_room]", "Kantinen")
    press(page, "Vis tiderne")
    assert axe(page, WCAG) == []
    press(page, "Lav disse tider")
    path = page.url.split("/interviews/")[0]
    round_ = case.interview_rounds.get()
    page.goto(f"{path}/interviews/{round_.pk}/call/")
    for box in page.locator("input[name=call]").all():
        box.check()
    for choice in page.locator("select[name^=slot-]").all():
        values = choice.locator("option").evaluate_all("all => all.map(each => each.value).filter(Boolean)")
        taken = page.locator("select[name^=slot-]").evaluate_all("all => all.map(each => each.value)")
        choice.select_option(next(value for value in values if value not in taken))
    press(page, "Send indkaldelserne")
    assert InterviewInvitation.objects.filter(round=round_, state="SENT").count() == 2
    case.refresh_from_db()
    assert case.state == "INTERVIEWING"
    return path


def answer_as_applicant(people, application) -> None:
    """Kirsten says that she comes."""
    user = make_user(application.candidate.email)
    application.candidate.user = user
    application.candidate.save()
    page = people.open_for(user)
    invitation = InterviewInvitation.objects.get(application=application)
    page.at("/mine/")
    page.locator(f"a[href*='{invitation.pk}']").first.click()
    press(page, "Ja, jeg kommer")
    invitation.refresh_from_db()
    assert invitation.state == "ACCEPTED"


def hold(people, case, application, stand_at, path) -> None:
    """The manager holds the interview by the guide; HR goes on to the decision."""
    invitation = InterviewInvitation.objects.get(application=application)
    stand_at(invitation.slot.ends_at)
    page = people.manager
    page.goto(f"{path}/interviews/called/{invitation.pk}/hold/")
    press(page, "Samtalen er holdt")
    application.refresh_from_db()
    assert application.state == "INTERVIEWED"
    page.at(f"/admin/moves/case/{case.pk}/begin_decision/")
    press(page, "Gå videre til afgørelsen")
