"""Answers to anybody may be kept and are marked; what needed a token is kept by nobody."""

import pytest

from graphql_api.oauth import Scope
from recruitment.advertising.models import JobAdvertisement
from tests.graphql_api.conftest import token_for

LIST = "{ jobPostings { nodes { title headline } } }"


@pytest.fixture
def post(client, world):
    def posting(document=LIST, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.post("/graphql/", {"query": document}, content_type="application/json", headers=sent)

    return posting


def test_what_anybody_may_see_is_marked_and_fresh_for_five_minutes(post):
    answer = post()

    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=300")
    assert answer["ETag"].startswith('"')
    assert {"Accept", "Authorization"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_that_has_just_that_answer_is_told_so_and_nothing_more(post, form):
    first = post()

    again = post(If_None_Match=form.format(first["ETag"]))

    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert "Authorization" in again["Vary"]


def test_a_changed_ad_is_sent_again_with_a_mark_of_its_own(post, world):
    first = post()
    JobAdvertisement.objects.update(headline="Ny overskrift")

    again = post(If_None_Match=first["ETag"])

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]


def test_another_type_of_answer_has_another_mark(post):
    older, modern = post(Accept="application/json"), post(Accept="application/graphql-response+json")

    assert older["ETag"] != modern["ETag"]
    assert post(Accept="application/json", If_None_Match=modern["ETag"]).status_code == 200


def test_what_is_asked_with_a_token_is_never_kept_and_never_not_modified(post, world):
    public = post()
    bearer = f"Bearer {token_for(world.ours, scopes=[Scope.CASES])}"

    answer = post(Authorization=bearer, If_None_Match=public["ETag"])

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer


@pytest.mark.parametrize(
    "document", ["{ cases { totalCount } }", "{ nothing }", "{", '{ jobPostings(after: "x") { totalCount } }']
)
def test_an_answer_with_an_error_is_not_kept(post, document):
    answer = post(document, If_None_Match="*")

    assert (answer.status_code != 304, answer["Cache-Control"]) == (True, "no-store")
    assert "ETag" not in answer


def test_scripts_of_other_sites_may_use_the_mark_and_see_what_is_left(client, world):
    preflight = {
        "Origin": "https://portal.example", "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "if-none-match",
    }  # fmt: skip
    allowed = client.options("/graphql/", headers=preflight)["Access-Control-Allow-Headers"]
    body = {"query": LIST}
    answer = client.post(
        "/graphql/", body, content_type="application/json", headers={"Origin": "https://portal.example"}
    )

    assert "if-none-match" in allowed
    assert {"etag", "ratelimit-remaining", "retry-after"} <= set(answer["Access-Control-Expose-Headers"].split(", "))
