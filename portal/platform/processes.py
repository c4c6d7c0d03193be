"""Child processes in sessions of their own, with named output, that are ended whole and found again after an accident."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TETHER = Path(__file__).with_name("tether.py")
PATIENCE = 10  # seconds between asking a child to end and ending it


def say(line: str, *, who: str = "portal") -> None:
    print(f"[{who}] {line}", flush=True)


class Child:
    """One command. Ctrl-C does not reach it (own session); the starter's death does (tether)."""

    def __init__(self, name: str, command: list[str], surroundings: dict[str, str]) -> None:
        self.name = name
        tethered = [sys.executable, "-I", str(TETHER), str(os.getpid()), *command]
        self.process = subprocess.Popen(
            tethered, cwd=ROOT, env=os.environ | surroundings, text=True, errors="replace", start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.reader = threading.Thread(target=self.repeat_output, daemon=True)
        self.reader.start()

    def repeat_output(self) -> None:
        for line in self.process.stdout or ():
            if line.strip():
                say(line.rstrip().removeprefix(f"[{self.name}] "), who=self.name)

    @property
    def code(self) -> int | None:
        """None while it runs."""
        return self.process.poll()

    def ask_to_end(self) -> None:
        if self.code is None:
            self.process.terminate()

    def end(self, *, by: float) -> None:
        """Wait until the moment `by` (monotonic), then kill the session with all that is left in it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, by - time.monotonic()))
        kill_session(self.process.pid)
        self.process.wait()
        self.reader.join(timeout=1)


def end_all(children: Iterable[Child]) -> None:
    children = list(children)
    for child in children:
        child.ask_to_end()
    deadline = time.monotonic() + PATIENCE
    for child in children:
        child.end(by=deadline)


def wait_all(children: Iterable[Child], *, stopped: Callable[[], bool]) -> None:
    """Until all are done; SystemExit with the name of the first that failed, or when the user stops."""
    children = list(children)
    while any(child.code is None for child in children):
        failed = next((child for child in children if child.code), None)
        if failed or stopped():
            end_all(children)
            raise SystemExit(f"{failed.name} failed" if failed else 0)
        time.sleep(0.05)
    failed = next((child for child in children if child.code), None)
    if failed:
        failed.reader.join(timeout=2)
        raise SystemExit(f"{failed.name} failed")


# -- what an earlier run may have left behind


def session_members(leader: int) -> list[int]:
    """Living processes of that session which work in this checkout; a number that was given away again is not among them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] != "Z" and (entry / "cwd").resolve() == ROOT:
                found.append(int(entry.name))
    return found


def kill_session(leader: int) -> None:
    with contextlib.suppress(OSError):
        os.killpg(leader, signal.SIGKILL)
    for member in session_members(leader):
        with contextlib.suppress(OSError):
            os.kill(member, signal.SIGKILL)


class Register:
    """The sessions of this run, on disk: the next run ends what a killed one left."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def write(self, children: Iterable[Child]) -> None:
        self.file.write_text(json.dumps([child.process.pid for child in children]))

    def clear_leftovers(self, *, patience: float = PATIENCE) -> None:
        """Give tethered leftovers the time to end by themselves, then end them."""
        if not self.file.exists():
            return
        leaders = json.loads(self.file.read_text() or "[]")
        deadline = time.monotonic() + patience
        while any(map(session_members, leaders)) and time.monotonic() < deadline:
            time.sleep(0.1)
        for leader in leaders:
            for member in session_members(leader):
                with contextlib.suppress(OSError):
                    os.kill(member, signal.SIGKILL)
        self.file.unlink()
