"""Each list for other programs, with words that are hard to write down, before readers that nobody here wrote."""

import datetime as dt
import json
import subprocess

import feedparser
import pytest

from tests.factories.world import advertise, make_case
from tests.tools import requires_tool, tool

ODD = "Kok & <b>køkken</b> ]]> \x0b “på vej”"
FEEDS = [
    "/feeds/job.rss", "/feeds/job.atom", "/feeds/job.rss?ord=%0B%01", "/feeds/job.rss?ord=kok&myndighed=ours", "/feeds/job.atom?ord=zzqqxxyy",
    "/jobportal.svc/ours/positionlist/rss/?incads=1",
]  # fmt: skip
XML = [*FEEDS, "/jobportal.svc/ours/positionlist/xml/?incads=1", "/jobportal.svc/findes-ikke/positionlist/xml/", "/sitemap.xml"]  # fmt: skip


@pytest.fixture
def lists(world, client):
    """A client before a list with an ordinary ad and an odd one."""
    advertise(make_case(world.ours, title=ODD))
    return client


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_reader_has_nothing_to_complain_of(lists, address):
    read = feedparser.parse(lists.get(address).content)

    assert not read.bozo, read.get("bozo_exception")
    assert read.version in {"rss20", "atom10"}
    assert read.feed.title
    assert all(entry.id and entry.link.startswith("http") and entry.title for entry in read.entries)
    assert all(entry.get("published_parsed") or entry.get("updated_parsed") for entry in read.entries)
    assert len({entry.id for entry in read.entries}) == len(read.entries)
    assert bool(read.entries) is not any(words in address for words in ("zzqq", "%0B"))


@requires_tool("xmllint")
@pytest.mark.parametrize("address", XML)
def test_every_list_in_xml_is_well_formed(lists, address, tmp_path):
    file = tmp_path / "list.xml"
    file.write_bytes(lists.get(address).content)
    done = subprocess.run([tool("xmllint"), "--noout", file], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_the_list_in_json_is_what_json_feed_1_1_asks(lists):
    """https://www.jsonfeed.org/version/1.1: what must be there, and of which sort."""
    feed = json.loads(lists.get("/feeds/job.json").content)

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["feed_url"].startswith("http")
    for item in feed["items"]:
        assert isinstance(item["id"], str)
        assert "content_html" in item or "content_text" in item
        assert item["url"].startswith("http")
        for name in {"date_published", "date_modified"} & item.keys():
            assert dt.datetime.fromisoformat(item[name]).tzinfo is not None
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"]) == 3
