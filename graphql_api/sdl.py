"""The schema as a text, for tools that make clients from it."""

import hashlib
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import quote_etag
from django.views import View
from django.views.decorators.http import condition
from strawberry import Schema


@lru_cache(maxsize=4)
def schema_text(schema: Schema) -> str:
    """The schema in its own language, ending with a line break."""
    return f"{schema.as_str().strip()}\n"


class SchemaView(View):
    """Answers GET with the schema. A client that has it already is told so and nothing more (ETag)."""

    schema: Schema = None  # type: ignore[assignment] # given to as_view

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """The schema, or 304."""
        text = schema_text(self.schema)
        mark = quote_etag(hashlib.sha256(text.encode()).hexdigest()[:32])
        answer = condition(etag_func=lambda _request: mark)(lambda _request: _as_response(text))
        return answer(request)


def _as_response(text: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/graphql; charset=utf-8")
    response["Cache-Control"] = "public, max-age=300"
    return response
