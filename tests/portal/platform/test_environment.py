"""The environment is made once, again when a lock changes, and whole again after an interruption."""

import importlib.util
import re
import subprocess
import sys

import pytest

from tests.tools import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
SCRIPT = ROOT / "portal" / "platform" / "environment.py"


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """Read from its file as `make` does, with two small locks."""
    spec = importlib.util.spec_from_file_location("environment_under_test", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    locks = {"run": tmp_path / "run.lock", "dev": tmp_path / "dev.lock"}
    locks["run"].write_text("# none\n")
    locks["dev"].write_text("# none either\n")
    monkeypatch.setattr(module, "LOCKS", locks)
    return module


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Making one takes seconds, so the tests share it; only its note is theirs."""
    made = tmp_path_factory.mktemp("environment") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(made)], check=True)
    return made


def test_what_holds_everything_also_holds_what_running_needs(environment, home):
    made = environment.Environment(home)
    made.install("dev")

    assert made.fulfils("dev")
    assert made.fulfils("run")


def test_a_changed_lock_is_installed_again(environment, home):
    made = environment.Environment(home)
    made.install("run")
    assert made.fulfils("run")

    environment.LOCKS["run"].write_text("# something new\n")

    assert not made.fulfils("run")


@pytest.mark.faults
@pytest.mark.long
def test_an_interrupted_installation_is_not_taken_for_a_whole_one(environment, home):
    made = environment.Environment(home)
    made.install("run")
    environment.LOCKS["run"].write_text("no-such-package-anywhere==0 --hash=sha256:00\n")

    with pytest.raises(SystemExit):
        made.install("run")

    assert not made.note.exists()


@pytest.mark.faults
@pytest.mark.long
def test_a_half_made_environment_is_made_anew(environment, tmp_path):
    made = environment.Environment(tmp_path / "venv")
    made.python.parent.mkdir(parents=True)
    made.python.symlink_to(sys.executable)
    assert not made.has_pip()

    environment.main("run", made.home)

    assert made.has_pip()
    assert made.fulfils("run")


def test_it_needs_nothing_that_is_not_in_the_standard_library():
    names = [
        line.split()[1].split(".")[0]
        for line in SCRIPT.read_text().splitlines()
        if line.startswith(("import ", "from "))
    ]

    assert set(names) <= sys.stdlib_module_names


@pytest.mark.parametrize("name", LOCKS)
def test_the_locks_hold_hashes_and_no_address(name):
    lock = (ROOT / name).read_text()
    packages = [line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))]

    assert "://" not in lock
    assert len(packages) > 80
    assert all(line.endswith("\\") for line in packages)


def test_the_lock_for_developers_holds_everything_in_the_same_versions():
    pins = {
        name: set(re.findall(r"^([\w.-]+(?:\[[\w,]+\])?==[^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in LOCKS
    }

    assert pins["requirements.lock"] <= pins["requirements-dev.lock"]


def test_without_uv_pip_installs_everything(environment, home, monkeypatch):
    asked = []
    monkeypatch.setattr(environment, "run_counting", lambda command, _total: asked.append(command[2]))
    made = environment.Environment(home)

    made.install("run")  # the small locks of these tests do not name uv

    assert asked == ["pip"]
    assert made.fulfils("run")


def test_a_uv_that_fails_leaves_the_work_to_pip(environment, home, monkeypatch):
    asked = []
    monkeypatch.setattr(environment, "run_counting", lambda command, _total: asked.append(command[2]))
    uv = home / "bin" / "uv"
    uv.write_text("#!/bin/sh\nexit 2\n")
    uv.chmod(0o755)

    environment.Environment(home).install("run")
    uv.unlink()

    assert asked == ["pip"]


def test_uv_is_fetched_by_the_hashes_of_the_lock(environment):
    lines = environment.requirement("uv", ROOT / "requirements-dev.lock").splitlines()

    assert re.fullmatch(r"uv==[\d.]+ \\", lines[0])
    assert len(lines) > 2
    assert all(re.fullmatch(r"\s+--hash=sha256:[0-9a-f]{64}( \\)?", line) for line in lines[1:])
    assert not lines[-1].endswith("\\")


def test_uv_is_told_where_pip_fetches_its_packages(environment, monkeypatch):
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    set_in_a_file = [sys.executable, "-c", "print('https://mirror.example/simple')"]
    assert environment.uv_index(set_in_a_file)["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment.uv_index([sys.executable, "-c", ""]) == environment.TRUST

    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple")

    assert environment.uv_index(set_in_a_file)["UV_DEFAULT_INDEX"] == "https://other.example/simple"
