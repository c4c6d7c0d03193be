"""Everything on one machine: `python -m portal.platform.up`, which is what `make run` does.

Environment: HOST, PORT, DATABASE_URL (else the embedded PostgreSQL), DEMO=0 (no demo data), MAIL_PORT, WEB_WORKERS,
RELOAD=1 (restart the web server when a Python file changes). Ends with 0 on Ctrl-C, with 1 when a part fails.
"""

import fcntl
import http.client
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from portal.platform.broker import broker_url
from portal.platform.embedded import Cluster, configured
from portal.platform.processes import Child, Register, end_all, say, wait_all
from portal.platform.stamps import fingerprint

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("DATA_DIR") or ROOT / ".data")
SETTINGS = "portal.settings.dev"
FIRST_ANSWER = 60  # seconds the web server may take to answer
CALM_PYTHON = [sys.executable, "-W", "ignore:You're running the worker"]  # as root: on one machine, for oneself


class Portal:
    """One run from port check to the last child's end."""

    def __init__(self) -> None:
        self.host = os.environ.get("HOST") or "127.0.0.1"
        self.port = int(os.environ.get("PORT") or 8000)
        self.cluster: Cluster | None = None if os.environ.get("DATABASE_URL") else configured()
        self.children: list[Child] = []
        self.register = Register(DATA / "run.json")
        self.notes: dict[str, str] = {}
        self.mail: dict[str, str] = {}
        self.stopping = False
        self.began = time.monotonic()

    def run(self) -> int:
        self.claim_checkout()
        self.register.clear_leftovers()
        self.claim_port()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.stop)
        try:
            self.prepare()
            self.serve()
            return self.watch()
        finally:
            end_all(self.children)
            if self.cluster:
                self.cluster.leave()
            say("stopped")

    def stop(self, *_: object) -> None:
        if self.stopping:  # a second Ctrl-C does not wait
            for child in self.children:
                child.end(by=0)
        self.stopping = True

    # -- before anything is started

    def claim_checkout(self) -> None:
        DATA.mkdir(parents=True, exist_ok=True)
        self.turn = (DATA / "run.lock").open("a")
        try:
            fcntl.flock(self.turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit("The portal already runs from this folder: stop it there with Ctrl-C first.") from None

    def claim_port(self) -> None:
        if not is_free(self.host, self.port):
            other = next((port for port in range(self.port + 1, self.port + 100) if is_free(self.host, port)), 8123)
            raise SystemExit(
                f"Port {self.port} is in use by another program. Choose another one: PORT={other} make run"
            )

    # -- preparing

    def prepare(self) -> None:
        """The front-end is built beside everything else; catalogues come before tables, whose first rows have names."""
        frontend = self.start("frontend", module("portal.platform.frontend", "build"))
        messages = self.start("messages", module("portal.platform.messages", "compile"))
        if self.cluster:
            say("starting the embedded PostgreSQL")
            self.cluster.join()
        self.finish(messages)
        if not self.noted("schema", [ROOT / "requirements.lock", *files("migrations/*.py")]):
            say("making the tables")
            self.finish(self.start("migrate", module("portal.platform.migration")))
            self.note("schema")
        if os.environ.get("DEMO") != "0" and not self.noted("demo", files("management/commands/demo.py")):
            self.finish(self.start("demo", module("portal.platform.demo")))
            self.note("demo")
        self.finish(frontend)

    def noted(self, name: str, made_of: Iterable[Path]) -> bool:
        """Whether this very database had the step done; with a DATABASE_URL nothing is known about it."""
        self.notes[name] = fingerprint(made_of)
        return bool(self.cluster) and self.cluster.note(name) == self.notes[name]

    def note(self, name: str) -> None:
        if self.cluster:
            self.cluster.write_note(name, self.notes[name])

    # -- serving

    def serve(self) -> None:
        """The worker starts once the first page is there: on two cores it would only delay it."""
        mail_port = os.environ.get("MAIL_PORT") or str(first_free(8025))
        self.mail = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": mail_port}
        self.serve_with("mail", module("portal.platform.sink", "--port", mail_port, "--folder", str(DATA / "mail")))
        self.serve_with("web", [*module("gunicorn", "portal.wsgi"), *self.web_options()])
        self.wait_for_answer()
        beat = ["-B", "--schedule", str(DATA / "beat")]
        quiet = ["--loglevel", "WARNING", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        self.serve_with("worker", [*CALM_PYTHON, "-m", "celery", "--quiet", "--app", "portal", "worker", *beat, *quiet])
        self.welcome()

    def serve_with(self, name: str, command: list[str]) -> None:
        self.start(name, command)
        self.register.write(self.children)

    def web_options(self) -> list[str]:
        workers = os.environ.get("WEB_WORKERS") or "2"
        restart = ["--reload"] if os.environ.get("RELOAD") == "1" else ["--preload"]
        return [
            "--bind",
            f"{self.host}:{self.port}",
            "--workers",
            workers,
            "--threads",
            "4",
            "--log-level",
            "warning",
            *restart,
        ]

    def wait_for_answer(self) -> None:
        deadline = time.monotonic() + FIRST_ANSWER
        while not self.stopping and not answers(self.host, self.port):
            self.refuse_dead()
            if time.monotonic() > deadline:
                raise SystemExit(f"The web server did not answer within {FIRST_ANSWER} seconds.")
            time.sleep(0.1)

    def welcome(self) -> None:
        if self.stopping:
            return
        site = address(self.host, self.port)
        say(f"ready after {time.monotonic() - self.began:.0f} s; Ctrl-C stops everything")
        for what, path in PLACES:
            say(f"  {what:<22} {site}{path}")

    def watch(self) -> int:
        while not self.stopping:
            self.refuse_dead()
            time.sleep(0.2)
        say("stopping")
        return 0

    def refuse_dead(self) -> None:
        dead = next((child for child in self.children if child.code is not None), None)
        if dead and not self.stopping:
            raise SystemExit(f"{dead.name} ended with {dead.code}; the rest is stopped as well.")

    # -- children

    def start(self, name: str, command: list[str]) -> Child:
        """Only from the main thread: the kernel ties a child to the thread that started it."""
        child = Child(name, command, self.surroundings())
        self.children.append(child)
        return child

    def finish(self, *steps: Child) -> None:
        wait_all(steps, stopped=lambda: self.stopping)
        self.children = [child for child in self.children if child not in steps]

    def surroundings(self) -> dict[str, str]:
        database = self.cluster.url if self.cluster else os.environ["DATABASE_URL"]
        own = {
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "SITE_URL": os.environ.get("SITE_URL") or address(self.host, self.port),
            "SECRET_KEY": os.environ.get("SECRET_KEY") or own_secret(),
            "CELERY_BROKER_URL": os.environ.get("CELERY_BROKER_URL") or broker_url(database),
            "PYTHONUNBUFFERED": "1",
        }
        return own | self.mail


PLACES = [
    ("Job portal", "/"),
    ("Workbench", "/admin/"),
    ("Sign in for the demo", "/demo/"),
    ("Mail that was sent", "/demo/mail/"),
    ("GraphQL", "/graphql/"),
    ("GraphQL console", "/graphql/console/"),
]


def files(pattern: str) -> list[Path]:
    """In our own apps: one folder deep, or two in the portal."""
    return [*ROOT.glob(f"*/{pattern}"), *ROOT.glob(f"portal/*/{pattern}")]


def module(name: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", name, *arguments]


def own_secret() -> str:
    """Made once per checkout: a key known from the source would sign anybody in on a machine that others reach."""
    file = DATA / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def address(host: str, port: int) -> str:
    return f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}"  # noqa: S104 -- compared, not bound


def is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def first_free(port: int) -> int:
    return next(each for each in range(port, port + 200) if is_free("127.0.0.1", each))


def answers(host: str, port: int) -> bool:
    """Any answer will do: that it is there, not that it is well."""
    link = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104
    try:
        link.request("GET", "/healthz")
        return link.getresponse().status > 0
    except OSError:
        return False
    finally:
        link.close()


if __name__ == "__main__":
    sys.exit(Portal().run())
