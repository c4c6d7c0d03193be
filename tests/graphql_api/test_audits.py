"""GraphQL over HTTP before auditors that nobody here wrote, against a server that runs."""

import json
import subprocess
from pathlib import Path

import pytest

from portal.platform import frontend
from tests.tools import CHECKERS, requires_tool

pytestmark = [requires_tool("graphql-http"), pytest.mark.django_db(transaction=True)]
#: GET stays closed until there are trusted documents (docs/decisions.md); these three ask for it, and all say MAY.
CLOSED = {"5A70", "D6D5", "6A70"}


@pytest.fixture
def audited(live_server):
    command = [str(frontend.node()), str(Path(__file__).with_name("audits.mjs")), str(CHECKERS.parent / "package.json")]
    done = subprocess.run(
        [*command, f"{live_server}/graphql/"], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_audit_passes_but_those_that_ask_for_get(audited):
    assert {audit["id"] for audit in audited["open"]} == CLOSED, audited["open"]
    assert all(audit["name"].startswith("MAY") for audit in audited["open"])
    assert audited["passed"] == 58
