"""What a page for everybody costs, made anew and kept, against a static file of the same size: `python -m benchmarks.kept_pages`.

CPU of this process per request through the whole of Django (WSGI handler, middleware and all); the least of many rounds.
"""

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory, override_settings
from whitenoise import WhiteNoise

from benchmarks.ground import cheapest, many_ads, scratch

ROUNDS, A_TURN = 10, 10
LOCAL = "django.core.cache.backends.locmem.LocMemCache"
NOTHING = "django.core.cache.backends.dummy.DummyCache"


def asked(application: Any, address: str) -> bytes:
    """One request, its whole answer."""
    told: list[str] = []
    parts = urlsplit(address)
    environ = RequestFactory().get(parts.path, QUERY_STRING=parts.query).environ
    body = b"".join(application(environ, lambda status, _headers, *_rest: told.append(status)))
    if not told[0].startswith("200"):
        raise SystemExit(f"{address}: {told[0]}")
    return body


def per_request(application: Any, address: str) -> float:
    """Milliseconds of CPU."""
    return cheapest(lambda: [asked(application, address) for _ in range(A_TURN)], ROUNDS)[0] / A_TURN


def caching(backend: str) -> Any:
    """Settings with this cache of pages."""
    return override_settings(
        CACHES={"default": {"BACKEND": LOCAL}, "pages": {"BACKEND": backend, "LOCATION": "benchmark"}}
    )


def main() -> None:
    """Front page, list, a search, an employer and a feed."""
    with scratch():
        many_ads(300)
        for address in ("/", "/job/", "/job/?ord=laborant", "/ours/", "/feeds/job.rss"):
            with caching(NOTHING):
                anew = per_request(WSGIHandler(), address)
            with caching(LOCAL):
                caches["pages"].clear()
                handler = WSGIHandler()
                body = asked(handler, address)
                kept = per_request(handler, address)
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "page.html").write_bytes(body)
                static = per_request(WhiteNoise(None, root=folder), "/page.html")
            print(
                f"{address:20} {len(body):6} bytes: anew {anew:6.2f} ms, kept {kept:5.2f} ms (1/{anew / kept:.0f}),"
                f" static file {static:5.2f} ms, kept to static {kept / static:.1f}"
            )


if __name__ == "__main__":
    main()
