"""The whole portal with real processes on the test's database, and a real browser that nothing leaves."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.pages.models import JobAdPage
from portal.pages.new_ad import begin_ad
from portal.platform.mailbox import CaughtMail
from recruitment import clock
from recruitment.cases.models import RecruitmentCase
from tests.factories.world import HOUSE
from tests.portal.platform.test_broker import prepare_broker
from tests.portal.platform.test_up import Run
from tests.tools import free_port

PATIENCE = 60  # seconds for something that a worker does


@dataclass
class Portal:
    """A running portal: its address, its world of rows and the folder of its mails."""

    run: Run
    world: SimpleNamespace
    address: str
    mail: Path

    def mails_to(self, recipient: str) -> list[CaughtMail]:
        """What the sink has caught for somebody."""
        caught = [CaughtMail(path) for path in sorted(self.mail.glob("*.eml"))]
        return [mail for mail in caught if recipient in mail.recipients]


def publish(case: RecruitmentCase, language: str = "da") -> JobAdPage:
    """Give the case's ad a page and put it live."""
    page = begin_ad(case, language, actor=HOUSE)
    page.intro = "Vil du være med til at føre tilsyn?"
    kinds = ("tasks", "profile", "process", "terms", "contact")
    page.body = [
        (
            kind,
            {"heading": "", "body": "<p>Ord.</p>"}
            | ({"items": ["føre tilsyn"]} if kind in {"tasks", "profile"} else {}),
        )
        for kind in kinds
    ]
    page.save_revision().publish()
    return page


def wait_for(found: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `found` gives as soon as it gives anything; fails after the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := found():
            return answer
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


@contextmanager
def ahead(by: dt.timedelta) -> Iterator[None]:
    """Let the clock run ahead in all threads: the live server's too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_offset", ContextVar("ahead", default=by))
        yield


@pytest.fixture
def stand_at() -> Iterator[Callable[[dt.datetime], None]]:
    """Let the clock stand at an instant until it is moved again."""
    with ExitStack() as held:

        def move(to: dt.datetime) -> None:
            held.close()
            held.enter_context(ahead(to - clock.now()))

        yield move


@pytest.fixture
def portal(
    transactional_db: None, settled_world: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Portal]:
    """Web server, worker, beat and mail sink, started as `make run` starts them, without the demo."""
    monkeypatch.setenv("STAFF_MFA_REQUIRED", "0")
    prepare_broker()
    run = Run(tmp_path, free_port())
    try:
        run.wait_until_ready()
        yield Portal(run, settled_world, f"http://127.0.0.1:{run.port}", tmp_path / "mail")
    finally:
        if run.process.poll() is None:
            run.end(15)
        run.reader.join(10)
        run.process.stdout.close()


@pytest.fixture
def open_page(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Page]]:
    """A fresh visitor each time; script faults are kept in `page.faults`."""
    contexts = []

    def begin(**options: Any) -> Page:
        context = chromium.new_context(
            locale="da-DK", timezone_id="Europe/Copenhagen", base_url=portal.address, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield begin
    for context in contexts:
        context.close()
