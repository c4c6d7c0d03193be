"""A small SMTP server that misbehaves on request: one thread, one mode, and it remembers what it accepted."""

import contextlib
import socket
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Misbehaving:
    """`mode` says what happens at which step; `accepted` holds every letter that was taken (answered or not)."""

    mode: str = "ok"
    accepted: list[bytes] = field(default_factory=list)
    conversations: int = 0
    port: int = 0
    said: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self) -> None:
        """Stop listening."""
        self.listener.close()

    def _serve(self) -> None:
        while True:
            try:
                link, _address = self.listener.accept()
            except OSError:
                return
            self.conversations += 1
            with contextlib.suppress(OSError), link:
                self._converse(link)

    def _converse(self, link: socket.socket) -> None:
        if self.mode == "busy":
            self._say(link, "421 later")
            return
        if self.mode == "hang-before-banner":
            link.recv(100)
            return
        if self.mode == "drip":
            self._drip(link)
            return
        lines = link.makefile("rb")
        self._say(link, "220 small server")
        for raw in lines:
            self.said.append(raw.strip())
            verb = raw.strip().upper().split(b" ")[0]
            if verb == b"DATA" and self.mode != "451-data":
                self._say(link, "354 go on")
                self._letter(link, lines)
                return
            if not self._answer(link, verb):
                return

    def _answer(self, link: socket.socket, verb: bytes) -> bool:
        """Answer one step; False to hang up."""
        if verb == b"EHLO" and self.mode == "requiretls":
            self._say(link, "250-small server")
            self._say(link, "250 REQUIRETLS")
            return True
        step = {b"MAIL": "mail", b"RCPT": "rcpt", b"DATA": "data"}.get(verb)
        if step:
            return self._step(link, step)
        self._say(link, "250 ok")
        return True

    def _step(self, link: socket.socket, step: str) -> bool:
        if self.mode in {f"451-{step}", f"550-{step}"}:
            self._say(link, f"{self.mode[:3]} no")
            return True
        if self.mode == f"reset-{step}":
            return False
        self._say(link, "250 ok")
        return True

    def _letter(self, link: socket.socket, lines: object) -> None:
        content = b""
        for raw in lines:  # type: ignore[attr-defined]
            if raw == b".\r\n":
                break
            content += raw
            if self.mode == "reset-before-dot":
                return
        self.accepted.append(content)
        if self.mode == "close-after-dot":
            return
        if self.mode == "hang-after-dot":
            link.recv(100)
            return
        if self.mode == "552-after-dot":
            self.accepted.pop()
            self._say(link, "552 too large")
            return
        self._say(link, "250 taken")
        if self.mode == "close-after-250":
            return
        link.recv(100)

    def _drip(self, link: socket.socket) -> None:
        """A banner that never ends, one letter at a time: each step is in time, the whole is not."""
        for letter in b"220 " + b"x" * 1000:
            link.sendall(bytes([letter]))
            time.sleep(0.5)

    def _say(self, link: socket.socket, words: str) -> None:
        link.sendall(words.encode() + b"\r\n")
