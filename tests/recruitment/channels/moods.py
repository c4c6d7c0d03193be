"""A receiver of webhooks in any mood, on real sockets: what it says, how slowly, whether it says anything at all (F29)."""

import datetime as dt
import socket
import ssl
import struct
import threading
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.recruitment.channels.partners import Call

INNER = "http://169.254.169.254/latest/meta-data/"
ANSWERS = {
    "ok": "204 No Content",
    "redirect": f"301 Moved Permanently\r\nLocation: {INNER}",
    "missing": "404 Not Found",
    "gone": "410 Gone",
    "busy": "429 Too Many Requests\r\nRetry-After: 3600",
    "broken": "500 Internal Server Error",
}
ENOUGH = 50_000_000  # bytes of an endless answer after which nobody is going to hang up any more


class Receiver:
    """Takes one request a connection. `mood` may be changed while it runs; `sent` counts the bytes of endless answers."""

    def __init__(self, mood: str = "ok", *, certificate: Path | None = None) -> None:
        self.mood, self.calls, self.sent = mood, list[Call](), 0
        self.is_over = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.tunnel = None
        if certificate is not None:
            self.tunnel = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.tunnel.load_cert_chain(certificate)
        self.host = f"127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.is_over.set()
        self.socket.close()

    @property
    def address(self) -> str:
        return f"{'https' if self.tunnel else 'http'}://{self.host}/hooks"

    def _accept(self) -> None:
        while not self.is_over.is_set():
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError):  # somebody hung up: that is what some tests are about
            if self.tunnel is not None:
                line = self.tunnel.wrap_socket(line, server_side=True)
            with line:
                self.calls.append(_heard(line))
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        if self.mood in ANSWERS:
            line.sendall(f"HTTP/1.1 {ANSWERS[self.mood]}\r\nContent-Length: 0\r\n\r\n".encode())
        else:
            getattr(self, f"_{self.mood}")(line)

    def _reset(self, line: socket.socket) -> None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _hang(self, _line: socket.socket) -> None:
        self.is_over.wait()

    def _drip(self, line: socket.socket) -> None:
        """A byte a second, without a length: its end is the end of the line."""
        line.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while not self.is_over.wait(1):
            line.sendall(b".")

    def _drip_head(self, line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not self.is_over.wait(1):
            line.sendall(b".")

    def _endless(self, line: socket.socket) -> None:
        line.sendall(b"HTTP/1.0 200 OK\r\n\r\n")
        while self.sent < ENOUGH:
            self.sent += line.send(b"." * 65_536)


def _heard(line: socket.socket) -> Call:
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += line.recv(65_536)
    head, _end, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, value in (text.split(": ", 1) for text in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += line.recv(65_536)
    return Call(first.split(" ")[1], headers, body)


def own_certificate(folder: Path) -> Path:
    """Key and certificate for this machine that nobody else has signed."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    hidden = serialization.NoEncryption()
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hidden)
    path = folder / "own.pem"
    path.write_bytes(written + made.public_bytes(serialization.Encoding.PEM))
    return path
