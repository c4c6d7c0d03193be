"""Parts of the portal as real processes on ports of their own, so that each can be killed without the others."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from portal.platform.mailbox import CaughtMail
from tests.database import database_url
from tests.tools import ROOT, free_port


class Machine:
    """Starts the parts, and kills what is left at the end. `say` is where they all write."""

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

    def worker(self, *, children: int = 1, beats: bool = True) -> subprocess.Popen[bytes]:
        timetable = ("-B", "-s", str(self.folder / "beat")) if beats else ()
        return self.start(
            "celery", "-A", "portal", "worker", *timetable, "-c", str(children), "-n", f"w{len(self.parts)}@%h"
        )

    def timetable(self) -> subprocess.Popen[bytes]:
        """Beat by itself, so that it is no child of a worker."""
        return self.start("celery", "-A", "portal", "beat", "-s", str(self.folder / "beat"))

    def kill(self, part: subprocess.Popen[bytes]) -> None:
        os.killpg(part.pid, signal.SIGKILL)
        part.wait()

    def end(self) -> None:
        for part in self.parts:
            if part.poll() is None:
                self.kill(part)

    def publish(self, items: Iterable[int], times: int = 1) -> None:
        """Tell the workers the errands' numbers, each so many times, through the broker that they listen to."""
        command = [sys.executable, "-m", "tests.faults.publish", str(times)]
        numbers = "\n".join(map(str, items))
        subprocess.run(command, cwd=ROOT, env=self.environment, input=numbers, text=True, check=True)

    def children_of(self, part: subprocess.Popen[bytes]) -> list[int]:
        """The processes that the part has started."""
        listing = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(part.pid)], capture_output=True, text=True, check=False
        )
        return [int(pid) for pid in listing.stdout.split()]

    def copies(self) -> Counter[str]:
        """How many times each letter came into the sink, by its Message-ID."""
        caught = (self.folder / "mail").glob("*.eml")
        return Counter(str(CaughtMail(path).message["Message-ID"]) for path in caught)

    def mails_to(self, recipient: str) -> list[CaughtMail]:
        caught = [CaughtMail(path) for path in sorted((self.folder / "mail").glob("*.eml"))]
        return [mail for mail in caught if recipient in mail.recipients]
