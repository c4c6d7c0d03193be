"""The built front-end: complete, self-contained, accessible, and content with a strict policy."""

import json
import re
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from csp.utils import build_policy

from portal.platform import frontend
from portal.settings.policies import CONSOLE_POLICY, PUBLIC_POLICY
from tests.browser import axe, browser_test, scrolls_sideways, watched
from tests.tools import ROOT, VALIDATOR, requires_tool, tool

PAGES = ROOT / "tests" / "fixtures" / "frontend"
STATIC = ROOT / "portal" / "static"
LOCK = frontend.SOURCE / "package-lock.json"
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".html": "text/html",
}


class Site(BaseHTTPRequestHandler):
    """The two pages and the built files under the policies of production; a GraphQL endpoint that notes what it is asked."""

    asked: list[tuple[str, dict[str, str], str]] = []

    def do_GET(self):
        file = (
            STATIC / self.path.removeprefix("/static/") if self.path.startswith("/static/") else PAGES / self.path[1:]
        )
        self.answer(
            file.read_bytes() if file.is_file() else b"",
            TYPES.get(file.suffix, "text/plain"),
            200 if file.is_file() else 404,
        )

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"] or 0)).decode()
        self.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
        reply = (
            {"access_token": "short-lived", "expires_in": 900}
            if self.path == "/token/"
            else {"data": {"jobPostings": []}}
        )
        self.answer(json.dumps(reply).encode(), "application/json", 200)

    def answer(self, content, kind, status):
        policy = CONSOLE_POLICY if "console.html" in self.path else PUBLIC_POLICY
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Security-Policy", build_policy(config=policy))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Silent: the test's own words are enough."""


@pytest.fixture
def site():
    Site.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_everything_that_the_stylesheets_name_is_there():
    for stylesheet in frontend.BUILT.glob("*.css"):
        named = set(re.findall(r"url\([\"']?([^\"')]+)", stylesheet.read_text()))
        missing = [name for name in named if not name.startswith("data:") and not (frontend.BUILT / name).exists()]
        assert missing == [], stylesheet.name


def test_fonts_and_design_system_come_with_their_licences():
    assert (frontend.BUILT / "fonts" / "license.txt").read_text().count("SIL OPEN FONT LICENSE")
    assert "MIT" in (frontend.BUILT / "design-system-license.md").read_text()


def test_no_mark_of_another_portal_is_shipped():
    assert list(frontend.BUILT.rglob("*borgerdk*")) + list(frontend.BUILT.rglob("*virk*")) == []


def test_the_lock_holds_hashes_and_no_address_of_a_registry():
    packages = json.loads(LOCK.read_text())["packages"]

    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if name and "integrity" not in about] == []


def test_others_code_is_installed_and_never_committed():
    tracked = subprocess.run(["git", "ls-files", "portal"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert not re.search(r"node_modules|static/build|\.woff2|\.min\.js", tracked)


def test_it_is_built_again_only_when_something_has_changed(monkeypatch):
    monkeypatch.setattr(frontend, "run_node", lambda *_: pytest.fail("nothing has changed"))

    frontend.main(["build"])


@pytest.mark.parametrize("width", [1280, 320])
class TestComponents:
    pytestmark = browser_test

    @pytest.fixture
    def components(self, site, browser_context, width):
        page = watched(browser_context(viewport={"width": width, "height": 900}).new_page())
        page.goto(f"{site}/components.html")
        return page

    def test_every_component_is_accessible_and_fits_the_width(self, components):
        assert axe(components) == []
        assert not scrolls_sideways(components)
        assert components.faults == []

    def test_an_error_summary_takes_focus_and_leads_to_the_field(self, components):
        assert components.evaluate("document.activeElement.dataset.module") == "error-summary"

        components.click("text=Indtast dit fornavn >> nth=0")

        assert components.evaluate("document.activeElement.id") == "id_first_name"

    def test_a_field_counts_in_the_words_of_the_page(self, components):
        components.fill("#motivation", "Jeg vil gerne")
        components.press("#motivation", "!")

        assert components.text_content(".character-limit") == "Du har 6 tegn tilbage"


@pytest.mark.browser
@requires_tool("chromium")
def test_the_page_is_whole_without_script(site, browser_context):
    page = browser_context(java_script_enabled=False, viewport={"width": 320, "height": 900}).new_page()
    page.goto(f"{site}/components.html")

    assert page.get_by_role("link", name="Mine ansøgninger").is_visible()
    page.get_by_text("Hvad sker der med mine oplysninger?").click()
    assert page.get_by_text("De gemmes i seks måneder.").is_visible()


@pytest.mark.browser
@requires_tool("chromium")
def test_a_layout_colours_an_ad_and_its_button_but_nothing_else(site, page):
    page.goto(f"{site}/components.html")
    page.evaluate("document.querySelector('.ad').style.setProperty('--ad-accent', 'rgb(122, 31, 75)')")

    colour = "selector => getComputedStyle(document.querySelector(selector)).backgroundColor"
    assert page.evaluate(colour, ".ad__apply") == "rgb(122, 31, 75)"
    assert page.evaluate(colour, ".form-actions .button-primary") == "rgb(11, 74, 111)"


@pytest.mark.browser
@requires_tool("chromium")
def test_the_console_asks_with_a_short_lived_token_and_no_cookie(site, page):
    page.goto(f"{site}/console.html")
    page.get_by_role("button", name="Execute query").click()
    page.get_by_text('"jobPostings": []').wait_for()

    token = next(headers for path, headers, _ in Site.asked if path == "/token/")
    asked = [(headers, body) for path, headers, body in Site.asked if path == "/graphql/"]
    assert token["x-csrftoken"] == "csrf-from-page"
    assert all(headers["authorization"] == "Bearer short-lived" and "cookie" not in headers for headers, _ in asked)
    assert any("jobPostings" in body for _, body in asked)
    assert len([path for path, *_ in Site.asked if path == "/token/"]) == 1
    assert page.faults == []


@requires_tool("java", "vnu")
def test_the_components_are_valid_html():
    command = [*VALIDATOR, str(tool("vnu")), "--errors-only", "--stdout", str(PAGES / "components.html")]

    assert subprocess.run(command, capture_output=True, text=True).stdout == ""


def test_node_trusts_the_machines_own_authorities_unless_it_was_told_others(monkeypatch, tmp_path):
    authorities = tmp_path / "authorities.crt"
    authorities.touch()
    monkeypatch.setattr(frontend, "SYSTEM_CERTIFICATES", authorities)
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    assert frontend.surroundings()["NODE_EXTRA_CA_CERTS"] == str(authorities)
    monkeypatch.setenv("NODE_EXTRA_CA_CERTS", "chosen.crt")
    assert frontend.surroundings()["NODE_EXTRA_CA_CERTS"] == "chosen.crt"
    authorities.unlink()
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS")
    assert "NODE_EXTRA_CA_CERTS" not in frontend.surroundings()


def test_the_lock_holds_no_address_at_all():
    """Not even those by which packages ask for money: npm would copy them."""
    lock = (ROOT / "portal" / "frontend" / "package-lock.json").read_text()
    with_one = '{"packages": {"a": {"version": "1", "funding": {"url": "https://giving.example/a"}}}}'

    assert "://" not in lock
    assert json.loads(frontend.without_addresses(with_one)) == {"packages": {"a": {"version": "1"}}}
