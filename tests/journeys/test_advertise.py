"""Communications' whole story in a browser: pages, a layout, templates, an ad in two languages on six media, until its last day."""

import datetime as dt
import email
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.policy import default
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from portal.pages.models import AboutPage, InstitutionPage, JobAdPage
from recruitment import clock, timetable
from recruitment.access.roles import Role
from recruitment.advertising.models import MediaListEntry, Medium, Publication
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import approve_case
from recruitment.cases.profile import AdvertisementRound
from recruitment.channels.queries import deliveries_to_settle
from recruitment.organisation.models import InstitutionSettings
from tests.browser import axe, browser_test, scrolls_sideways, watched
from tests.factories.world import HOUSE, make_case
from tests.journeys.conftest import ahead
from tests.journeys.writing import Writer
from tests.recruitment.channels.conftest import connect_jobnet, own_medium, work
from tests.recruitment.channels.partners import JobnetServer, Partner
from tests.recruitment.mail.smtp_modes import Misbehaving

pytestmark = [pytest.mark.gate, *browser_test, pytest.mark.django_db(transaction=True)]
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
    writer: Writer
    case: RecruitmentCase
    jobnet: JobnetServer
    receiver: Partner
    post: Misbehaving

    @property
    def round(self) -> AdvertisementRound:
        return AdvertisementRound.objects.get(case=self.case)


@pytest.fixture
def desk(
    live_server, browser_context: Callable[..., BrowserContext], client: Client, settings, world
) -> Iterator[Desk]:
    """Communications at the media screen of a case that is ready, with six media to choose from."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    post = Misbehaving()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
    with JobnetServer() as jobnet, Partner() as receiver:
        settings.CHANNEL_TRUSTED_HOSTS = [jobnet.host, receiver.host]
        institution = world.ours.institution
        connect_jobnet(institution, jobnet)
        own_medium(institution, "BLADET", "email", {"address": "annoncer@bladet.example"}, kind="PRINT")
        own_medium(institution, "SYSTEM", "webhook", {"address": receiver.address})
        MediaListEntry.objects.create(institution=institution, medium=Medium.objects.get(code="INDEED"))
        case = approve_case(make_case(world.ours, title="Laborant", days=30), actor=HOUSE)
        client.force_login(world.ours.staff[Role.COMMUNICATIONS])
        context, name = browser_context(), settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        page = watched(context.new_page())
        plan = f"{live_server.url}/admin/cases/{case.pk}/media/"
        yield Desk(page, plan, Writer(page, live_server.url), case, jobnet, receiver, post)
    post.close()


def test_an_ad_is_written_dressed_shown_on_six_media_changed_and_over(desk: Desk, tmp_path: Path):
    build_and_dress(desk)
    plan_with_own_days(desk)
    pages = write_in_both_languages(desk)

    # out: the intranet and the webhook at once, our site tomorrow, the others on their days
    work()
    later = dict.fromkeys(("SITE", "JOBNET", "BLADET", "INDEED"), "SCHEDULED")
    assert states(desk.round) == {**dict.fromkeys(("INTRA", "SYSTEM"), "LIVE"), **later}
    assert (desk.jobnet.calls, desk.post.accepted) == ([], [])
    look_at_it_from_inside_and_outside(desk, pages)
    with ahead(dt.timedelta(days=5, minutes=1)):
        come_to_their_days(desk)
        assert "Laborant" in Client().get("/feeds/ours/indeed.xml").content.decode()

    # changed: who can change it does, for the newspaper a person is asked
    with ahead(dt.timedelta(days=5, minutes=2)):
        change_the_ad(desk, pages["da"])
        work()
    look_and_settle(desk, tmp_path)

    # over
    with ahead(dt.timedelta(days=31)):
        timetable.pass_deadlines()
        work()
        assert "ad-closed" in Client().get(pages["da"].url).content.decode()
    assert set(states(desk.round).values()) == {"EXPIRED"}
    every_partner_got_what_it_should(desk)


def build_and_dress(desk: Desk) -> None:
    """A page about us, a layout with a template and a stylesheet, and the employer's page in it; the English one follows."""
    institution = desk.case.institution
    employers = InstitutionPage.objects.filter(institution=institution).order_by("locale__language_code")
    danish = employers.get(locale__language_code="da")
    desk.writer.tell_about_the_employer(danish.pk)
    desk.writer.make_layout("Havnen", institution.name)
    desk.writer.dress_the_employer(danish.pk, "Havnen")
    assert AboutPage.objects.child_of(danish).get().live
    assert [page.dress["layout"].is_designed for page in employers.all()] == [True, True]


def write_in_both_languages(desk: Desk) -> dict[str, JobAdPage]:
    for language in ("da", "en"):
        desk.writer.make_template(language, desk.case.institution.name)
    for language in ("da", "en"):
        desk.writer.begin_ad(desk.case.pk, language)
        desk.writer.publish()
    return {page.locale.language_code: page for page in JobAdPage.objects.filter(case=desk.case)}


def look_at_it_from_inside_and_outside(desk: Desk, pages: dict[str, JobAdPage]) -> None:
    """Outside nobody sees it before tomorrow; from the institution's own network it is there, in its layout."""
    addresses = [page.url for page in pages.values()]
    assert [Client().get(address).status_code for address in addresses] == [404, 404]
    InstitutionSettings.objects.update(internal_networks=["127.0.0.0/8"])
    assert [seen(address) for address in addresses] == [("in its layout", "for own staff")] * 2
    InstitutionSettings.objects.update(internal_networks=[])
    with ahead(dt.timedelta(days=1, minutes=1)):
        timetable.pass_deadlines()
        assert [seen(address) for address in addresses] == [("in its layout", "for everybody")] * 2


def seen(address: str) -> tuple[str, str]:
    html = Client().get(address).content.decode()
    return (
        "in its layout" if '<header class="head">' in html else "plain",
        "for own staff" if "noindex" in html else "for everybody",
    )


def change_the_ad(desk: Desk, page: JobAdPage) -> None:
    desk.writer.open(f"pages/{page.pk}/edit/")
    desk.writer.page.fill("#id_intro", "Kom og mål vandet med os, nu også i Viborg.")
    desk.writer.publish()


def plan_with_own_days(desk: Desk) -> None:
    desk.page.goto(desk.plan)
    tick(desk.page, [str(Medium.objects.get(code=code)) for code in CHOSEN])
    for code, days in (("SITE", 1), ("JOBNET", 3), ("BLADET", 5), ("INDEED", 2)):
        first_day(desk.page, str(Medium.objects.get(code=code)), clock.now() + dt.timedelta(days=days))


def come_to_their_days(desk: Desk) -> None:
    timetable.pass_deadlines()
    work()
    desk.jobnet.approve()
    work()
    assert set(states(desk.round).values()) == {"LIVE"}


def look_and_settle(desk: Desk, folder: Path) -> None:
    desk.page.faults.clear()  # while a form is being filled in, Wagtail's own saving is told that it is not complete
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
