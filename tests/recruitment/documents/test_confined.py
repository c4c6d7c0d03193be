"""A file that hangs, swells or crashes its parser takes nobody with it."""

from pathlib import Path

import pytest

from recruitment.documents import confined
from recruitment.documents.confined import MEGABYTE, Budget, run_confined, run_gate
from recruitment.documents.refusals import Refused
from tests.recruitment.documents import makers as make


@pytest.fixture
def odd_tasks(monkeypatch, tmp_path):
    """A house of its own whose room has tasks that misbehave."""
    room = tmp_path / "recruitment" / "documents"
    room.mkdir(parents=True)
    (tmp_path / "recruitment" / "__init__.py").touch()
    for module in ("__init__", "confined", "refusals"):
        (room / f"{module}.py").write_text((Path(confined.__file__).parent / f"{module}.py").read_text())
    (room / "odd.py").write_text(
        "import os, time\n"
        "def spins(content):\n    yield {'page': 1}, b'one'\n    while True: pass\n"
        "def sleeps(content):\n    yield {'page': 1}, b'one'\n    time.sleep(60)\n"
        "def swells(content):\n    yield {}, bytes(10**9)\n"
        "def crashes(content):\n    yield {'page': 1}, b'one'\n    os.abort()\n"
        "def stumbles(content):\n    raise KeyError('what the file says')\n    yield\n"
        "def tells(content):\n    yield {'secrets': sorted(os.environ)}, content\n"
        "def writes(content):\n    open('left-behind', 'wb').write(b'x')\n    yield {}, b''\n"
    )
    monkeypatch.setattr(confined, "HOUSE", tmp_path)
    return tmp_path


BUDGET = Budget(cpu=1, wall=3, memory=128 * MEGABYTE)


@pytest.mark.parametrize("task", ["odd.spins", "odd.sleeps", "odd.crashes"])
def test_what_was_ready_before_the_child_was_stopped_is_kept(odd_tasks, task):
    outcome = run_confined(task, b"", budget=BUDGET)
    assert (outcome.frames, outcome.finished) == ([({"page": 1}, b"one")], False)


def test_memory_is_bounded(odd_tasks):
    assert run_confined("odd.swells", b"", budget=BUDGET) == ([], False)


def test_the_gate_refuses_what_did_not_finish(odd_tasks, monkeypatch):
    monkeypatch.setattr(confined, "GATE", BUDGET)
    with pytest.raises(Refused) as refused:
        run_gate("odd.crashes", b"")
    assert refused.value.code == "too_heavy"


def test_a_fault_in_a_parser_means_damaged_and_its_log_line_tells_nothing_of_the_file(odd_tasks, caplog):
    with pytest.raises(Refused) as refused:
        run_confined("odd.stumbles", b"", budget=BUDGET)
    assert refused.value.code == "damaged"
    assert "KeyError in odd.py" in caplog.text
    assert "what the file says" not in caplog.text


def test_the_child_knows_no_secrets(odd_tasks, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "x")
    [(header, content)] = run_confined("odd.tells", b"abc", budget=BUDGET).frames
    assert set(header["secrets"]) <= {*confined.KEPT_ENVIRONMENT, "LANG", "LC_CTYPE"}
    assert content == b"abc"


def test_the_child_cannot_write_files(odd_tasks):
    run_confined("odd.writes", b"", budget=BUDGET)
    assert not (odd_tasks / "left-behind").exists() or (odd_tasks / "left-behind").stat().st_size == 0


def test_an_ordinary_file_finishes():
    assert run_confined("pdf.examine", make.written_by("latex.pdf"), budget=confined.GATE) == (
        [({"pages": 2}, b"")],
        True,
    )
