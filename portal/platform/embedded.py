"""A PostgreSQL of our own for one machine, without root and without installing a server.

    python -m portal.platform.embedded run -- COMMAND...   join or start it, set DATABASE_URL, run, leave
    python -m portal.platform.embedded status | psql | stop | forget

Whoever uses the server holds a shared lock on a file; the last to let go stops it. The kernel drops the lock even
of a killed process, so a count can never be wrong. With DATABASE_URL set, `run` only runs the command.

Environment: POSTGRES_HOME (default `.data`), POSTGRES_DURABLE=0 (no fsync: for data nobody will miss).
"""

import contextlib
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import IO
from urllib.parse import quote

from portal.platform.binaries import installed_programs, readable_programs

ROOT = Path(__file__).resolve().parents[2]
NAME = "opslag"  # of the database and of its superuser
SERVANT = "nobody"  # PostgreSQL refuses to run as root, so there it runs as this user
SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET_FOLDER = 85  # characters: the kernel allows 107 for the whole socket path
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """One data folder and the server that may be running on it."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.servant = pwd.getpwnam(SERVANT) if os.geteuid() == 0 else None
        short = f"{NAME}-postgres-{zlib.crc32(str(home).encode()):08x}"
        self.home = Path("/var/tmp") / short if self.servant else home  # noqa: S108 -- owner and mode are checked
        self.beside, self.durable = home, durable
        self.data = self.home / "pg18"
        self.log = self.home / "pg18.log"
        roomy = len(str(self.home)) <= LONGEST_SOCKET_FOLDER
        self.socket = self.home if roomy else Path(tempfile.gettempdir()) / f"{short}-{os.getuid()}"
        self.settings = SETTINGS | {"unix_socket_directories": str(self.socket)} | ({} if durable else CARELESS)
        self.place: IO[str] | None = None

    @property
    def url(self) -> str:
        return f"postgres://{NAME}@{quote(str(self.socket), safe='')}/{NAME}"

    @cached_property
    def programs(self) -> Path:
        return readable_programs(self.home) if self.servant else installed_programs()

    # -- life

    def join(self) -> None:
        """Start the server unless it runs, and stay counted as its user until `leave()` or death."""
        self.claim_folders()
        with self.turn():
            self.part_from_a_deleted_checkout()
            if not (self.data / "PG_VERSION").exists():
                self.initialise()
            if not self.is_running():
                self.start()
            self.place = (self.home / "users.lock").open("a")
            fcntl.flock(self.place, fcntl.LOCK_SH)

    def leave(self) -> None:
        """Give up the place; the last one out stops the server."""
        if self.place is None:
            return
        with self.turn():
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(self.place, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self.stop()
            self.place.close()
            self.place = None

    def is_running(self) -> bool:
        return self.call("pg_isready", "-q", "-h", self.socket, check=False).returncode == 0

    def stop(self) -> None:
        self.call("pg_ctl", "-D", self.data, "-m", "fast", "-w", "-t", "30", "stop", check=False)

    def start(self) -> None:
        self.bury_postmaster()
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        self.call("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "-o", options, "start")
        known = self.query("select 1 from pg_database where datname = 'opslag'", database="postgres")
        if not known:
            self.call("createdb", "-h", self.socket, "-U", NAME, NAME)

    def initialise(self) -> None:
        """Make the data folder; one that was interrupted is made anew, and what was noted about it is void."""
        unfinished = self.home / "pg18.new"
        for folder in (unfinished, self.data, self.home / "notes"):
            shutil.rmtree(folder, ignore_errors=True)
        same_order_everywhere = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "-E", "UTF8"]
        options = ["-U", NAME, *same_order_everywhere, "--auth=trust", "--no-instructions", "--no-sync"]
        self.call("initdb", "-D", unfinished, *options)
        unfinished.rename(self.data)

    def part_from_a_deleted_checkout(self) -> None:
        """As root the rows lie outside the checkout. Those of one that was deleted, documents and all, are kept aside."""
        if not self.servant:
            return
        here, there = self.beside / "postgres-mark", self.home / "mark"
        known, ours = (path.read_text() if path.exists() else "" for path in (there, here))
        if known and known != ours and self.data.exists():
            self.set_aside()
        mark = ours or secrets.token_hex(8)
        for path in (here, there):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(mark)

    def set_aside(self) -> None:
        """Raises SystemExit while somebody still uses the server."""
        with (self.home / "users.lock").open("a") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SystemExit("A portal from a checkout that was deleted still runs here: end it first.") from None
            self.stop()
        shutil.rmtree(self.home / "notes", ignore_errors=True)
        if not self.durable:
            shutil.rmtree(self.data)
            return
        kept = self.home / f"pg18.{self.data.stat().st_mtime_ns}"
        self.data.rename(kept)
        print(f"The rows here belonged to a checkout that was deleted. They are kept in {kept}.", file=sys.stderr)

    def bury_postmaster(self) -> None:
        """Remove the lock files of a server that died unreaped: where process 1 reaps nobody they would bar every start.

        Kept while any process still works in the data folder, for such a process may still write.
        """
        for lock in (self.data / "postmaster.pid", self.socket / f"{SOCKET}.lock"):
            if lock.exists() and is_zombie(lock.read_text().split()[0]) and not anyone_works_in(self.data):
                lock.unlink()

    def forget(self) -> None:
        if self.home.exists():
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def accidents(self) -> list[str]:
        """What the log says, since the server's start, of processes of its own that died; empty in good times."""
        log = self.log.read_text(errors="replace") if self.log.exists() else ""
        return [
            line
            for line in log.rpartition("starting PostgreSQL")[2].splitlines()
            if "was terminated by signal" in line or "PANIC" in line
        ]

    # -- what is noted about the data, and goes with it

    def note(self, name: str) -> str:
        path = self.home / "notes" / name
        return path.read_text() if path.exists() else ""

    def write_note(self, name: str, text: str) -> None:
        path = self.home / "notes" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)

    # -- plumbing

    def claim_folders(self) -> None:
        """Own the folders alone (0700): every local connection is trusted, so nobody else may reach the socket."""
        owner = self.servant.pw_uid if self.servant else os.getuid()
        for folder in {self.home, self.socket}:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if folder.is_symlink() or folder.lstat().st_uid not in {owner, os.getuid()}:
                raise SystemExit(f"{folder} belongs to somebody else")
            if self.servant:
                os.chown(folder, owner, self.servant.pw_gid)
            folder.chmod(0o700)

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Only one at a time starts, joins or leaves."""
        with (self.home / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def query(self, sql: str, *, database: str = NAME) -> str:
        return self.call("psql", "-h", self.socket, "-U", NAME, "-d", database, "-Atc", sql).stdout.strip()

    def call(self, program: str, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the user who owns the data; SystemExit with its words when it fails."""
        command = [str(self.programs / program), *map(str, arguments)]
        quiet = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        surroundings = quiet | {"LC_ALL": "C", "HOME": str(self.home)}
        identity = {}
        if self.servant:
            identity = {"user": self.servant.pw_uid, "group": self.servant.pw_gid, "extra_groups": []}
        # A file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, text=True, cwd=self.home,
                env=surroundings, start_new_session=True, check=False, **identity,
            )  # fmt: skip
            output.seek(0)
            done.stdout = output.read()
        if check and done.returncode:
            log = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            raise SystemExit(f"{program} failed ({done.returncode}):\n{done.stdout}{log}")
        return done


