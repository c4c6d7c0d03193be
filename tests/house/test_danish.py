"""The workbench and the editor speak Danish wherever our roles go, in what the server writes and in what scripts write."""

import json
import re

import pytest

from recruitment.access.roles import Role
from tests.house import danish
from tests.house.leaks import addresses, mark, read

pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")


@pytest.mark.gate
def test_communications_meets_no_english_of_wagtails(world, client):
    """The role that Wagtail's screens are open to; our own screens have our own catalogue, which lint looks after."""
    mark(world)
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    wagtails = [address for address in addresses(world) if not address.name.startswith("workbench")]
    answers = ((address.name, client.get(address.path)) for address in wagtails)
    pages = (
        (name, read(answer).body.decode())
        for name, answer in answers
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    )

    found = danish.gathered(pages)

    assert found == {}


def test_an_english_sentence_would_be_found(monkeypatch):
    monkeypatch.setattr(danish, "english", lambda: (frozenset({"Save draft"}), (re.compile("Used .{1,80}? times"),)))

    shown = danish.english_in(
        '<p aria-label="Save draft">Used 3 times</p><p lang="en">Save draft</p><script>Save draft</script>'
    )

    assert shown == {"Save draft", "Used 3 times"}


def test_what_scripts_say_is_danish(world, client):
    client.force_login(world.ours.staff[Role.COMMUNICATIONS])
    body = client.get("/admin/jsi18n/").content.decode()

    told = json.loads(re.search(r"const newcatalog = (\{.*?\});", body, re.DOTALL)[1])

    said = set(danish.sentences("djangojs.po", danish.PACKAGES[:1], plurals=False))
    assert sorted(said - set(told)) == []
