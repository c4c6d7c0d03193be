"""Build the virtual environment: `python3 -I portal/platform/environment.py run|dev [VENV]`.

Runs before anything is installed, so it knows only the standard library, and manages without `ensurepip`
(bare Debian has none). Installs by hash from the lock, in one environment for both purposes: `dev` holds all of `run`.

uv does the installing (a third of pip's time) where it can be had and reaches the packages; else pip does, as it always
can. INSTALLER=pip asks for pip from the start.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
TRUST = {"UV_SYSTEM_CERTS": "true"}  # as pip and Node do: behind a proxy its certificate is among the machine's own
OLDEST_PYTHON = (3, 11)


def fingerprint(lock: Path) -> str:
    """Changes with the lock and with the interpreter that made the environment."""
    return hashlib.sha256(lock.read_bytes() + sys.version.encode()).hexdigest()


class Environment:
    """A virtual environment and the note in it of which locks it fulfils."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.python = home / "bin" / "python"
        self.note = home / "fulfilled-locks"

    def fulfils(self, purpose: str) -> bool:
        return self.note.exists() and fingerprint(LOCKS[purpose]) in self.note.read_text().split()

    def has_pip(self) -> bool:
        """False as well for what an interrupted creation left behind."""
        check = [self.python, "-m", "pip", "--version"]
        begun = self.python.exists() and (self.home / "pyvenv.cfg").exists()
        return begun and subprocess.run(check, capture_output=True, check=False).returncode == 0

    def create(self) -> None:
        say(f"making {self.home.name} with Python {sys.version.split()[0]}")
        make = [sys.executable, "-m", "venv", "--clear", str(self.home)]
        if subprocess.run(make, capture_output=True, check=False).returncode:
            subprocess.run([*make, "--without-pip"], check=True)
            own_pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install", "-q", "pip"]
            subprocess.run(own_pip, check=True)

    def install(self, purpose: str) -> None:
        lock = LOCKS[purpose]
        self.note.unlink(missing_ok=True)
        if not self.install_with_uv(lock):
            run_counting([*self.pip("install"), "-r", str(lock)], count_packages(lock))
        held = LOCKS.values() if purpose == "dev" else [lock]
        self.note.write_text("\n".join(fingerprint(each) for each in held))

    def install_with_uv(self, lock: Path) -> bool:
        """Whether uv did it all; False leaves everything to pip, which installs what is still missing."""
        if os.environ.get("INSTALLER") == "pip" or not self.get_uv():
            return False
        began = time.monotonic()
        command = [str(self.home / "bin" / "uv"), "pip", "install", "--python", str(self.python), "--require-hashes"]
        surroundings = uv_index(self.pip("config", "get", "global.index-url")) | os.environ
        done = subprocess.run([*command, "-r", str(lock)], env=surroundings, check=False)
        if done.returncode:
            say("  uv did not manage; pip does it instead")
            return False
        say(f"  {count_packages(lock)} packages in place after {time.monotonic() - began:.0f} s")
        return True

    def get_uv(self) -> bool:
        """From the developers' lock, which names its hashes."""
        wanted = self.home / "uv.txt"
        wanted.write_text(requirement("uv", LOCKS["dev"]))
        if (self.home / "bin" / "uv").exists() or not wanted.stat().st_size:
            return (self.home / "bin" / "uv").exists()
        say("  fetching uv, which installs the rest")
        done = subprocess.run([*self.pip("install"), "-q", "-r", str(wanted)], capture_output=True, check=False)
        return done.returncode == 0

    def pip(self, *arguments: str) -> list[str]:
        hashed = ["--require-hashes", "--disable-pip-version-check"] if arguments == ("install",) else []
        return [str(self.python), "-m", "pip", *arguments, *hashed]


def requirement(name: str, lock: Path) -> str:
    """One package's lines of a lock, with its hashes; empty where the lock has no such package."""
    lines = lock.read_text().splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith(f"{name}==")), len(lines))
    rest = next((n for n in range(first + 1, len(lines)) if not lines[n].lstrip().startswith("--hash")), len(lines))
    return "\n".join(lines[first:rest])


def uv_index(ask_pip: list[str]) -> dict[str, str]:
    """Where pip is set to fetch packages, told to uv, which does not read pip's settings."""
    told = subprocess.run(ask_pip, capture_output=True, text=True, check=False).stdout.strip()
    index = os.environ.get("PIP_INDEX_URL") or told
    return TRUST | ({"UV_DEFAULT_INDEX": index} if index else {})


def count_packages(lock: Path) -> int:
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.read_text().splitlines())


def run_counting(command: list[str], total: int) -> None:
    """Run pip and turn its many lines into a short count; its last lines are shown when it fails."""
    began, seen, lines = time.monotonic(), 0, []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for line in pip.stdout or ():
            lines.append(line)
            if line.startswith(("Collecting ", "Requirement already satisfied: ")):
                seen += 1
                if seen % 25 == 0:
                    say(f"  {min(seen, total)} of {total} packages fetched")
            elif line.startswith("Installing collected"):
                say("  unpacking them")
    if pip.returncode:
        raise SystemExit("".join(lines[-20:]) + "\nThe packages could not be installed; the same command tries again.")
    say(f"  {total} packages in place after {time.monotonic() - began:.0f} s")


def say(line: str) -> None:
    print(f"[environment] {line}", flush=True)


def main(purpose: str, home: Path) -> None:
    if sys.version_info < OLDEST_PYTHON:
        raise SystemExit("Python 3.11 or newer is needed; choose one with PYTHON=python3.11")
    environment = Environment(home)
    home.parent.mkdir(parents=True, exist_ok=True)
    with home.with_name(f"{home.name}.lock").open("a") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if environment.fulfils(purpose):
            return
        if not environment.has_pip():
            environment.create()
        say(f"installing the packages of {LOCKS[purpose].name} (once, and after each change of it)")
        environment.install(purpose)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else ROOT / ".venv").absolute())
