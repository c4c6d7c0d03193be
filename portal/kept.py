"""Pages that everybody is shown alike are made once and kept, right to the second for every process.

A page is kept under the number of what the public sees (`recruitment.advertising.public_version`) and until time alone
would change it. A view says that its answer may be kept (`for_everybody`); nobody who is signed in, has begun an application
or came by a tracking link is given one.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control

from recruitment import clock
from recruitment.advertising.addresses import TRACKING_PARAMETER
from recruitment.advertising.public_version import current, next_turn

#: Addresses that are never kept; those who watch over the process must not make it ask the database.
NEVER = (
    "/healthz",
    "/readyz",
    "/admin/",
    "/graphql/",
    "/konto/",
    "/adgang/",
    "/soeg/",
    "/mine/",
    "/demo/",
    "/media/",
    "/robots.txt",
)
LONGEST_ADDRESS = 500  # characters: what is longer is hardly asked for twice
LARGEST = 512 * 1024  # bytes
MARK = "_for_everybody"
View = Callable[[HttpRequest], HttpResponse]


class Kept(NamedTuple):
    """An answer as it was first given, and the instant from which it is wrong."""

    content: bytes
    headers: list[tuple[str, str]]
    until: dt.datetime


def for_everybody(response: HttpResponse) -> HttpResponse:
    """Say of an answer that anybody may be given the same."""
    setattr(response, MARK, True)
    return response


class KeptPagesMiddleware:
    """Gives the kept answer, or keeps the one that the view allows to keep."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, whole or as 304."""
        if not _from_anybody(request):
            return self.get_response(request)
        number, now = current()
        address = f"{request.get_host()}{request.get_full_path()}"
        key = f"{number}:{hashlib.sha256(address.encode()).hexdigest()}"
        kept = caches["pages"].get(key)
        if kept is None or kept.until <= now:
            with clock.held(now):
                response = self.get_response(request)
            if not _may_be_kept(response):
                return response
            kept = keep(key, response, now)
        response = HttpResponse(kept.content, headers=dict(kept.headers))
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def _from_anybody(request: HttpRequest) -> bool:
    """Whether nothing tells this visitor from others."""
    return (
        request.method == "GET"
        and not request.path.startswith(NEVER)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
        and TRACKING_PARAMETER not in request.GET
        and len(request.META.get("QUERY_STRING", "")) + len(request.path) <= LONGEST_ADDRESS
    )


def _may_be_kept(response: HttpResponse) -> bool:
    return bool(
        getattr(response, MARK, False)
        and response.status_code == 200
        and not response.cookies
        and len(response.content) <= LARGEST
    )


def keep(key: str, response: HttpResponse, now: dt.datetime) -> Kept:
    """Keep the answer as it left the view and the middleware below. Browsers keep it too, and ask each time whether it holds."""
    if not response.has_header("Cache-Control"):
        patch_cache_control(response, public=True, no_cache=True)
    if not response.has_header("ETag"):
        response.headers["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    kept = Kept(response.content, list(response.items()), next_turn(now))
    caches["pages"].set(key, kept)
    return kept
