"""What a client is told when something is refused or fails: a code it can act on, never our inner workings."""

import logging
import secrets
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import OperationalError
from graphql import GraphQLError, GraphQLFormattedError, GraphQLSyntaxError

logger = logging.getLogger("graphql_api")

MOST_ERRORS = 5
LONGEST_MESSAGE = 500
QUERY_CANCELED = "57014"  # PostgreSQL's code for a statement that ran out of time


class Code(StrEnum):
    """`extensions.code` of an error: the Apollo set, which clients and fuzzers know, and a few of our own."""

    PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    BAD_REQUEST = "BAD_REQUEST"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    RATE_LIMITED = "RATE_LIMITED"
    QUERY_TOO_COMPLEX = "QUERY_TOO_COMPLEX"
    INTERNAL = "INTERNAL_SERVER_ERROR"


class Refusal(GraphQLError):
    """An error whose text is written for the client."""

    def __init__(self, code: Code, message: str, **extensions: Any) -> None:
        super().__init__(message, extensions={"code": str(code), **extensions})


def bad_input(message: str) -> Refusal:
    """The argument or variable cannot be used as it is."""
    return Refusal(Code.BAD_USER_INPUT, message)


def told(errors: Iterable[GraphQLError], *, executing: bool, asker: str) -> list[GraphQLFormattedError]:
    """At most five errors as the client sees them; one log line for them all, and one for each that was masked.

    `executing` says whether the document got as far as execution: an error without a path is then about a variable.
    """
    answers = [_tell(error, executing=executing) for error in _first(errors)]
    codes = ",".join(str(answer["extensions"]["code"]) for answer in answers)
    logger.info("refused codes=%s asker=%s", codes, asker)
    return answers


def is_out_of_time(error: BaseException | None) -> bool:
    """Whether PostgreSQL stopped the statement because it ran too long."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", None) == QUERY_CANCELED


def _first(errors: Iterable[GraphQLError]) -> Iterator[GraphQLError]:
    yield from list(errors)[:MOST_ERRORS]


def _tell(error: GraphQLError, *, executing: bool) -> GraphQLFormattedError:
    extensions = dict(error.extensions or {})
    if "code" not in extensions:
        code = _code_of(error, executing=executing)
        extensions = {"code": str(code)}
        if code == Code.INTERNAL:
            return _masked(error)
    answer: GraphQLFormattedError = {"message": _text_of(error)[:LONGEST_MESSAGE], "extensions": extensions}
    return answer | _whereabouts(error)


def _code_of(error: GraphQLError, *, executing: bool) -> Code:
    cause = error.original_error
    if isinstance(error, GraphQLSyntaxError) or isinstance(cause, RecursionError):
        return Code.PARSE_FAILED
    if cause is not None and not isinstance(cause, GraphQLError):
        return _code_of_cause(cause)
    if error.path is not None:
        return Code.INTERNAL
    return Code.BAD_USER_INPUT if executing else Code.VALIDATION_FAILED


def _code_of_cause(cause: Exception) -> Code:
    """The domain's own language for saying no, and PostgreSQL's for running out of time."""
    if isinstance(cause, PermissionDenied):
        return Code.FORBIDDEN
    if isinstance(cause, ValidationError):
        return Code.BAD_USER_INPUT
    if isinstance(cause, ObjectDoesNotExist):
        return Code.NOT_FOUND
    return Code.QUERY_TOO_COMPLEX if is_out_of_time(cause) else Code.INTERNAL


def _text_of(error: GraphQLError) -> str:
    cause = error.original_error
    if isinstance(cause, RecursionError):
        return "The document is nested too deeply."
    if isinstance(cause, ValidationError):
        return " ".join(cause.messages)
    if isinstance(cause, ObjectDoesNotExist):
        return "There is no such object."
    if is_out_of_time(cause):
        return "The query took too long. Ask for fewer rows or fields at a time."
    if isinstance(cause, PermissionDenied):
        return str(cause) or "Not allowed."
    return error.message


def _masked(error: GraphQLError) -> GraphQLFormattedError:
    """Tells nothing but a reference, under which the log has everything."""
    reference = secrets.token_hex(8)
    logger.error("reference=%s path=%s", reference, error.path, exc_info=error.original_error or error)
    answer: GraphQLFormattedError = {
        "message": f"Something went wrong here. Our log has it under the reference {reference}.",
        "extensions": {"code": str(Code.INTERNAL), "reference": reference},
    }
    return answer | _whereabouts(error)


def _whereabouts(error: GraphQLError) -> GraphQLFormattedError:
    places = GraphQLFormattedError()
    if error.locations:
        places["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        places["path"] = list(error.path)
    return places
