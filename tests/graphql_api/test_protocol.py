"""GraphQL over HTTP, case by case: types, methods, sizes, shapes. Every answer is JSON in GraphQL's shape."""

import json
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

MODERN, OLDER = "application/graphql-response+json", "application/json"
HELLO = {"query": "{ __typename }"}


def is_whole(response: Any) -> bool:
    return response.status_code == 200 and set(response.json()) == {"data"}


@pytest.fixture
def send(client):
    """POST a body; the answer is checked to be GraphQL-shaped JSON, to be kept only when nothing failed."""

    def sending(body: Any = HELLO, *, method: str = "POST", content_type: str = OLDER, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = client.generic(method, "/graphql/", raw, content_type, headers=named, CONTENT_TYPE=content_type)
        assert response["Content-Type"].partition(";")[0] in {MODERN, OLDER}
        assert set(response.json()) <= {"data", "errors"}
        assert response["Cache-Control"] == ("public, max-age=300" if is_whole(response) else "no-store")
        assert {"Accept", "Authorization", "Origin"} <= {name.strip() for name in response["Vary"].split(",")}
        return response

    return sending


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, OLDER),
        ("", OLDER),
        ("*/*", OLDER),
        ("application/*", OLDER),
        (OLDER, OLDER),
        (MODERN, MODERN),
        (f"{MODERN}, {OLDER}", MODERN),
        (f"{OLDER}, {MODERN}", MODERN),
        (f"{OLDER}, {MODERN};q=0.5", OLDER),
        (f"{MODERN}, {OLDER};q=0.9, */*;q=0.1", MODERN),
        (f"text/html, {OLDER};q=0.9", OLDER),
        (f"{OLDER};q=0, */*", MODERN),
        (f"{MODERN}; charset=utf-8", MODERN),
        ("APPLICATION/JSON", OLDER),
    ],
)
def test_the_answer_has_the_type_that_the_client_likes_best(send, accept, kind):
    response = send(**({} if accept is None else {"Accept": accept}))

    assert (response.status_code, response["Content-Type"]) == (200, f"{kind}; charset=utf-8")
    assert response.json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    "accept", ["text/plain", "text/html, image/*", f"{OLDER};q=0", f"{MODERN}; charset=utf-16", "application/jsonx"]
)
def test_a_client_that_takes_neither_type_is_told_so(send, accept):
    assert send(Accept=accept).status_code == 406


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "TRACE"])
def test_only_post_is_answered(client, method):
    response = client.generic(method, "/graphql/?query={__typename}")

    assert (response.status_code, response["Allow"]) == (405, "OPTIONS, POST")


