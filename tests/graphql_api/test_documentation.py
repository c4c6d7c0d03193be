"""What docs/graphql.md shows can be copied and works."""

import json
import re
import shlex

import pytest

from graphql_api.nodes import global_id
from recruitment.organisation.models import Workplace
from tests.graphql_api.conftest import make_client, token_for
from tests.tools import ROOT

TEXT = (ROOT / "docs" / "graphql.md").read_text(encoding="utf-8")
EXAMPLES = dict(re.findall(r"```graphql\nquery (\w+)(.*?)```", TEXT, re.DOTALL))
CALLS = re.findall(r"```sh\n(curl .*?)```", TEXT, re.DOTALL)
PUBLIC = {"Near", "Ad"}


@pytest.fixture
def variables(world):
    Workplace.objects.filter(pk=world.ours.workplace.pk).update(latitude=56.45, longitude=9.40)
    return {
        "posting": global_id("JobPosting", world.ours.round.pk),
        "reference": world.ours.case.case_number,
        "since": "2026-01-01T00:00:00Z",
        "after": None,
    }


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_answers_without_an_error_and_with_something(world, data, variables, name):
    document = f"query {name}{EXAMPLES[name]}"
    wanted = {key: value for key, value in variables.items() if f"${key}" in document}

    answer = data(document, token=None if name in PUBLIC else token_for(world.ours), **wanted)

    (found,) = answer.values()
    assert found is not None
    if name != "Gone":
        assert found.get("nodes", [found])


def test_the_examples_are_there():
    assert set(EXAMPLES) > PUBLIC
    assert len(CALLS) == 2


def test_the_public_call_can_be_sent_as_it_stands(world, client):
    command = shlex.split(CALLS[0])
    body = command[command.index("-d") + 1]

    answer = client.post("/graphql/", body, content_type="application/json").json()

    assert json.loads(body)["query"]
    assert answer["data"]["jobPostings"]["totalCount"] == 2


def test_the_call_for_a_token_can_be_sent_as_it_stands(world, client):
    tool = make_client(world.ours)
    command = shlex.split(CALLS[1])
    sent = dict(command[place + 1].split("=", 1) for place, word in enumerate(command) if word == "-d")

    answer = client.post("/oauth/token/", {**sent, "client_id": tool.client_id, "client_secret": tool.plain_secret})

    assert (answer.status_code, answer.json()["scope"]) == (200, sent["scope"])
