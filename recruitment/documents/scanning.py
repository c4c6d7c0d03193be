"""Asking the virus scanner. Without one the answer is "not scanned", and somebody must be told; it is never "clean"."""

import enum
import logging
import socket
import struct
from contextlib import closing
from time import monotonic

from django.conf import settings

CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 30.0
_CHUNK = 256 * 1024
_DEFAULT_PORT = 3310
_LONGEST_REPLY = 4096

logger = logging.getLogger(__name__)


class Verdict(enum.StrEnum):
    """What the scanner said. ERROR is to be asked again; only CLEAN is clean."""

    CLEAN = "CLEAN"
    INFECTED = "INFECTED"
    NOT_SCANNED = "NOT_SCANNED"
    ERROR = "ERROR"


def has_scanner() -> bool:
    """Whether a scanner is configured; it may still be down."""
    return bool(settings.CLAMD_SOCKET)


def scanner_answers() -> bool:
    """Whether the scanner answers right now; for the readiness page and the administrator's notice."""
    try:
        return has_scanner() and _conversation(b"zPING\0", b"") == "PONG"
    except OSError:
        return False


def scan(content: bytes) -> Verdict:
    """Ask clamd (INSTREAM) about the bytes. Never raises: silence, refusal and nonsense are ERROR."""
    if not has_scanner():
        return Verdict.NOT_SCANNED
    try:
        reply = _conversation(b"zINSTREAM\0", content, in_chunks=True)
    except OSError as fault:
        logger.warning("The virus scanner did not answer: %s", type(fault).__name__)
        return Verdict.ERROR
    return _verdict(reply)


def _verdict(reply: str) -> Verdict:
    if reply == "stream: OK":
        return Verdict.CLEAN
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        logger.warning("The virus scanner found %s", reply.removeprefix("stream: ").removesuffix(" FOUND"))
        return Verdict.INFECTED
    logger.warning("The virus scanner could not judge a file: %s", reply[:200])
    return Verdict.ERROR


def _conversation(command: bytes, content: bytes, *, in_chunks: bool = False) -> str:
    with closing(_connect(settings.CLAMD_SOCKET)) as line:
        line.settimeout(ANSWER_SECONDS)
        line.sendall(command)
        if in_chunks:
            _send_in_chunks(line, content)
        return _reply(line)


def _send_in_chunks(line: socket.socket, content: bytes) -> None:
    """Length in four bytes, then the bytes; a length of zero ends. A scanner that has had enough hangs up: then its reply tells why."""
    try:
        for start in range(0, len(content), _CHUNK):
            chunk = content[start : start + _CHUNK]
            line.sendall(struct.pack("!I", len(chunk)) + chunk)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _reply(line: socket.socket) -> str:
    """At most ANSWER_SECONDS in all, however slowly it drips."""
    received, deadline = b"", monotonic() + ANSWER_SECONDS
    while not received.endswith(b"\0") and len(received) < _LONGEST_REPLY:
        line.settimeout(max(deadline - monotonic(), 0.001))
        piece = line.recv(_LONGEST_REPLY)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0\n").decode("utf-8", "replace")


def _connect(address: str) -> socket.socket:
    """`/run/clamav/clamd.ctl`, `unix:/run/...`, `tcp://host:3310` or `host:3310`."""
    path = address.removeprefix("unix:").removeprefix("//")
    if path.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT_SECONDS)
        try:
            line.connect(path)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host or port, int(port) if host else _DEFAULT_PORT), timeout=CONNECT_SECONDS)
