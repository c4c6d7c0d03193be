"""What the plays of selection have in common: a browser for each person, a clock to move, and the way to an interview that was held."""

from collections.abc import Callable, Iterable, Mapping
from types import SimpleNamespace

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.models import InterviewInvitation
from recruitment.people.models import User
from tests.browser import WCAG, axe, watched
from tests.factories.interviews import working_day
from tests.factories.world import make_user


def browsers_for(
    users: Mapping[str, User], address: str, browser_context: Callable[..., BrowserContext]
) -> SimpleNamespace:
    """A page for each of them by name, signed in; `open_for` gives one to anybody else, `users` are the people."""

    def open_for(user: User) -> Page:
        client = Client()
        client.force_login(user)
        context = browser_context()
        context.set_default_timeout(20_000)
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])
        page = watched(context.new_page())
        page.at = lambda path: page.goto(f"{address}{path}")
        return page

    pages = {name: open_for(user) for name, user in users.items()}
    return SimpleNamespace(users=users, open_for=open_for, **pages)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def say_that_nothing_binds(page: Page) -> None:
    """What everybody is asked before the first application opens."""
    if "/declare/" not in page.url:
        return
    for box in page.locator("main form input[type=checkbox]").all():
        box.check()
    page.locator("main form input[value=no]").check()
    with page.expect_navigation():
        page.locator("main form button[type=submit]").last.click()


def call_to_interview(page: Page, case: RecruitmentCase, panel: Iterable[User]) -> str:
    """A round, its times, and the invitations to all who were chosen; gives the case's address."""
    page.at(f"/admin/cases/{case.pk}/interviews/new/")
    for user in panel:
        page.locator(f"input[name=panel][value='{user.pk}']").check()
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
    called = InterviewInvitation.objects.filter(round=round_, state="SENT")
    assert called.count() == case.applications.filter(state="INVITED").count() > 0
    case.refresh_from_db()
    assert case.state == "INTERVIEWING"
    return path


def account_of(application: Application) -> User:
    """The applicant's own account, as by a mailed code."""
    candidate = application.candidate
    candidate.user = User.objects.filter(email=candidate.email).first() or make_user(candidate.email)
    candidate.save()
    return candidate.user


def say_that_one_comes(page: Page, application: Application) -> None:
    """The applicant answers the invitation from the list of their applications."""
    invitation = InterviewInvitation.objects.get(application=application)
    page.at("/mine/")
    page.locator(f"a[href*='{invitation.pk}']").first.click()
    press(page, "Ja, jeg kommer")
    invitation.refresh_from_db()
    assert invitation.state == "ACCEPTED"


def hold(page: Page, application: Application, stand_at, path: str) -> None:
    """The interview is held by its guide, when its time has come."""
    invitation = InterviewInvitation.objects.get(application=application)
    stand_at(invitation.slot.ends_at)
    page.goto(f"{path}/interviews/called/{invitation.pk}/hold/")
    press(page, "Samtalen er holdt")
    application.refresh_from_db()
    assert application.state == "INTERVIEWED"
