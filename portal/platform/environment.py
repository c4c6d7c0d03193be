"""Build the virtual environment: `python3 -I portal/platform/environment.py run|dev [VENV]`.

Runs before anything is installed, so it knows only the standard library, and manages without `ensurepip`
(bare Debian has none). Installs by hash from the lock, in one environment for both purposes: `dev` holds all of `run`.
"""

import fcntl
import hashlib
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}
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
        arguments = ["install", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
        run_counting([str(self.python), "-m", "pip", *arguments], count_packages(lock))
        held = LOCKS.values() if purpose == "dev" else [lock]
        self.note.write_text("\n".join(fingerprint(each) for each in held))


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
