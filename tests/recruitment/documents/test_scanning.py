"""What the virus scanner says, and what is said when it says nothing."""

import socket
import struct
import threading

import pytest

from recruitment.documents import scanning
from recruitment.documents.scanning import Verdict, scan, scanner_answers

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 3_000_000


class Clamd(threading.Thread):
    """Speaks clamd's protocol on a unix socket: PING and INSTREAM with a size limit. `silent` never answers."""

    def __init__(self, path: str, *, silent: bool = False) -> None:
        super().__init__(daemon=True)
        self.silent = silent
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(path)
        self.door.listen()

    def run(self) -> None:
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                self.serve(line)

    def serve(self, line: socket.socket) -> None:
        if self.silent:
            line.recv(1)
            line.recv(10_000_000)
            threading.Event().wait(2)
            return
        stream = line.makefile("rb")
        command = self.command(stream)
        line.sendall(b"PONG\0" if command == b"zPING" else self.verdict(stream))

    @staticmethod
    def command(stream) -> bytes:
        letters = b""
        while (letter := stream.read(1)) not in {b"\0", b""}:
            letters += letter
        return letters

    @staticmethod
    def verdict(stream) -> bytes:
        content = b""
        while size := struct.unpack("!I", stream.read(4))[0]:
            content += stream.read(size)
            if len(content) > LIMIT:
                return b"INSTREAM size limit exceeded. ERROR\0"
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@pytest.fixture
def scanner(tmp_path, settings):
    path = str(tmp_path / "clamd.ctl")
    settings.CLAMD_SOCKET = path
    clamd = Clamd(path)
    clamd.start()
    yield clamd
    clamd.door.close()


def test_a_harmless_file_is_clean(scanner):
    assert scan(b"%PDF" + bytes(2_000_000)) is Verdict.CLEAN


def test_a_virus_is_found_wherever_it_stands(scanner):
    assert scan(bytes(1_000_000) + EICAR + bytes(1_000_000)) is Verdict.INFECTED


def test_more_than_the_scanner_takes_is_an_error_and_not_clean(scanner):
    assert scan(bytes(LIMIT + 3_000_000)) is Verdict.ERROR


def test_without_a_scanner_nothing_is_called_clean(settings):
    settings.CLAMD_SOCKET = ""
    assert (scan(EICAR), scanner_answers()) == (Verdict.NOT_SCANNED, False)


def test_a_scanner_that_is_down_is_an_error(settings, tmp_path):
    settings.CLAMD_SOCKET = f"unix:{tmp_path}/nobody.ctl"
    assert (scan(b"x"), scanner_answers()) == (Verdict.ERROR, False)


def test_a_scanner_that_never_answers_is_an_error_in_time(settings, tmp_path, monkeypatch):
    monkeypatch.setattr(scanning, "ANSWER_SECONDS", 0.3)
    settings.CLAMD_SOCKET = str(tmp_path / "clamd.ctl")
    clamd = Clamd(settings.CLAMD_SOCKET, silent=True)
    clamd.start()
    assert scan(b"x") is Verdict.ERROR
    clamd.door.close()


def test_a_running_scanner_answers(scanner):
    assert scanner_answers()


def test_a_scanner_over_tcp_is_reached(settings):
    door = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD_SOCKET = f"tcp://127.0.0.1:{door.getsockname()[1]}"

    def answer() -> None:
        line, _ = door.accept()
        with line:
            Clamd.command(line.makefile("rb"))
            line.sendall(b"PONG\0")

    threading.Thread(target=answer, daemon=True).start()
    assert scanner_answers()
    door.close()
