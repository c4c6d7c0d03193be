"""What anybody may see may be kept for five minutes; a client that has it already is told so and nothing more (ETag).

Only answers to those who sent no token, and only whole ones: an error may be gone the next time.
"""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags, quote_etag

FRESH_FOR = 300  # seconds (domain G.2)


def may_be_kept(response: HttpResponse) -> HttpResponse:
    """The answer with the headers that let it be kept, and with a mark of its content."""
    mark = hashlib.sha256(response["Content-Type"].encode() + b"\n" + response.content).hexdigest()[:32]
    response["ETag"] = quote_etag(mark)
    response["Cache-Control"] = f"public, max-age={FRESH_FOR}"
    return response


def not_again(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 without it when the client has just that. A proxy that packs answers weakens the mark."""
    known = [_strong(mark) for mark in parse_etags(request.headers.get("If-None-Match", ""))]
    if not {"*", response["ETag"]} & set(known):
        return response
    kept = {name: response[name] for name in ("ETag", "Cache-Control")}
    return HttpResponse(status=304, headers=kept)


def _strong(mark: str) -> str:
    return mark.removeprefix("W/")
