"""What mail servers tell about our letters: delivery notices (RFC 3464) and plain bounces that carry our Message-ID.

Everything read here was written by strangers: nothing of it is run, followed or shown as markup, and what cannot be
understood is left lying. Who forges a bounce must know the Message-ID, which only the letter's way and its reader know.
"""

import email
import logging
import re
from dataclasses import dataclass
from email.message import Message as Mail
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction

from recruitment import clock
from recruitment.errors import NotPossible
from recruitment.lifecycle import make
from recruitment.mail.actions import send_copy
from recruitment.mail.delivery import wants_encryption
from recruitment.mail.lifecycle import BOUNCE, DELIVER
from recruitment.mail.models import Channel, Message, Settled
from recruitment.people.actor import Actor

logger = logging.getLogger(__name__)
LARGEST = 2_000_000  # bytes of a mail that is looked into
MOST_PARTS = 100
MOST_REPORTS = 20
POSTMASTER = Actor.house("bounces")
_OURS = re.compile(r"<[0-9a-f]{32}@[^<>\s]{1,80}>")
_SENDER = re.compile(r"mailer-daemon|postmaster|mail delivery|microsoft exchange", re.IGNORECASE)
_FINAL = re.compile(
    r"\b5\.\d{1,3}\.\d{1,3}\b|\b55\d\b|permanent|undeliver|could not be delivered|kunne ikke leveres", re.IGNORECASE
)
#: The receiving server does not speak TLS, and our relay may not do without (RFC 8689, Postfix).
_NO_TLS = re.compile(
    r"[45]\.7\.(?:4|10|30)\b|\btls\b[^.\n]{0,60}(?:required|not offered|not available|handshake)|requiretls",
    re.IGNORECASE,
)


class Fate(StrEnum):
    """What became of a letter."""

    FAILED = "failed"
    DELIVERED = "delivered"


@dataclass(frozen=True)
class Report:
    """One letter's fate, as somebody's server tells it."""

    message_id: str
    fate: Fate
    words: str


def read_reports(raw: bytes) -> list[Report]:
    """What a mail tells about letters of ours; nothing for any other mail, however it is built."""
    if len(raw) > LARGEST:
        return []
    try:
        mail = email.message_from_bytes(raw)
        parts = _parts(mail)
        return _from_notice(parts) or _from_plain(mail, parts)
    except Exception:  # noqa: BLE001 - a parser that a stranger has broken says nothing
        logger.warning("a bounce could not be read")
        return []


def _parts(mail: Mail) -> list[Mail]:
    found = []
    for part in mail.walk():
        found.append(part)
        if len(found) >= MOST_PARTS:
            break
    return found


def _from_notice(parts: list[Mail]) -> list[Report]:
    """By RFC 3464: blocks of fields about each recipient, and the letter's own header beside them."""
    notice = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    blocks: Any = notice.get_payload() if notice is not None else None
    named = _named(parts)
    if not isinstance(blocks, list) or named is None:
        return []
    reports = []
    for block in blocks[:MOST_REPORTS]:
        action = str(block.get("Action", "")).strip().lower()
        if action in set(Fate):
            words = f"{block.get('Status', '')} {block.get('Diagnostic-Code', '')}"
            reports.append(Report(named, Fate(action), _clean(words)))
    return reports


def _named(parts: list[Mail]) -> str | None:
    """Our Message-ID from the letter (or its header) that the notice returns."""
    for part in parts[1:]:
        header = email.message_from_string(_text(part)) if part.get_content_type() == "text/rfc822-headers" else part
        if found := _OURS.search(str(header.get("Message-ID", ""))):
            return found[0]
    return None


def _from_plain(mail: Mail, parts: list[Mail]) -> list[Report]:
    """From a postmaster, with our Message-ID in its words, saying that it is over; not from somebody who is on holiday."""
    told = str(mail.get("Auto-Submitted", "")).lower()
    sender = f"{mail.get('From', '')} {mail.get('Return-Path', '')}"
    if "auto-replied" in told and "<>" not in sender:
        return []
    if not _SENDER.search(sender) and "<>" not in sender:
        return []
    words = "\n".join(_text(part) for part in parts if part.get_content_maintype() == "text")[:LARGEST]
    numbers = {*_OURS.findall(words), *([named] if (named := _named(parts)) else [])}
    if len(numbers) != 1 or not _FINAL.search(words):
        return []
    reason = next((line for line in words.splitlines() if _FINAL.search(line)), "")
    return [Report(numbers.pop(), Fate.FAILED, _clean(reason))]


def _text(part: Mail) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else str(part.get_payload())


def _clean(words: str) -> str:
    """One printable line."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in words).split())[:300]


@transaction.atomic
def take_in(report: Report) -> Message | None:
    """Note on the letter what became of it; None for a letter that is not ours or cannot come back any more.

    Where the institution wants encryption and the receiving server has none, the letter is posted in the secure inbox.
    """
    letter = (
        Message.objects.select_for_update(of=("self",))
        .select_related("institution__settings")
        .filter(message_id=report.message_id)
        .first()
    )
    if letter is None:
        return None
    move, about = (
        (DELIVER, {"delivered_at": clock.now()})
        if report.fate == Fate.DELIVERED
        else (BOUNCE, {"last_error": report.words})
    )
    try:
        noted = make(move, letter, actor=POSTMASTER, **about)
    except NotPossible:
        return None
    if move is BOUNCE and wants_encryption(noted) and _NO_TLS.search(report.words):
        send_copy(noted, to=noted.recipient, channel=Channel.SECURE, actor=POSTMASTER)
        noted.settled_at, noted.settled_how = clock.now(), Settled.AGAIN
        noted.save(update_fields=["settled_at", "settled_how"])
    return noted


def read_maildir(place: Path) -> int:
    """Read what lies in `new`, and put it into `cur` as seen; returns how many letters it told about.

    A mail that is read twice, because somebody pulled the plug in between, changes nothing the second time.
    """
    told = 0
    for mail in sorted((place / "new").iterdir()):
        with mail.open("rb") as stored:
            raw = stored.read(LARGEST + 1)
        told += sum(take_in(report) is not None for report in read_reports(raw))
        mail.rename(place / "cur" / f"{mail.name.split(':')[0]}:2,S")
    return told
