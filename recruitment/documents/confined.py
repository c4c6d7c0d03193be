"""Strangers' files are opened in a child of their own: no secrets in its environment, little time, little memory.

A parser that hangs, swells or crashes takes the child with it and nothing else. What comes back is JSON and bytes,
never pickled objects. A task is a function `(content, **options) -> Iterable[Frame]` in this room.
"""

import importlib
import json
import logging
import os
import resource
import struct
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from recruitment.documents.refusals import Refused

MEGABYTE = 1024 * 1024
HOUSE = Path(__file__).resolve().parents[2]
KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
FINISHED = {"finished": True}

logger = logging.getLogger(__name__)

Frame = tuple[dict[str, Any], bytes]


class Budget(NamedTuple):
    """Seconds of CPU, seconds by the wall clock, bytes of data memory."""

    cpu: int
    wall: int
    memory: int


GATE = Budget(cpu=2, wall=15, memory=256 * MEGABYTE)
READING = Budget(cpu=30, wall=40, memory=384 * MEGABYTE)


class Outcome(NamedTuple):
    """What the child handed out before it ended; `finished` is false when it was stopped on the way."""

    frames: list[Frame]
    finished: bool


def run_confined(task: str, content: bytes, *, budget: Budget, **options: Any) -> Outcome:
    """Run `"module.function"` of this room on the content. Raises Refused with the child's reason."""
    command = [sys.executable, "-m", __name__, task, json.dumps({"budget": budget, "options": options})]
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ} | {"LANG": "C.UTF-8"}
    with subprocess.Popen(
        command, cwd=HOUSE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        output, complaint = _exchange(child, content, budget.wall)
    frames = list(_read_frames(output))
    finished = bool(frames) and frames[-1][0] == FINISHED
    if complaint:
        logger.warning("The confined task %s ended early: %s", task, complaint.decode(errors="replace").strip())
    for header, _blob in frames:
        if "refused" in header:
            raise Refused(header["refused"], **header["params"])
    return Outcome(frames[:-1] if finished else frames, finished)


def run_gate(task: str, content: bytes, **options: Any) -> list[Frame]:
    """As `run_confined` within the gate's budget; a child that was stopped means the file is too heavy."""
    outcome = run_confined(task, content, budget=GATE, **options)
    if not outcome.finished:
        raise Refused("too_heavy")
    return outcome.frames


def _exchange(child: subprocess.Popen[bytes], content: bytes, seconds: int) -> tuple[bytes, bytes]:
    try:
        return child.communicate(content, timeout=seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.communicate()


def _read_frames(output: bytes) -> Iterator[Frame]:
    position = 0
    while position + 8 <= len(output):
        header_size, blob_size = struct.unpack_from("!II", output, position)
        end = position + 8 + header_size + blob_size
        if end > len(output):
            return
        header_end = position + 8 + header_size
        yield json.loads(output[position + 8 : header_end]), output[header_end:end]
        position = end


def _write_frame(stream: BinaryIO, header: dict[str, Any], blob: bytes = b"") -> None:
    encoded = json.dumps(header).encode()
    stream.write(struct.pack("!II", len(encoded), len(blob)) + encoded + blob)
    stream.flush()


def _confine(budget: Budget) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (budget.cpu, budget.cpu + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (budget.memory, budget.memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _perform(task: str, content: bytes, options: dict[str, Any]) -> Iterable[Frame]:
    module, function = task.split(".")
    room = importlib.import_module(f"recruitment.documents.{module}")
    return getattr(room, function)(content, **options)


def _main(task: str, order: str) -> None:
    """The child: the last frame says whether the task came to its end. A complaint names the fault, never the content."""
    terms = json.loads(order)
    _confine(Budget(*terms["budget"]))
    out = sys.stdout.buffer
    try:
        for header, blob in _perform(task, sys.stdin.buffer.read(), terms["options"]):
            _write_frame(out, header, blob)
        _write_frame(out, FINISHED)
    except Refused as refusal:
        _write_frame(out, {"refused": refusal.code, "params": refusal.params})
    except MemoryError:
        sys.exit("out of memory")
    except Exception as fault:  # noqa: BLE001 - parsers fail on strangers' bytes in every way there is
        where = traceback.extract_tb(fault.__traceback__)[-1]
        sys.stderr.write(f"{type(fault).__name__} in {Path(where.filename).name}:{where.lineno}\n")
        _write_frame(out, {"refused": "damaged", "params": {}})


if __name__ == "__main__":
    _main(sys.argv[1], sys.argv[2])
