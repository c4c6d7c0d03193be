"""`make run` with real processes: clear refusals, and nothing left behind however it ends."""

import contextlib
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.database import database_url
from tests.portal.platform.test_broker import prepare_broker
from tests.portal.platform.test_embedded import wait_until
from tests.tools import ROOT, free_port, rounds

UP = [sys.executable, "-m", "portal.platform.up"]
pytestmark = pytest.mark.django_db(transaction=True)


class Run:
    """One start of the supervisor on the test's database, in a folder of its own."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        own = {
            "DATABASE_URL": database_url(),
            "DATA_DIR": str(folder),
            "PORT": str(port),
            "MAIL_PORT": str(free_port()),
            "DEMO": "0",
            "WEB_WORKERS": "1",
        }
        inherited = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        self.process = subprocess.Popen(
            UP, cwd=ROOT, env=inherited | own, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.lines: list[str] = []
        self.reader = threading.Thread(target=lambda: self.lines.extend(self.process.stdout))
        self.reader.start()

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def wait_until_ready(self) -> None:
        wait_until(lambda: "ready after" in self.said or self.process.poll() is not None, seconds=90)
        assert "ready after" in self.said, self.said

    def end(self, number: int) -> int:
        self.process.send_signal(number)
        code = self.process.wait(40)
        self.reader.join(10)
        return code

    def living(self) -> list[str]:
        """Command lines of all processes that were started with this run's folder."""
        return [command for command in map(self.command_of, Path("/proc").glob("[0-9]*")) if command]

    def processes(self, program: str) -> list[int]:
        """Numbers of this run's processes whose command line names the program."""
        return [int(entry.name) for entry in Path("/proc").glob("[0-9]*") if program in self.command_of(entry)]

    def command_of(self, entry: Path) -> str:
        with contextlib.suppress(OSError):
            if f"DATA_DIR={self.folder}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                return (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        return ""


@pytest.fixture
def start(tmp_path):
    begun: list[Run] = []

    def begin(port: int | None = None) -> Run:
        begun.append(Run(tmp_path, port or free_port()))
        return begun[-1]

    prepare_broker()
    yield begin
    for run in begun:
        if run.process.poll() is None:
            run.end(signal.SIGTERM)
        run.reader.join(10)
        run.process.stdout.close()


def status(port: int, path: str) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code


def test_a_port_that_is_taken_is_named_and_another_is_offered(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = start(taken.getsockname()[1])
        code = run.process.wait(20)
        run.reader.join(5)

    assert code == 1
    assert f"Port {run.port} is in use" in run.said
    assert "PORT=" in run.said
    assert run.living() == []


def test_it_says_where_everything_is_and_ctrl_c_stops_it_all(start):
    run = start()
    run.wait_until_ready()
    for path in ("/\n", "/admin/", "/demo/", "/demo/mail/", "/graphql/", "/graphql/console/"):
        assert f"http://127.0.0.1:{run.port}{path}" in run.said
    assert status(run.port, "/healthz") == 200
    assert len(run.living()) >= 5

    assert run.end(signal.SIGINT) == 0

    assert run.living() == []
    assert run.said.rstrip().endswith("stopped")


def test_one_folder_runs_one_portal(start, tmp_path):
    with (tmp_path / "run.lock").open("a") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        second = start()
        code = second.process.wait(20)
        second.reader.join(5)

    assert code == 1
    assert "already runs" in second.said


@pytest.mark.faults
@pytest.mark.long
def test_a_part_that_dies_takes_the_rest_with_it(start):
    run = start()
    run.wait_until_ready()
    os.kill(run.processes("gunicorn")[0], signal.SIGKILL)

    assert run.process.wait(40) == 1

    run.reader.join(10)
    assert "web ended with" in run.said
    assert run.living() == []


@pytest.mark.faults
@pytest.mark.long
def test_a_killed_supervisor_leaves_nothing_that_the_next_trips_over(start):
    port = free_port()
    for _ in range(rounds()):
        killed = start(port)
        killed.wait_until_ready()
        killed.end(signal.SIGKILL)

        following = start(port)
        following.wait_until_ready()

        assert following.end(signal.SIGTERM) == 0
        assert following.living() == []


@pytest.mark.faults
@pytest.mark.long
def test_whatever_survives_its_tether_is_ended_by_the_next_start(start):
    """A worker that is stopped (SIGSTOP) cannot hear that its starter died."""
    port = free_port()
    killed = start(port)
    killed.wait_until_ready()
    wait_until(lambda: killed.processes("celery"))
    worker = killed.processes("celery")[0]
    os.kill(worker, signal.SIGSTOP)
    killed.process.kill()
    killed.process.wait()

    following = start(port)
    following.wait_until_ready()

    assert not Path(f"/proc/{worker}").exists() or "celery" not in killed.command_of(Path(f"/proc/{worker}"))
