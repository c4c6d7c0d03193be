"""What failed here is told by a reference only; what the client did wrong is told to the client, shortly, and logged in one line."""

import json
import logging

import pytest
import strawberry
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import OperationalError, connection
from django.test import RequestFactory

from graphql_api.execution import OneTransaction, QuietSchema
from graphql_api.scalars import CONFIG
from graphql_api.view import GraphQLView

pytestmark = pytest.mark.django_db


@strawberry.type
class Query:
    @strawberry.field
    def fails(self) -> str | None:
        raise RuntimeError("database password: hunter2")

    @strawberry.field
    def forbids(self) -> str | None:
        raise PermissionDenied

    @strawberry.field
    def refuses(self) -> str | None:
        raise ValidationError("The deadline has passed.", code="deadline")

    @strawberry.field
    def lacks(self) -> str | None:
        raise ObjectDoesNotExist("Case matching query does not exist.")

    @strawberry.field
    def overflows(self) -> int | None:
        return 2**40

    @strawberry.field
    def sleeps(self) -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 20")
            cursor.execute("SELECT pg_sleep(1)")
        return "awake"

    @strawberry.field
    def works(self) -> str:
        return "fine"

    @strawberry.field
    def must(self) -> str:
        raise RuntimeError("hunter2")


view = GraphQLView.as_view(schema=QuietSchema(query=Query, config=CONFIG, extensions=[OneTransaction]))


def post(document, accept="application/graphql-response+json"):
    request = RequestFactory().post(
        "/graphql/", {"query": document}, content_type="application/json", headers={"Accept": accept}
    )
    return view(request)


def answer(document):
    return json.loads(post(document).content)


def test_what_fails_here_is_masked_and_logged_under_its_reference(caplog):
    told = answer("{ works fails }")

    (error,) = told["errors"]
    reference = error["extensions"]["reference"]
    assert (told["data"], error["path"], error["extensions"]["code"]) == (
        {"works": "fine", "fails": None}, ["fails"], "INTERNAL_SERVER_ERROR",
    )  # fmt: skip
    assert reference in error["message"]
    assert "hunter2" not in str(told)
    (masked,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert reference in masked.getMessage()
    assert "hunter2" in str(masked.exc_info[1])


@pytest.mark.parametrize(
    ("field", "code", "message"),
    [
        ("forbids", "FORBIDDEN", "Not allowed."),
        ("refuses", "BAD_USER_INPUT", "The deadline has passed."),
        ("lacks", "NOT_FOUND", "There is no such object."),
    ],
)
def test_the_domain_says_no_in_words_for_the_client(field, code, message):
    (error,) = answer(f"{{ {field} }}")["errors"]

    assert (error["extensions"]["code"], error["message"]) == (code, message)


def test_a_number_that_graphql_cannot_hold_is_our_fault():
    (error,) = answer("{ overflows }")["errors"]

    assert error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"


def test_a_statement_that_runs_too_long_is_stopped_and_nothing_of_the_answer_leaves():
    response = post("{ works sleeps }")

    assert response.status_code == 400
    told = answer("{ works sleeps }")
    assert set(told) == {"errors"}
    assert told["errors"][0]["extensions"]["code"] == "QUERY_TOO_COMPLEX"


def test_each_statement_may_take_five_seconds():
    @strawberry.type
    class Limit:
        @strawberry.field
        def limit(self) -> str:
            with connection.cursor() as cursor:
                cursor.execute("SHOW statement_timeout")
                return str(cursor.fetchone()[0])

    schema = QuietSchema(query=Limit, config=CONFIG, extensions=[OneTransaction])
    request = RequestFactory().post("/graphql/", {"query": "{ limit }"}, content_type="application/json")

    assert b'"5s"' in GraphQLView.as_view(schema=schema)(request).content


def test_a_field_that_cannot_be_null_takes_its_parent_with_it_and_the_answer_is_still_an_answer():
    response = post("{ works must }")

    assert response.status_code == 200
    assert answer("{ works must }")["data"] is None


def test_a_hundred_errors_are_told_as_five_and_logged_in_one_line(caplog):
    caplog.set_level(logging.INFO, logger="graphql_api")
    document = "{ " + " ".join(f"nothing{n}" for n in range(100)) + " }"

    told = answer(document)

    assert len(told["errors"]) == 5
    assert len(caplog.records) == 1
    assert sum(len(record.getMessage()) for record in caplog.records) < 300


def test_long_messages_are_cut(caplog):
    (error,) = answer('{ works(a: "' + "x" * 5_000 + '") }')["errors"][:1]

    assert len(error["message"]) <= 500


def test_names_of_fields_are_not_suggested():
    assert "fails" not in str(answer("{ fail }"))


def test_a_lost_database_is_a_500_in_the_shape_of_an_answer(ask, monkeypatch):
    def lost(*_args, **_kwargs):
        raise OperationalError("connection to 10.0.0.1 refused")

    monkeypatch.setattr("graphql_api.execution.transaction.atomic", lost)

    response = post("{ works }")

    assert response.status_code == 500
    assert b"10.0.0.1" not in response.content
    assert b"INTERNAL_SERVER_ERROR" in response.content
