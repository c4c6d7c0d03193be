"""What a reader does with an ad: the calendar, the links, the picture beside the link; and what is left when it is gone."""

import datetime as dt
import io

import icalendar
import pytest
from django.test import Client
from PIL import Image

from portal.pages.models import JobAdPage
from portal.pages.sharing import fitted
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.advertising.models import JobAdvertisement, Publication
from recruitment.advertising.taking_down import take_down
from recruitment.cases.profile import AdvertisementRound
from tests.factories.world import HOUSE
from tests.house.public_pages import _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def page(world) -> JobAdPage:
    world.picture = _picture()
    return JobAdPage.objects.get(pk=publish(world, world.ours.case, "da").pk)


@pytest.fixture
def ad(page) -> JobAdvertisement:
    return JobAdvertisement.objects.get(page_id=page.pk, retired_at__isnull=True)


def end_round(page: JobAdPage, ago: dt.timedelta) -> None:
    deadline = clock.now() - ago
    AdvertisementRound.objects.filter(case=page.case).update(
        application_deadline=deadline, opens_at=deadline - dt.timedelta(days=20)
    )


def test_the_deadline_goes_into_any_calendar_as_the_last_minute_in_time(client, page, ad):
    answer = client.get(f"/annonce/{ad.pk}/frist.ics")

    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert event["dtend"].dt == ad.round.application_deadline
    assert event["dtend"].dt - event["dtstart"].dt == dt.timedelta(minutes=1)
    assert page.title in event["summary"]


def test_a_deadline_that_moves_moves_the_same_entry(client, ad):
    first = icalendar.Calendar.from_ical(client.get(f"/annonce/{ad.pk}/frist.ics").content).walk("VEVENT")[0]
    moved = ad.round.application_deadline + dt.timedelta(days=3)
    AdvertisementRound.objects.filter(pk=ad.round_id).update(application_deadline=moved)

    again = icalendar.Calendar.from_ical(client.get(f"/annonce/{ad.pk}/frist.ics").content).walk("VEVENT")[0]

    assert (again["uid"], again["dtend"].dt) == (first["uid"], moved)


def test_the_picture_beside_the_link_is_as_large_as_networks_ask(client, page, ad):
    answer = client.get(f"/annonce/{ad.pk}/billede.png")

    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)
    shown = client.get(page.url).content.decode()
    assert f"/annonce/{ad.pk}/billede.png" in shown


@pytest.mark.parametrize("what", ["frist.ics", "billede.png"])
def test_of_an_ad_that_is_not_public_there_is_neither(client, page, ad, what):
    Publication.objects.filter(round=ad.round).update(state="WITHDRAWN")

    assert client.get(f"/annonce/{ad.pk}/{what}").status_code == 404


def test_a_closed_ad_offers_neither_calendar_nor_links(client, page):
    end_round(page, dt.timedelta(hours=1))

    assert client.get(page.url).context["share"] == {}


@pytest.mark.parametrize(
    ("words", "size", "lines"),
    [
        ("Fuldmægtig", 76, 1),
        ("Fuldmægtig til Kontoret for Tilsyn med Særlig Vægt på Jura", 76, 3),
        ("ord " * 200, 48, 5),
    ],
)
def test_the_longer_the_headline_the_smaller_its_letters_and_it_never_leaves_the_picture(words, size, lines):
    fits = fitted(words)

    assert (fits[0], len(fits[1])) == (size, lines)


class TestGone:
    def test_after_the_deadline_the_page_stays_and_says_so(self, client, page):
        end_round(page, dt.timedelta(days=3))

        answer = client.get(page.url)

        assert (answer.status_code, answer.context["standing"].is_open) == (200, False)

    def test_ninety_days_later_it_is_gone(self, client, page):
        end_round(page, dt.timedelta(days=91))

        assert client.get(page.url).status_code == 410

    def test_an_ad_that_was_taken_down_is_gone_before_its_deadline(self, client, page, ad):
        for publication in Publication.objects.filter(round=ad.round, state="LIVE"):
            take_down(publication, actor=HOUSE)

        answer = client.get(page.url)

        assert answer.status_code == 410
        assert page.title in answer.content.decode()

    def test_once_taken_down_it_stays_gone_when_its_deadline_has_passed(self, client, page, ad):
        for publication in Publication.objects.filter(round=ad.round, state="LIVE"):
            take_down(publication, actor=HOUSE)
        end_round(page, dt.timedelta(hours=1))

        assert client.get(page.url).status_code == 410

    def test_a_page_that_was_unpublished_is_gone_for_readers_too(self, client, page):
        page.unpublish()

        assert client.get(page.url).status_code == 410

    def test_a_draft_never_was_there(self, client, page):
        page.unpublish()
        JobAdvertisement.objects.filter(page_id=page.pk).delete()

        assert client.get(page.url).status_code == 404

    def test_its_writers_still_see_it(self, world, page, ad):
        for publication in Publication.objects.filter(round=ad.round, state="LIVE"):
            take_down(publication, actor=HOUSE)
        writer = Client()
        writer.force_login(world.ours.staff[Role.COMMUNICATIONS])

        assert writer.get(page.url).context["standing"].for_writers

    def test_the_same_role_elsewhere_is_told_what_everybody_is_told(self, world, page, ad):
        for publication in Publication.objects.filter(round=ad.round, state="LIVE"):
            take_down(publication, actor=HOUSE)
        writer = Client()
        writer.force_login(world.theirs.staff[Role.COMMUNICATIONS])

        assert writer.get(page.url).status_code == 410
