"""Calling another house over HTTPS, from settings that a person typed: only public addresses, no redirects, no proxies, little time.

The name is resolved once, every address it gives is checked, and the connection goes to the checked address: a second
answer of the name server changes nothing. `CHANNEL_TRUSTED_HOSTS` names hosts that may be private or without TLS.
"""

import datetime as dt
import http.client
import ipaddress
import json
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from recruitment import clock

WHOLE_CALL = 20.0  # seconds, however slowly the other side speaks
STEP = 10.0
LONGEST_ANSWER = 65_536  # bytes that are read of an answer
LONGEST_WAIT = dt.timedelta(days=1)  # that anybody may ask us for
HTTPS = 443
#: Ways to write a private IPv4 address as an IPv6 one, beside those that Python knows as private.
DISGUISES = [ipaddress.ip_network(n) for n in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")]


class Forbidden(Exception):
    """The address may not be called: private, not HTTPS, or no address at all."""


class NoAnswer(Exception):
    """Nothing came back. `sent` says whether the other side may have heard."""

    def __init__(self, why: str, *, sent: bool) -> None:
        super().__init__(why)
        self.sent = sent


@dataclass(frozen=True)
class Answer:
    """Status, headers (small letters) and the first 64 KiB of what came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object; empty for anything else."""
        try:
            read = json.loads(self.body)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    @property
    def retry_after(self) -> dt.timedelta | None:
        """How long the other side asks us to wait, at most a day; None where it says nothing that can be read."""
        text = self.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            return min(dt.timedelta(seconds=int(text[:9])), LONGEST_WAIT)
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return None
        return min(max(until.astimezone(dt.UTC) - clock.now(), dt.timedelta(0)), LONGEST_WAIT)


@dataclass(frozen=True)
class _Place:
    scheme: str
    host: str
    port: int
    path: str
    is_trusted: bool


def check_address(address: str) -> None:
    """Raise Forbidden unless the address may be called now."""
    _permitted(_place(address))


def call(address: str, *, method: str = "POST", body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
    """One request. Raises Forbidden, or NoAnswer; every status that comes back is an answer, redirects too."""
    begun, place = time.monotonic(), _place(address)
    connection = _Connection(place, _permitted(place))
    watchdog = threading.Timer(WHOLE_CALL - (time.monotonic() - begun), connection.hang_up)
    watchdog.daemon = True
    watchdog.start()
    sent = False
    try:
        connection.connect()
        sent = True
        connection.request(method, place.path, body or None, dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        said = response.read(LONGEST_ANSWER)
        connection.refuse_if_cut()  # or half an answer would pass for a whole one
        return Answer(response.status, found, said)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NoAnswer(f"{type(error).__name__}: {error}"[:200], sent=sent) from error
    finally:
        watchdog.cancel()
        connection.close()


def _place(address: str) -> _Place:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as wrong:
        raise Forbidden(_("This is not an address.")) from wrong
    host = (parts.hostname or "").lower()
    if parts.scheme not in {"https", "http"} or not host or parts.username is not None or _has_odd_signs(address):
        raise Forbidden(_("Write an address that begins with https://"))
    port = port or (HTTPS if parts.scheme == "https" else 80)
    trusted = {host, f"{host}:{port}"} & set(settings.CHANNEL_TRUSTED_HOSTS)
    if not trusted and (parts.scheme, port) != ("https", HTTPS):
        raise Forbidden(_("Write an address that begins with https:// and has no port."))
    path = parts.path or "/"
    return _Place(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path, bool(trusted))


def _has_odd_signs(address: str) -> bool:
    return any(sign.isspace() or not sign.isprintable() or sign == "\\" for sign in address) or not address.isascii()


def _permitted(place: _Place) -> str:
    """The address to connect to. One forbidden address among several is enough to refuse."""
    addresses = _looked_up(place)
    if not place.is_trusted and not all(map(_is_public, addresses)):
        raise Forbidden(_("The address leads into a private network."))
    return addresses[0]


def _looked_up(place: _Place) -> list[str]:
    """Beside the caller, since nobody can set how patient the machine's resolver is."""
    heard: queue.SimpleQueue[list[str]] = queue.SimpleQueue()

    def look() -> None:
        try:
            found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        heard.put([str(entry[4][0]) for entry in found])

    threading.Thread(target=look, name="name server", daemon=True).start()
    try:
        addresses = heard.get(timeout=STEP)
    except queue.Empty:
        addresses = []
    if not addresses:
        raise NoAnswer(_("The host is not known."), sent=False)
    return addresses


def _is_public(text: str) -> bool:
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    if mapped is not None:
        return _is_public(str(mapped))
    disguised = address.version == 6 and any(address in network for network in DISGUISES)
    return address.is_global and not address.is_multicast and not address.is_reserved and not disguised


class _Connection(http.client.HTTPConnection):
    """To an address that was checked, under the name that was asked for."""

    def __init__(self, place: _Place, address: str) -> None:
        super().__init__(place.host, place.port, timeout=STEP)
        self.place, self.address = place, address
        self.held: socket.socket | None = None  # `sock` is let go of while an answer is still being read
        self.is_cut = False

    def connect(self) -> None:
        self._hold(socket.create_connection((self.address, self.place.port), self.timeout))
        if self.place.scheme == "https":
            context = ssl.create_default_context()
            tunnel = context.wrap_socket(self.sock, server_hostname=self.place.host, do_handshake_on_connect=False)
            self._hold(tunnel)
            tunnel.do_handshake()

    def _hold(self, line: socket.socket) -> None:
        self.sock = self.held = line
        self.refuse_if_cut()

    def refuse_if_cut(self) -> None:
        """Raise TimeoutError when the time was over meanwhile."""
        if self.is_cut:
            raise TimeoutError("too slow")

    def hang_up(self) -> None:
        """Cut the line, wherever the conversation stands."""
        self.is_cut = True
        if self.held is not None:
            try:
                self.held.shutdown(socket.SHUT_RDWR)
            except OSError:
                return
