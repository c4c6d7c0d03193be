"""GraphQL over HTTP: what a request must look like, and which of two media types the answer has.

After the draft of GraphQL over HTTP that graphql-http 1.23 checks; the statuses stand in one table (`STATUS`).
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Never, TypeVar

from django.http import HttpRequest
from django.http.request import UnreadablePostError

from graphql_api.errors import Code, Refusal

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
T = TypeVar("T")

LARGEST_BODY = 256 * 1024
DEEPEST_BODY = 20
MOST_VALUES = 2_000

# The status of an answer without data, by code. With `application/json` the older rule holds: a request that was
# understood as GraphQL is answered 200 whatever became of it.
STATUS: dict[str, int] = {
    Code.UNAUTHENTICATED: 401,
    Code.RATE_LIMITED: 429,
    Code.INTERNAL: 500,
}
STATUS_OTHERWISE = 400
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\Z")


class NotAccepted(Exception):
    """The request is refused before its GraphQL is looked at."""

    def __init__(self, status: int, message: str, *, code: Code = Code.BAD_REQUEST, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.error = Refusal(code, message)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @classmethod
    def because(cls, error: Refusal, status: int, headers: dict[str, str]) -> "NotAccepted":
        """For a reason that has been put into words already."""
        refused = cls(status, error.message)
        refused.error, refused.headers = error, headers
        return refused


@dataclass(frozen=True)
class Question:
    """What the client asks: the document, its variables, and which of its operations to run."""

    query: str
    variables: dict[str, Any] | None
    operation_name: str | None


def answer_type(accept: str | None) -> str:
    """The media type of the answer by the Accept header. Raises NotAccepted (406) when the client takes neither."""
    if not accept or not accept.strip():
        return JSON
    wanted = {kind: quality for part in accept.split(",") for kind, quality in _wish(part)}
    chosen = max((GRAPHQL_JSON, JSON), key=lambda kind: _liking(kind, wanted))
    if _liking(chosen, wanted)[0] <= 0:
        raise NotAccepted(406, f"The answer is {GRAPHQL_JSON} or {JSON}, in UTF-8.")
    return chosen


def _wish(part: str) -> Iterator[tuple[str, float]]:
    kind, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            quality = float(value) if _QUALITY.match(value.strip()) else 0.0
        elif name.strip() == "charset" and value.strip(" \"'") not in {"utf-8", "utf8"}:
            return
    yield kind, quality


def _liking(kind: str, wanted: dict[str, float]) -> tuple[float, bool, bool]:
    """How much the client wants this type: quality first, then being named, then the older type for wildcards."""
    named = kind in wanted
    quality = wanted.get(kind, wanted.get("application/*", wanted.get("*/*", 0.0)))
    return quality, named, kind == (GRAPHQL_JSON if named else JSON)


def question_in(request: HttpRequest) -> Question:
    """The question in the body. Raises NotAccepted for a body of the wrong type, size, encoding or shape."""
    _require_json(request.headers.get("Content-Type", ""))
    content = _content(_body(request))
    if not isinstance(content, dict):
        _refuse("The body must be one JSON object; batches are not taken.")
    query = content.get("query")
    if not isinstance(query, str) or not query.strip():
        _refuse("`query` must be a GraphQL document.")
    _one_of(content, "extensions", dict)
    return Question(query, _one_of(content, "variables", dict), _one_of(content, "operationName", str) or None)


def _require_json(content_type: str) -> None:
    kind, *parameters = (piece.strip().lower() for piece in content_type.split(";"))
    charsets = [p.partition("=")[2].strip(" \"'") for p in parameters if p.startswith("charset")]
    if kind != JSON or any(charset not in {"utf-8", "utf8"} for charset in charsets):
        raise NotAccepted(415, f"Send {JSON} in UTF-8.", Accept_Post=JSON)


def _body(request: HttpRequest) -> bytes:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        _refuse("Content-Length must be a number.")
    if int(length[:12]) > LARGEST_BODY:
        raise NotAccepted(413, f"The body may be {LARGEST_BODY} bytes.")
    try:
        return bytes(request.body)
    except (UnreadablePostError, OSError):
        _refuse("The body broke off.")


def _content(body: bytes) -> Any:
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        _refuse("The body is not JSON in UTF-8.")
    _measure(content)
    return content


def _refuse_constant(name: str) -> Never:
    raise ValueError(name)


def _measure(content: Any) -> None:
    """Refuses text that PostgreSQL cannot hold, and bodies that are deeper or fuller than any honest one."""
    level, depth, values = [content], 0, 0
    while level:
        depth, values = depth + 1, values + len(level)
        if depth > DEEPEST_BODY or values > MOST_VALUES:
            _refuse(f"The body may be {DEEPEST_BODY} levels deep and hold {MOST_VALUES} values.")
        if any(isinstance(value, str) and _UNSTORABLE.search(value) for value in level):
            _refuse("Text must not contain NUL or halves of characters.")
        level = [inner for value in level for inner in _inside(value)]


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return value if isinstance(value, list) else []


def _one_of(content: dict[str, Any], name: str, kind: type[T]) -> T | None:
    value = content.get(name)
    if value is not None and not isinstance(value, kind):
        _refuse(f"`{name}` must be {'an object' if kind is dict else 'a string'} or null.")
    return value


def _refuse(message: str) -> Never:
    raise NotAccepted(400, message)
