"""A program as integrators write them: fetches a token, reads the schema, asks, and walks a list to its end."""

from typing import Any

import pytest
import requests
from gql import Client, GraphQLRequest, gql
from gql.transport.exceptions import TransportQueryError
from gql.transport.requests import RequestsHTTPTransport

from recruitment.people.actions import make_api_client
from tests.factories.world import make_application

PAGE = """
query Applications($after: String) {
  applications(first: 1, after: $after, orderBy: [{field: UPDATED_AT}]) {
    nodes { reference applicant { givenName } case { title } timestamps { receivedAt } }
    pageInfo { hasNextPage endCursor }
  }
}
"""


known: dict[str, Any] = {}  # the schema, asked for once: a program keeps it too


@pytest.fixture
def program(live_server, world):
    """A gql client with a token, over a real connection."""
    make_application(world.ours.round, email="to@ansoeger.example")
    tool, secret = make_api_client(
        "HR tool",
        scopes=["cases:read", "applications:read", "applications:pii:read"],
        institutions=[world.ours.institution],
    )
    answer = requests.post(
        f"{live_server}/oauth/token/", {"grant_type": "client_credentials", "scope": " ".join(tool.scopes)},
        auth=(tool.client_id, secret), timeout=10,
    )  # fmt: skip
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    transport = RequestsHTTPTransport(f"{live_server}/graphql/", headers=headers, timeout=10)
    with Client(transport=transport, schema=known.get("schema"), fetch_schema_from_transport=not known) as session:
        known["schema"] = session.client.schema
        session.references = {a.reference for a in world.ours.case.applications.all()}
        session.address = f"{live_server}/graphql/"
        yield session


def test_a_program_walks_its_applications_and_meets_each_once(program):
    met, cursor, more = [], None, True
    while more:
        page = program.execute(GraphQLRequest(PAGE, variable_values={"after": cursor}))["applications"]
        met += [node["reference"] for node in page["nodes"]]
        cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]

    assert len(met) == 2
    assert set(met) == program.references


def test_a_program_is_told_what_its_token_lacks(program):
    with pytest.raises(TransportQueryError) as refusal:
        program.execute(gql("{ mediaResponse { total { received } } }"))

    assert refusal.value.errors[0]["extensions"] == {"code": "FORBIDDEN", "scope": "stats:read"}


def test_anybody_reads_the_postings(program):
    answer = requests.post(
        program.address, json={"query": "{ jobPostings { nodes { title institution { slug } } } }"},
        headers={"Accept": "application/graphql-response+json"}, timeout=10,
    )  # fmt: skip

    assert (answer.status_code, answer.headers["Content-Type"]) == (
        200,
        "application/graphql-response+json; charset=utf-8",
    )
    assert {node["institution"]["slug"] for node in answer.json()["data"]["jobPostings"]["nodes"]} == {"ours", "theirs"}
