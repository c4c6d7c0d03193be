"""A real Chromium for tests marked `browser`: fixture `page` (1280 px wide), `browser_context(...)` for anything else.

Nothing leaves the machine: the browser knows no other name or address than this one's. (Refusing each request from here
would cost a call a request and turn the browser's cache off.) Console errors and uncaught errors are gathered in
`page.faults`; `axe(page)` lists accessibility violations in words.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.platform.frontend import node
from tests.tools import NPM_CHECKERS, PLACES, requires_tool

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]  # fmt: skip
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = [*WCAG, "best-practice"]

#: Only what is wrong comes back: the whole answer with everything that passed is a megabyte a page.
AXE = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  answer => answer.violations.flatMap(found => found.nodes.map(node => `${found.id}: ${JSON.stringify(node.target)}`)))"""

browser_test = [pytest.mark.browser, requires_tool("chromium", "axe")]


@contextmanager
def fresh_connections() -> Iterator[None]:
    """No connection passes in or out: while a loop runs in the thread, Django keeps another set of them (asgiref's Local).

    One left in the set that is out of sight would be cut off with its database and be met, dead, by a later test.
    """
    connections.close_all()
    yield
    connections.close_all()


def lasting(serve: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Styles and scripts that the browser keeps for as long as it is open, as in production."""

    def served(handler: StaticFilesHandler, request: HttpRequest) -> HttpResponseBase:
        answer = serve(handler, request)
        answer.headers["Cache-Control"] = "max-age=3600"
        return answer

    return served


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Closed after each file of tests: while it is open, Playwright's loop runs in the thread of the tests."""
    with fresh_connections(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps a loop in the test's thread
        patch.setattr(StaticFilesHandler, "serve", lasting(StaticFilesHandler.serve))
        patch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node()))  # its own Node wants a library that a bare Debian lacks
        with sync_playwright() as play, fresh_connections():
            browser = play.chromium.launch(executable_path=PLACES["chromium"], args=ARGUMENTS)
            yield browser
            browser.close()


@pytest.fixture
def browser_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """`browser_context(java_script_enabled=False, viewport=...)`: Playwright's options, closed after the test."""
    opened: list[BrowserContext] = []

    def open_context(**options: object) -> BrowserContext:
        usual = {"locale": "da-DK", "timezone_id": "Europe/Copenhagen", "viewport": {"width": 1280, "height": 900}}
        opened.append(chromium.new_context(**usual | options))
        opened[-1].set_default_timeout(10_000)
        return opened[-1]

    yield open_context
    for context in opened:
        context.close()


@pytest.fixture
def page(browser_context: Callable[..., BrowserContext]) -> Page:
    return watched(browser_context().new_page())


def watched(page: Page) -> Page:
    """With `page.faults`: what the browser complained about, in its own words."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.faults = faults
    return page


def axe(page: Page, rules: Iterable[str] = RULES) -> list[str]:
    """Violations as `rule: where`; empty is good. `rules` are axe's tags."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(NPM_CHECKERS["axe"].read_text())
    return page.evaluate(AXE, list(rules))


def scrolls_sideways(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
