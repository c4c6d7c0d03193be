"""What a public page costs the database when it is made anew; most visitors get the kept one for one question."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from portal import kept
from tests.house.public_pages import _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
MOST = 10


@pytest.fixture
def made_anew(monkeypatch) -> Client:
    """Nothing is kept: the second time is as dear as the first, but for what Wagtail keeps of its sites and renditions."""
    monkeypatch.setattr(kept, "_may_be_kept", lambda _response: False)
    return Client()


@pytest.fixture
def ad(world):
    world.picture = _picture()
    return publish(world, world.ours.case, "da")


def queries_for(client: Client, path: str) -> list[str]:
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    return [query["sql"] for query in asked]


@pytest.mark.parametrize(
    "path", ["/", "/job/", "/job/?q=tilsyn&felt=kontor", "/ours/", "/en/", "/en/job/", "/en/ours/"]
)
def test_a_list_asks_at_most_ten_questions(made_anew, ad, path):
    asked = queries_for(made_anew, path)

    assert len(asked) < MOST, "\n".join(asked)  # one more finds until when it may be kept


def test_an_ad_with_a_block_of_every_kind_asks_at_most_ten_questions(made_anew, ad):
    asked = queries_for(made_anew, ad.url)

    assert len(asked) < MOST, "\n".join(asked)


def test_a_page_that_somebody_is_kept_from_is_still_guarded(made_anew, ad):
    PageViewRestriction.objects.create(page=ad.get_parent(), restriction_type=PageViewRestriction.LOGIN)

    assert made_anew.get(ad.url).status_code == 302
    assert made_anew.get("/job/").status_code == 200


def test_an_address_with_nothing_at_it_is_not_found(made_anew, ad):
    assert made_anew.get("/ours/findes-ikke/").status_code == 404
    assert made_anew.get(f"/ours/ikke/{ad.slug}/").status_code == 404