def test_options_says_what_is_allowed(client):
    response = client.options("/graphql/")

    assert (response.status_code, response["Allow"], response.content) == (204, "OPTIONS, POST", b"")


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx",
     "application/graphql", "application/json; charset=utf-16", "text/json"],
)  # fmt: skip
def test_other_types_of_body_are_refused(send, content_type):
    response = send(content_type=content_type)

    assert (response.status_code, response["Accept-Post"]) == (415, OLDER)


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"]
)
def test_utf8_is_taken_under_each_of_its_names(send, content_type):
    assert send(content_type=content_type).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"42", b'"x"', b"true", b"[]", b"{", b"\xff\xfe\x00", b"\xc3\x28", b"NaN", b'{"query": NaN}',
        json.dumps(HELLO).encode("utf-16"), b"[" * 50_000, b'{"a":' * 500 + b"1" + b"}" * 500, b"1e999",
        b"9" * 5_000, b"{} {}", b'{"query": "{__typename}",}',
        [HELLO], {}, {"query": None}, {"query": ""}, {"query": "  "}, {"query": 1}, {"query": []}, {"query": {"a": 1}},
        {**HELLO, "variables": "x"}, {**HELLO, "variables": []}, {**HELLO, "variables": 0}, {**HELLO, "variables": False},
        {**HELLO, "operationName": 1}, {**HELLO, "operationName": {}}, {**HELLO, "operationName": []},
        {**HELLO, "extensions": "x"}, {**HELLO, "extensions": []}, {**HELLO, "extensions": 0},
        {**HELLO, "operationName": "Missing"},
        {"query": "query A { __typename }", "operationName": "B"},
        {"query": "mutation { x }"}, {"query": "subscription { x }"}, {"query": "fragment F on Query { __typename }"},
        {"query": "{ __typename }\x00"}, {**HELLO, "variables": {"a": ["\x00"]}}, {**HELLO, "variables": {"\x00": 1}},
        b'{"query": "{__typename}", "variables": {"a": "\\ud800"}}', b'{"query": "\\udfff"}',
        {**HELLO, "variables": {"a": list(range(3_000))}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("accept", [MODERN, OLDER])
def test_a_body_of_the_wrong_shape_is_a_bad_request(send, body, accept):
    response = send(body, Accept=accept)

    assert (response.status_code, set(response.json())) == (400, {"errors"})
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


@pytest.mark.parametrize(
    "body",
    [b'{"query": "{ nothing", "query": "{ __typename }"}', b'\xef\xbb\xbf{"query": "{ __typename }"}', b' \n{"query": "{__typename}"}\n '],
    ids=["a key twice", "byte order mark", "blanks around"],
)  # fmt: skip
def test_odd_but_readable_json_is_answered_one_way_or_the_other(send, body):
    response = send(body)

    assert response.status_code in {200, 400}


@pytest.mark.parametrize(
    "absent", [{"variables": None}, {"operationName": None}, {"operationName": ""}, {"extensions": None}]
)
def test_null_and_empty_parameters_are_absent_ones(send, absent):
    assert send({**HELLO, **absent}).json() == {"data": {"__typename": "Query"}}


@pytest.mark.parametrize(
    ("document", "variables", "code"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ a(b: ", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nothingOfThatName }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query A { __typename } query B { __typename }", {}, "BAD_REQUEST"),
        ("query($n: Int!) { institutions(first: $n) { totalCount } }", {"n": "x"}, "BAD_USER_INPUT"),
        ("query($n: Int!) { institutions(first: $n) { totalCount } }", {}, "BAD_USER_INPUT"),
        ("query($n: Int!) { institutions(first: $n) { totalCount } }", {"n": 1.5}, "BAD_USER_INPUT"),
        ('{ institutions(filter: {search: "\\u0000"}) { totalCount } }', {}, "BAD_USER_INPUT"),
    ],
)
def test_a_document_that_cannot_run_has_no_data(send, document, variables, code):
    modern = send({"query": document, "variables": variables}, Accept=MODERN)
    older = send({"query": document, "variables": variables}, Accept=OLDER)

    assert (modern.status_code, older.status_code) == (400, 200)
    assert modern.json() == older.json()
    assert [error["extensions"]["code"] for error in modern.json()["errors"]] == [code]
    assert "data" not in modern.json()


def test_one_of_several_operations_runs_when_it_is_named(send):
    document = "query A { a: __typename } query B { b: __typename }"

    assert send({"query": document, "operationName": "B"}).json() == {"data": {"b": "Query"}}


def test_a_body_over_256_kilobytes_is_refused(send):
    assert send({**HELLO, "variables": {"a": "x" * 262_144}}).status_code == 413


def test_a_length_that_is_no_number_does_no_harm(client):
    response = client.generic("POST", "/graphql/", b"{}", content_type=OLDER, CONTENT_LENGTH="many")

    assert response.status_code == 400


@pytest.mark.parametrize(
    "header", ["Basic abc", "Bearer", "Bearer ", "Token abc", "Bearer nonsense", "Bearer \u00e6\u00f8", ""]
)
def test_a_header_that_opens_nothing_is_not_taken_for_nobody(send, header):
    response = send(Authorization=header, Accept=MODERN)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, 'Bearer realm="graphql"')
    assert response.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_cookies_open_nothing_and_are_not_set(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("hr@styrelsen.example", is_superuser=True))

    response = client.post("/graphql/", {"query": "{ viewer { name } }"}, content_type=OLDER)

    assert response.json() == {"data": {"viewer": None}}
    assert response.cookies == {}


def test_other_sites_may_ask_without_a_token_and_only_so(client):
    preflight = {"Origin": "https://portal.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/graphql/", headers=preflight)

    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "authorization" not in answer["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer


@pytest.mark.parametrize("address", ["/graphql/console/token/", "/oauth/token/"])
def test_other_sites_may_not_read_what_lies_beside(client, address):
    answer = client.options(
        address, headers={"Origin": "https://portal.example", "Access-Control-Request-Method": "POST"}
    )

    assert "Access-Control-Allow-Origin" not in answer
