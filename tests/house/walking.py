"""A visitor with a real browser who notes everything that is wrong with each page that is shown."""

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

from tests.browser import RULES, axe, scrolls_sideways
from tests.tools import VALIDATOR, tool

WIDTHS = (1280, 320)
OPEN_EVERYTHING = "for (const more of document.querySelectorAll('details')) more.open = true"


@dataclass(frozen=True)
class Visit:
    """One page as it came: its source and, for each width, what axe, the console and the layout have against it.

    `elsewhere` is where the visitor was sent instead of the address that was asked for.
    """

    name: str
    status: int
    source: str
    barriers: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


class Visitor:
    """Walks in one language (`da` or `en`) and keeps a `Visit` of every page; axe asks by the tags in `rules`."""

    def __init__(self, page: Page, address: str, language: str, rules: Iterable[str] = RULES) -> None:
        self.page, self.address, self.language, self.rules = page, address, language, list(rules)
        self.visits: list[Visit] = []

    def open(self, path: str, name: str) -> None:
        """Go to a path of the language."""
        prefix = "" if self.language == "da" else f"/{self.language}"
        self.open_as_is(prefix + path, name)

    def open_as_is(self, path: str, name: str) -> None:
        """Go to a path, whatever its language."""
        with self._noted(name):
            self.page.goto(self.address + path)
        if urlsplit(self.page.url).path != urlsplit(path).path:
            self.visits[-1].elsewhere.append(f"{name}: {self.page.url}")

    def press(self, what: str, name: str) -> None:
        """Press the first element that fits, and look at the page it leads to."""
        with self._noted(name), self.page.expect_navigation():
            self.page.locator(what).first.click()

    def go(self, path: str) -> None:
        """Go to a path without a look."""
        self.page.goto(self.address + path)

    def pass_by(self, what: str) -> None:
        """Press it and go on without a look."""
        with self.page.expect_navigation():
            self.page.locator(what).first.click()

    @contextmanager
    def _noted(self, name: str) -> Iterator[None]:
        answers: list[Response] = []
        keep = lambda answer: answers.append(answer) if answer.request.is_navigation_request() else None  # noqa: E731
        self.page.faults.clear()
        self.page.on("response", keep)
        yield
        self.page.remove_listener("response", keep)
        shown = [answer for answer in answers if answer.frame == self.page.main_frame][-1]
        self.visits.append(self._looked_at(f"{self.language}: {name}", shown))

    def _looked_at(self, name: str, shown: Response) -> Visit:
        visit = Visit(name, shown.status, shown.text())
        self.page.evaluate(OPEN_EVERYTHING)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            visit.barriers.extend(f"{name} at {width}: {fault}" for fault in axe(self.page, self.rules))
            if scrolls_sideways(self.page):
                visit.sideways.append(f"{name} at {width}")
        told = f"the server responded with a status of {shown.status}" if shown.status >= 400 else None
        visit.console.extend(f"{name}: {fault}" for fault in self.page.faults if not told or told not in fault)
        return visit


def faults_in_html(visits: Iterable[Visit], folder: Path) -> list[tuple[str, str]]:
    """What the HTML validator has against the sources: pairs of the visit's name and the fault. One process for all."""
    names = {}
    for number, visit in enumerate(visits):
        file = folder / f"{number}.html"
        file.write_text(visit.source, encoding="utf-8")
        names[file.name] = visit.name
    checked = subprocess.run(
        [*VALIDATOR, tool("vnu"), "--errors-only", "--format", "json", *(folder / name for name in names)],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    told = json.loads(checked.stderr)["messages"]
    return [(names[Path(fault["url"]).name], f"{fault['message']} {fault.get('extract', '')}") for fault in told]