def is_zombie(pid: str) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return False


def anyone_works_in(folder: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").resolve(strict=True) == folder:
                return True
    return False


def configured() -> Cluster:
    """The cluster that the environment asks for."""
    home = Path(os.environ.get("POSTGRES_HOME") or ROOT / ".data")
    return Cluster(home.absolute(), durable=os.environ.get("POSTGRES_DURABLE", "1") != "0")


def run(command: list[str]) -> int:
    """The command's own return code; 128 + signal where one ended it."""
    if os.environ.get("DATABASE_URL"):
        os.execvp(command[0], command)
    cluster = configured()
    cluster.join()
    try:
        with subprocess.Popen(command, env=os.environ | {"DATABASE_URL": cluster.url}) as child:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal tells the child itself
            signal.signal(signal.SIGTERM, lambda *_: child.terminate())
            code = child.wait()
        for line in cluster.accidents() if code else []:
            print(f"[postgres] {line}", file=sys.stderr)
    finally:
        cluster.leave()
    return code if code >= 0 else 128 - code


def main(arguments: list[str]) -> int:
    deed, *rest = arguments or ["status"]
    if deed == "run":
        return run(rest[1:] if rest[:1] == ["--"] else rest)
    cluster = configured()
    cluster.claim_folders()
    if deed == "psql":
        os.execv(cluster.programs / "psql", ["psql", "-h", str(cluster.socket), "-U", NAME, NAME, *rest])
    if deed in {"stop", "forget"}:
        getattr(cluster, deed)()
    print("running" if deed != "forget" and cluster.is_running() else "stopped", cluster.url)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
