"""Pages kept for everybody: one answer for all who are not signed in, and never one that is a moment too old."""

import datetime as dt
import re

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recruitment import clock
from recruitment.advertising.addresses import TRACKING_PARAMETER
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.public_version import current, midnight_after, next_turn
from recruitment.advertising.records import PublicVersion
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from tests.factories.world import make_application, make_user

KEEPING = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "default"},
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kept-in-tests"},
}
#: Tables that a page reads and whose rows need no trigger.
WITHOUT = {
    "recruitment_publicversion": "the number itself",
    "pages_portalrendition": "made while a page is made; follows its picture",
    "recruitment_application": "how long it takes to apply; a kept page may say what it was a while ago",
    "recruitment_trackinglink": "an address that is made once with its publication",
    "recruitment_searchentry": "follows the version of the ad it stands for",
}
ONE_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def kept(settings):
    settings.CACHES = KEEPING
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def employer(world, kept):
    told()
    return world


def told() -> None:
    """What a commit would do: let the waiting triggers raise the number."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('opslag.public_changed', '', true)")


@pytest.fixture
def visitor():
    return Client()


def queries(visitor: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("address", ["/", "/job/", "/job/?ord=fuldm%C3%A6gtig", "/ours/", "/en/job/", "/feeds/job.rss"])
def test_the_second_visitor_gets_the_same_page_for_one_question_to_the_database(employer, visitor, address):
    first = visitor.get(address)

    assert queries(Client(), address) == 1
    again = Client().get(address)
    assert (again.content, again.headers["Content-Type"]) == (first.content, first.headers["Content-Type"])
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_visitor_who_has_the_page_is_told_so_and_nothing_more(employer, visitor):
    mark = visitor.get("/job/").headers["ETag"]

    again = visitor.get("/job/", headers={"If-None-Match": mark})

    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_shown_at_the_next_request_and_what_is_rolled_back_changes_nothing(kept, visitor, world):
    cases, ads = RecruitmentCase.objects.all(), JobAdvertisement.objects.all()
    visitor.get("/job/")
    before = current()[0]
    with transaction.atomic():
        cases.update(title="Aldrig")
        transaction.set_rollback(True)
    rolled_back = current()[0]
    asked = queries(visitor, "/job/")

    ads.filter(round=world.application.round).update(headline="Nyt navn")
    one = current()[0]
    shown = visitor.get("/job/").content.decode()
    cases.update(title="Andet navn")

    assert (rolled_back, asked) == (before, 1)
    assert (one, "Nyt navn" in shown) == (before + 1, True)
    assert cases.count() > 1
    assert current()[0] == one + 1  # once a transaction, however many rows


def test_an_application_raises_nothing(employer):
    before = current()[0]

    make_application(employer.application.round, email="ny@ansoeger.example")
    told()

    assert current()[0] == before


def test_at_the_deadline_the_ad_is_gone_without_anybody_doing_anything(employer, visitor):
    now = clock.now()
    round_ = employer.application.round
    AdvertisementRound.objects.exclude(pk=round_.pk).update(application_deadline=now + dt.timedelta(days=9))
    AdvertisementRound.objects.filter(pk=round_.pk).update(application_deadline=now + ONE_MINUTE)
    told()
    title = employer.application.case.title
    shown = visitor.get("/ours/").content.decode()

    with clock.shifted(ONE_MINUTE - dt.timedelta(seconds=10)):
        still = visitor.get("/ours/").content.decode()
    with clock.shifted(ONE_MINUTE):
        gone = visitor.get("/ours/").content.decode()

    assert (title in shown, title in still, title in gone) == (True, True, False)


def test_the_next_turn_is_the_first_instant_at_which_time_alone_changes_a_page(employer):
    now = clock.now()
    midnight = midnight_after(now)
    AdvertisementRound.objects.update(opens_at=now - ONE_MINUTE, application_deadline=midnight + dt.timedelta(days=30))
    assert next_turn(now) <= midnight

    AdvertisementRound.objects.filter(pk=employer.application.round_id).update(application_deadline=now + ONE_MINUTE)
    assert next_turn(now) == now + ONE_MINUTE


def test_midnight_is_that_of_copenhagen_in_summer_and_winter():
    summer, winter = (dt.datetime(2026, month, 10, 22, 30, tzinfo=dt.UTC) for month in (7, 1))

    assert midnight_after(summer) == dt.datetime(2026, 7, 11, 22, tzinfo=dt.UTC)
    assert midnight_after(winter) == dt.datetime(2026, 1, 10, 23, tzinfo=dt.UTC)


class TestNotFromTheShelf:
    """Who is somebody gets a page of their own, and leaves none behind."""

    def test_a_person_who_is_signed_in(self, employer, visitor):
        visitor.force_login(make_user("kendt@ansoeger.example"))
        way_out = "/konto/logout/"

        mine = visitor.get("/job/").content.decode()

        assert way_out in mine
        assert way_out not in Client().get("/job/").content.decode()

    def test_a_visit_by_a_tracking_link_is_seen(self, employer, visitor):
        assert queries(visitor, f"/job/?{TRACKING_PARAMETER}=abc") > 1
        assert queries(visitor, f"/job/?{TRACKING_PARAMETER}=abc") > 1

    def test_what_is_not_there(self, employer, visitor):
        assert [visitor.get("/intet/").status_code for _ in range(2)] == [404, 404]

    def test_an_address_without_end(self, employer, visitor):
        address = f"/job/?ord={'x' * 600}"

        assert queries(visitor, address) > 1
        assert queries(visitor, address) > 1


def test_a_page_reads_no_table_that_does_not_raise_the_number(employer, visitor):
    """Whoever lets a page show something new is reminded here to give the table its trigger."""
    read: set[str] = set()
    for address in ("/", "/job/?sted=K%C3%B8benhavn&km=25&felt=x", "/ours/", "/feeds/job.json"):
        with CaptureQueriesContext(connection) as asked:
            visitor.get(address)
        for query in asked:
            read |= set(re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"]))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid WHERE tgname = 'public_changed'"
        )
        raising = {name for (name,) in cursor.fetchall()}

    assert {"recruitment_jobadvertisement", "wagtailcore_page"} <= read
    assert read - raising - set(WITHOUT) == set()


def test_the_number_is_one_row(employer):
    assert PublicVersion.objects.count() == 1
