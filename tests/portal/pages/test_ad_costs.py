"""What a page of an ad costs the database when it is made anew; most visitors get the kept one for one question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.house.public_pages import _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
WAGTAIL = 9  # site, language, and each page on the way with what it is and who may see it
OURS = 17


def test_an_ad_with_a_block_of_every_kind_asks_a_fixed_number_of_questions(client, world):
    world.picture = _picture()
    page = publish(world, world.ours.case, "da")
    client.get(page.url)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(page.url).status_code == 200

    assert len(asked) <= WAGTAIL + OURS, "\n".join(query["sql"] for query in asked)
