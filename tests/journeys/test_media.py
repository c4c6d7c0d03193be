"""One ad on six media, from the first tick to the last day: every partner got exactly what it should, and nothing twice."""

import datetime as dt
import email
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from recruitment import clock, timetable
from recruitment.access.roles import Role
from recruitment.advertising.actions import announce
from recruitment.advertising.models import MediaListEntry, Medium, Publication
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.channels.queries import deliveries_to_settle
from tests.browser import axe, browser_test, scrolls_sideways, watched
from tests.factories.world import HOUSE, ad_content, make_case, make_world
from tests.recruitment.channels.conftest import connect_jobnet, own_medium, work
from tests.recruitment.channels.partners import JobnetServer, Partner
from tests.recruitment.mail.smtp_modes import Misbehaving

pytestmark = [*browser_test, pytest.mark.django_db(transaction=True)]
CHOSEN = ("INTRA", "SITE", "JOBNET", "INDEED", "BLADET", "SYSTEM")


def tick(page: Page, names: list[str]) -> None:
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    for name in names:
        page.get_by_role("checkbox", name=name).check()
    page.get_by_role("button", name="Tilføj", exact=True).click()


def first_day(page: Page, name: str, day: dt.datetime) -> None:
    page.get_by_role("link", name=name, exact=True).click()
    page.get_by_label("Vises fra").fill(day.astimezone(clock.COPENHAGEN).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Udgift i kroner").fill("0")
    page.get_by_role("button", name="Gem", exact=True).click()


def states(round_) -> dict[str, str]:
    return dict(Publication.objects.filter(round=round_).values_list("medium__code", "state"))


@dataclass
class Desk:
    """The media screen of one case in a browser, and the partners' servers."""

    page: Page
    plan: str
    case: RecruitmentCase
    jobnet: JobnetServer
    receiver: Partner
    post: Misbehaving

    @property
    def round(self) -> AdvertisementRound:
        return AdvertisementRound.objects.get(case=self.case)


@pytest.fixture
def desk(live_server, browser_context: Callable[..., BrowserContext], client: Client, settings) -> Iterator[Desk]:
    """Communications at the media screen of a case that is ready, with six media to choose from."""
    world, post = make_world(), Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    with JobnetServer() as jobnet, Partner() as receiver:
        settings.CHANNEL_TRUSTED_HOSTS = [jobnet.host, receiver.host]
        institution = world.ours.institution
        connect_jobnet(institution, jobnet)
        own_medium(institution, "BLADET", "email", {"address": "annoncer@bladet.example"}, kind="PRINT")
        own_medium(institution, "SYSTEM", "webhook", {"address": receiver.address})
        MediaListEntry.objects.create(institution=institution, medium=Medium.objects.get(code="INDEED"))
        case = make_case(world.ours, title="Laborant", days=30)
        client.force_login(world.ours.staff[Role.COMMUNICATIONS])
        context, name = browser_context(), settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = watched(context.new_page())
        yield Desk(page, f"{live_server.url}/admin/cases/{case.pk}/media/", case, jobnet, receiver, post)
    post.close()


def test_six_media_with_their_own_periods(desk: Desk, client: Client, tmp_path: Path):
    plan_with_own_days(desk)

    # out: the intranet, our site and the webhook at once, the others on their days
    announce(desk.round, ad_content(desk.case), actor=HOUSE)
    work()
    later = dict.fromkeys(("JOBNET", "BLADET", "INDEED"), "SCHEDULED")
    assert states(desk.round) == {**dict.fromkeys(("INTRA", "SITE", "SYSTEM"), "LIVE"), **later}
    assert (desk.jobnet.calls, desk.post.accepted) == ([], [])
    with clock.shifted(dt.timedelta(days=5, minutes=1)):
        come_to_their_days(desk)
        assert "Laborant" in client.get("/feeds/ours/indeed.xml").content.decode()

        # changed: who can change it does, for the newspaper a person is asked
        announce(desk.round, ad_content(desk.case, html="<p>Nu med kontor i Viborg</p>"), actor=HOUSE)
        work()
    look_and_settle(desk, tmp_path)

    # over
    with clock.shifted(dt.timedelta(days=31)):
        timetable.pass_deadlines()
        work()
    assert set(states(desk.round).values()) == {"EXPIRED"}
    every_partner_got_what_it_should(desk)


def plan_with_own_days(desk: Desk) -> None:
    desk.page.goto(desk.plan)
    tick(desk.page, [str(Medium.objects.get(code=code)) for code in CHOSEN])
    for code, days in (("JOBNET", 3), ("BLADET", 5), ("INDEED", 2)):
        first_day(desk.page, str(Medium.objects.get(code=code)), clock.now() + dt.timedelta(days=days))


def come_to_their_days(desk: Desk) -> None:
    timetable.pass_deadlines()
    work()
    desk.jobnet.approve()
    work()
    assert set(states(desk.round).values()) == {"LIVE"}


def look_and_settle(desk: Desk, folder: Path) -> None:
    desk.page.goto(desk.plan)
    for width in (320, 1280):
        desk.page.set_viewport_size({"width": width, "height": 900})
        assert axe(desk.page) == []
        assert not scrolls_sideways(desk.page)
        desk.page.screenshot(path=str(folder / f"media-{width}.png"), full_page=True)
    desk.page.get_by_role("button", name="Det er gjort (Bladet)").click()
    assert not deliveries_to_settle().filter(publication__round=desk.round).exists()
    assert desk.page.faults == []


def every_partner_got_what_it_should(desk: Desk) -> None:
    told = desk.jobnet.methods()
    once = ("CreateJobannonce", "PublishJobannonce", "UpdateJobannonce", "CloseJobannonce")
    assert [told.count(method) for method in once] == [1, 1, 1, 1]
    assert desk.jobnet.shown() == []
    kinds = [call.fields["type"] for call in desk.receiver.calls]
    assert kinds == ["job_posting.published", "job_posting.updated", "job_posting.removed"]
    (letter,) = [email.message_from_bytes(raw, policy=default) for raw in desk.post.accepted]
    assert letter["To"] == "annoncer@bladet.example"
    assert not deliveries_to_settle().filter(publication__round=desk.round).exists()
