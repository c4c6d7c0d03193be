"""The mails that the local SMTP sink has caught, read as a recipient's program would read them."""

import datetime as dt
import os
import secrets
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cached_property
from pathlib import Path

from django.conf import settings

ENVELOPE_FROM, ENVELOPE_TO = "X-Envelope-From", "X-Envelope-To"


def folder() -> Path:
    return Path(settings.DATA_DIR) / "mail"


@dataclass(frozen=True)
class Attachment:
    """`content` is the decoded bytes."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class CaughtMail:
    """One file of the sink. `key` is its name without ending: newer keys sort after older ones."""

    path: Path
    key: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.path.stem)

    @cached_property
    def source(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.source, policy=policy.default)

    @property
    def recipients(self) -> list[str]:
        """Those of the envelope: who got it, not who the header says."""
        return self.message.get_all(ENVELOPE_TO, [])

    @property
    def sender(self) -> str:
        return str(self.message["From"] or "")

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def caught_at(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.path.stat().st_mtime, dt.UTC)

    @property
    def sent_at(self) -> dt.datetime | None:
        """Of the Date header; None where it is missing or broken."""
        date = self.message["Date"]
        return getattr(date, "datetime", None)

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True) or b"")
            for part in self.message.iter_attachments()
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return part.get_content() if part else ""


def newest_first() -> list[CaughtMail]:
    return [CaughtMail(path) for path in sorted(folder().glob("*.eml"), reverse=True)]


def by_key(key: str) -> CaughtMail | None:
    """None for anything that is not the key of a mail here; a path never gets through."""
    return next((mail for mail in newest_first() if mail.key == key), None)


def keep(source: bytes, *, sender: str, recipients: list[str], into: Path) -> Path:
    """Write the mail as it came, under its envelope; it appears whole or not at all."""
    into.mkdir(parents=True, exist_ok=True)
    envelope = "".join(
        f"{name}: {value}\r\n" for name, value in [(ENVELOPE_FROM, sender), *[(ENVELOPE_TO, to) for to in recipients]]
    )
    moment = dt.datetime.now(dt.UTC).strftime("%Y%m%dT%H%M%S%fZ")
    target = into / f"{moment}-{secrets.token_hex(4)}.eml"
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(envelope.encode("utf-8", "surrogateescape") + source)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(target)
    return target
