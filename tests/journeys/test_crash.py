"""Processes that die at the worst moment: nothing acknowledged is lost, nothing is done twice."""

import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from portal.platform.mailbox import CaughtMail
from recruitment.applications.actions import submit
from recruitment.applications.models import Application
from recruitment.mail.models import Message
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor
from tests.database import database_url
from tests.factories.world import begin_draft, fill_draft, make_world
from tests.journeys.conftest import wait_for
from tests.portal.platform.test_broker import prepare_broker
from tests.tools import ROOT, free_port, rounds

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


class Machine:
    """Starts parts of the portal by themselves, so that one can be killed without the others."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said = folder / "said.log"
        self.mail_port, self.web_port = free_port(), free_port()
        self.parts: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ, "DATABASE_URL": database_url(), "DATA_DIR": str(folder), "DEMO": "0", "EMAIL_PORT": str(self.mail_port),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev", "OUTBOX_LEASE_SECONDS": "3",
            "SECRET_KEY": settings.SECRET_KEY,  # or the server cannot read the sessions that the test makes
        }  # fmt: skip

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        with self.said.open("ab") as said:
            part = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=self.environment, start_new_session=True,
                stdout=said, stderr=subprocess.STDOUT,
            )  # fmt: skip
        self.parts.append(part)
        return part

    def sink(self) -> subprocess.Popen[bytes]:
        return self.start("portal.platform.sink", "--port", str(self.mail_port), "--folder", str(self.folder / "mail"))

    def web(self) -> subprocess.Popen[bytes]:
        return self.start("gunicorn", "portal.wsgi", "-b", f"127.0.0.1:{self.web_port}", "-w", "1", "--threads", "4")

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("celery", "-A", "portal", "worker", "-B", "-c", "1", "-s", str(self.folder / "beat"))

    def kill(self, part: subprocess.Popen[bytes]) -> None:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()

    def end(self) -> None:
        for part in self.parts:
            if part.poll() is None:
                self.kill(part)

    def mails_to(self, recipient: str) -> list[CaughtMail]:
        caught = [CaughtMail(path) for path in sorted((self.folder / "mail").glob("*.eml"))]
        return [mail for mail in caught if recipient in mail.recipients]


@pytest.fixture
def machine(transactional_db: None, tmp_path: Path) -> Iterator[Machine]:
    prepare_broker()
    made = Machine(tmp_path)
    made.sink()
    yield made
    made.end()


def test_a_worker_killed_between_submit_and_mail_sends_the_receipt_all_the_same_and_once(
    machine: Machine, record_property
):
    world = make_world()
    seed = random.randrange(10**6)
    record_property("seed", seed)
    dice = random.Random(seed)
    worker = machine.worker()
    addresses = [f"nr{number}@ansoeger.example" for number in range(rounds())]
    for address in addresses:
        received = submit(fill_draft(begin_draft(world.ours.round), email=address), actor=Actor.person(None))
        time.sleep(dice.uniform(0, 1.5))
        machine.kill(worker)
        worker = machine.worker()
        assert Message.objects.get(application=received, code="APPLICATION_RECEIPT").recipient == address

    OutboxItem.objects.filter(kind="document").delete()
    wait_for(lambda: all(machine.mails_to(address) for address in addresses), seconds=120)
    time.sleep(4)

    numbers = {address: {mail.message["Message-ID"] for mail in machine.mails_to(address)} for address in addresses}
    assert {address: len(found) for address, found in numbers.items()} == dict.fromkeys(addresses, 1)
    twice = [address for address in addresses if len(machine.mails_to(address)) > 1]
    assert len(twice) <= len(addresses) * 0.05, "only a kill in SMTP's own blind spot may repeat a letter"


class Visitor:
    """A browser that holds one draft and presses "send"."""

    def __init__(self, application: Application, port: int) -> None:
        self.application = application
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session["applications"] = [str(application.pk)]
        session.save()
        self.cookies = {settings.SESSION_COOKIE_NAME: session.session_key}
        self.address = f"http://127.0.0.1:{port}/soeg/ansoegning/{application.pk}/tjek/"
        self.token = ""

    def look(self) -> None:
        request = urllib.request.Request(self.address, headers=self._headers())
        with urllib.request.urlopen(request, timeout=20) as answer:
            page = answer.read().decode()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _equals, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
        self.token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]

    def send(self) -> bool:
        """Whether the server acknowledged: the receipt page came back."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token}).encode()
        request = urllib.request.Request(self.address, data=data, headers=self._headers())
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return "kvittering" in answer.url
        except (OSError, urllib.error.URLError):
            return False

    def _headers(self) -> dict[str, str]:
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}


def web_workers(master: int) -> list[int]:
    listing = subprocess.run(["ps", "-o", "pid=", "--ppid", str(master)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listing.stdout.split()]


def try_until(deed: Callable[[], bool], times: int = 40) -> bool:
    for _ in range(times):
        if deed():
            return True
        time.sleep(0.5)
    return False


def has_looked(visitor: Visitor) -> bool:
    """Whether the page could be opened just now."""
    try:
        visitor.look()
    except (OSError, urllib.error.URLError):
        return False
    return True


def test_a_web_worker_killed_at_any_moment_of_a_submit_loses_nothing_acknowledged(machine: Machine):
    world = make_world()
    web = machine.web()
    visitors = [
        Visitor(fill_draft(begin_draft(world.ours.round), email=f"v{number}@ansoeger.example"), machine.web_port)
        for number in range(4 * rounds())
    ]

    assert try_until(lambda: has_looked(visitors[0]), times=80)
    acknowledged: set[str] = set()
    for visitor in visitors:
        assert try_until(lambda who=visitor: has_looked(who))
        thread = threading.Thread(target=lambda who=visitor: who.send() and acknowledged.add(str(who.application.pk)))
        thread.start()
        time.sleep(random.uniform(0, 0.25))
        for pid in web_workers(web.pid):
            os.kill(pid, signal.SIGKILL)
        thread.join()
        if str(visitor.application.pk) not in acknowledged:
            assert try_until(visitor.send)

    for visitor in visitors:
        stored = Application.objects.get(pk=visitor.application.pk)
        assert (stored.state, stored.documents.count()) == ("SUBMITTED", 1)
        assert Message.objects.filter(application=stored, code="APPLICATION_RECEIPT").count() == 1
