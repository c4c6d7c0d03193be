"""What asking costs: a bucket for each program and person, one for each network of those without a token."""

import pytest
from django.db.models import F

from graphql_api import rates
from graphql_api.console_tokens import mint
from graphql_api.rates import PER_QUESTION, network_of
from recruitment.access.roles import Role
from recruitment.allowances.actions import Bucket
from recruitment.allowances.models import Allowance
from tests.graphql_api.conftest import make_client, make_token

HELLO = "{ __typename }"
LIST = "{ jobPostings(first: 40) { nodes { id } } }"


@pytest.fixture
def small(monkeypatch):
    """Buckets of fifty points that hardly fill while the test runs."""
    monkeypatch.setattr(rates, "KNOWN", Bucket(50, 0.01))
    monkeypatch.setattr(rates, "UNKNOWN", Bucket(50, 0.01))


@pytest.fixture
def post(client, world):
    def posting(document=HELLO, *, token=None, address="192.0.2.7", **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        sent |= {"Authorization": f"Bearer {token}"} if token else {}
        body = {"query": document}
        return client.post("/graphql/", body, content_type="application/json", headers=sent, REMOTE_ADDR=address)

    return posting


def test_a_question_costs_a_little_and_a_point_for_each_row_it_may_fetch(post, small):
    told = [post(HELLO)["RateLimit-Remaining"], post(LIST)["RateLimit-Remaining"]]

    assert told == [str(50 - PER_QUESTION), str(50 - PER_QUESTION - PER_QUESTION - 40)]


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
def test_an_empty_bucket_is_told_with_429_and_when_to_ask_again(post, small, accept):
    post(LIST)

    refused = post(LIST, Accept=accept)

    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["extensions"]["code"]) == (429, "RATE_LIMITED")
    assert "data" not in refused.json()
    assert refused["Retry-After"] == str(error["extensions"]["retryAfter"])
    assert int(refused["Retry-After"]) > 3_000
    assert (refused["RateLimit-Limit"], refused["RateLimit-Remaining"]) == ("50", "0")
    assert refused["Cache-Control"] == "no-store"


def test_even_the_cheapest_question_is_refused_once_the_bucket_is_empty(post, small):
    answers = [post(HELLO).status_code for _ in range(11)]

    assert answers == [200] * 10 + [429]


def test_documents_that_cannot_run_are_paid_for_too(post, small):
    answers = [post("{ nothing").json()["errors"][0]["extensions"]["code"] for _ in range(11)]

    assert answers == ["GRAPHQL_PARSE_FAILED"] * 10 + ["RATE_LIMITED"]


def test_time_fills_the_bucket_again(post, small):
    post(LIST)
    assert post(LIST).status_code == 429

    Allowance.objects.update(points=F("points") + 45)

    assert post(LIST).status_code == 200


class TestWhoShares:
    def test_a_network_shares_one_bucket_and_another_has_its_own(self, post, small):
        post(LIST, address="192.0.2.7")

        assert post(LIST, address="192.0.2.250").status_code == 429
        assert post(LIST, address="198.51.100.7").status_code == 200

    def test_each_program_has_its_own_wherever_it_asks_from(self, post, world, small):
        one, other = make_client(world.ours), make_client(world.ours)
        post(LIST)
        post(LIST, token=make_token(one))

        assert post(LIST, token=make_token(one), address="198.51.100.7").status_code == 429
        assert post(LIST, token=make_token(other)).status_code == 200

    def test_each_person_at_the_console_has_their_own(self, post, world, small):
        hr, manager = (mint(world.ours.staff[role]) for role in (Role.HR_EXTENDED, Role.HIRING_MANAGER))
        post(LIST, token=hr)

        assert post(LIST, token=hr).status_code == 429
        assert post(LIST, token=manager).status_code == 200

    def test_guessing_tokens_empties_the_bucket_of_the_network(self, post, small):
        answers = [post(HELLO, token="guess").status_code for _ in range(11)]

        assert answers == [401] * 10 + [429]

    @pytest.mark.parametrize(
        ("address", "network"),
        [
            ("192.0.2.7", "192.0.2.0/24"),
            ("::ffff:192.0.2.7", "192.0.2.0/24"),
            ("2001:db8:1:2::7", "2001:db8:1::/48"),
            (None, "unknown"),
        ],
    )
    def test_a_network_is_24_bits_or_48_of_the_new_addresses(self, address, network):
        assert network_of(address) == network
