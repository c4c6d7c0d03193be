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

    def __post_init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
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
            return self._say(link, "421 later")
        if self.mode == "hang":
            time.sleep(1.5)
            return None
        lines = link.makefile("rb")
        self._say(link, "220 small server")
        for raw in lines:
            verb = raw.strip().upper()
            if verb.startswith((b"EHLO", b"HELO")):
                self._say(link, "250 hello")
            elif verb.startswith(b"MAIL"):
                if not self._step(link, "mail"):
                    return None
            elif verb.startswith(b"RCPT"):
                if not self._step(link, "rcpt"):
                    return None
            elif verb == b"DATA":
                if self.mode == "451-data":
                    self._say(link, "451 not now")
                    continue
                self._say(link, "354 go on")
                return self._letter(link, lines)
            else:
                self._say(link, "250 ok")
        return None

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
        if self.mode == "552-after-dot":
            self.accepted.pop()
            self._say(link, "552 too large")
            return
        self._say(link, "250 taken")
        if self.mode == "close-after-250":
            return
        link.recv(100)

    def _say(self, link: socket.socket, words: str) -> None:
        link.sendall(words.encode() + b"\r\n")
