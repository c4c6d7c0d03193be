"""A mail that came to somebody's own mailbox, kept on the application: from a file (.eml) or pasted."""

import datetime as dt
import email
import hashlib
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO

import nh3
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.audit.record import record
from recruitment.documents.actions import receive
from recruitment.documents.models import Document, DocumentKind
from recruitment.documents.plaintext import storable
from recruitment.mail.actions import keep_incoming
from recruitment.mail.models import Channel, Message, MessageClass, Settled
from recruitment.people.actor import Actor

LARGEST = 15_000_000  # bytes of a file
LONGEST = 100_000  # characters of its words
MOST_FILES = 10
MOST_PARTS = 60
FILED = "FILED"


@dataclass(frozen=True)
class Read:
    """What of a mail is kept."""

    sender: str
    subject: str
    text: str
    sent_at: dt.datetime | None = None
    files: list[tuple[str, bytes]] = field(default_factory=list)
    raw: bytes = b""


@dataclass(frozen=True)
class Filed:
    """The kept mail, and the files that could not be kept with the reason why."""

    message: Message
    refused: list[str]


def read_mail(raw: bytes) -> Read:
    """A mail as a program saved it. Raises ValidationError for what is none; nothing of it is run or shown as markup."""
    if not raw.strip() or len(raw) > LARGEST:
        raise ValidationError(_("Choose a mail that was saved as a file (.eml), of at most 15 MB."), code="no_mail")
    try:
        mail = email.message_from_bytes(raw)
        parts = [part for _number, part in zip(range(MOST_PARTS), mail.walk(), strict=False)]
        text = _words(parts)
        sender, subject = parseaddr(_header(mail, "From"))[1], _header(mail, "Subject")
        files = _files(parts)
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as broken:
        raise ValidationError(_("This mail cannot be read. Paste its words instead."), code="no_mail") from broken
    if not sender and not text.strip():
        raise ValidationError(_("This mail cannot be read. Paste its words instead."), code="no_mail")
    return Read(sender, subject, text, _sent_at(mail), files, raw)


def _header(mail: Mail, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    try:
        words = str(make_header(decode_header(str(value))))
    except (LookupError, ValueError, MessageError):
        words = str(value)
    return " ".join(storable(words).split())[:250]


def _sent_at(mail: Mail) -> dt.datetime | None:
    try:
        told = parsedate_to_datetime(str(mail.get("Date", "")))
        return told if told.tzinfo else told.replace(tzinfo=dt.UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _words(parts: list[Mail]) -> str:
    """The plain part; of a mail that has only markup, its words."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() == kind and not part.get_filename():
                words = _decoded(part)
                if kind == "text/html":
                    words = nh3.clean(words, tags=set(), clean_content_tags={"script", "style", "title"})
                if words.strip():
                    return storable(words).strip()[:LONGEST]
    return ""


def _decoded(part: Mail) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    try:
        return content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def _files(parts: list[Mail]) -> list[tuple[str, bytes]]:
    found: list[tuple[str, bytes]] = []
    for part in parts:
        name, content = part.get_filename(), part.get_payload(decode=True)
        if name and isinstance(content, bytes) and len(found) < MOST_FILES:
            found.append((" ".join(storable(str(name)).split())[:120], content))
    return found


@transaction.atomic
def file_mail(application: Application, mail: Read, *, actor: Actor) -> Filed:
    """Keep the mail on the application, once; files that the gate refuses are named and not kept."""
    require(actor, Permission.MESSAGE_SEND_STANDARD, application)
    if not mail.text.strip() and not mail.files:
        raise ValidationError(_("There are no words to keep."), code="empty")
    digest = hashlib.sha256(mail.raw or f"{mail.sender}\n{mail.subject}\n{mail.text}".encode()).hexdigest()
    now = clock.now()
    message, made = keep_incoming(
        key=f"filed:{application.pk}:{digest[:40]}", code=FILED, application=application, candidate=application.candidate,
        institution=application.case.institution, language=application.language, subject=mail.subject or _("Mail without a subject"),
        text=mail.text, channel=Channel.EMAIL, sender=_address(mail.sender), raw=mail.raw or None,
        message_class=MessageClass.CONFIDENTIAL, sent_by=actor.user,
        sent_at=min(mail.sent_at, now) if mail.sent_at else None, settled_at=now, settled_by=actor.user, settled_how=Settled.SEEN,
    )  # fmt: skip
    refused: list[str] = []
    if made:
        kept = keep_files(application, mail.files, actor=actor, refused=refused)
        message.attachments.set(kept)
        record(actor, "letter.file", message)
    return Filed(message, refused)


def keep_files(
    application: Application, files: list[tuple[str, bytes]], *, actor: Actor, refused: list[str]
) -> list[Document]:
    """Files through the one gate; the names of those it refuses are added to `refused` with the reason."""
    kept = []
    for name, content in files:
        try:
            kept.append(
                receive(BytesIO(content), name, application=application, kind=DocumentKind.MESSAGE, actor=actor)
            )
        except ValidationError as refusal:
            refused.append(f"{name}: {' '.join(refusal.messages)}")
    return kept


def _address(typed: str) -> str:
    found = parseaddr(typed)[1]
    return found if "@" in found and len(found) <= 254 else ""
