"""Getting a letter out: the SMTP conversation step by step, so that we know what the other side can have got (F12)."""

import copy
import datetime as dt
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import cast

from django.conf import settings
from django.db import transaction

from recruitment import clock
from recruitment.lifecycle import make
from recruitment.mail.actions import note_announced
from recruitment.mail.footer import RULE, footer_of
from recruitment.mail.lifecycle import DELIVER, DOUBT, FAIL, SEND
from recruitment.mail.models import Channel, Message, MessageState
from recruitment.mail.render import as_html
from recruitment.outbox.delivery import DONE, MINUTE, Result, try_again
from recruitment.outbox.models import ItemState, OutboxItem
from recruitment.people.actor import Actor

LONGEST_CONVERSATION = 30.0  # seconds in all, however slowly the other side speaks (F14)
STEP_TIMEOUT = 15.0
REPEAT_UNCERTAIN_AFTER = 15 * MINUTE
BOUNCES_WITHIN = dt.timedelta(hours=24)
A_SWEEP = 500  # letters called delivered at a time
POST = Actor.house("mail")

#: Rooms above say which words of a letter open something: what it says as it is kept, what as it leaves. Filled by `wiring.py`.
opens: list[Callable[[Message], Mapping[str, str]]] = []


class Refused(Exception):
    """The server said no for good (5xx)."""


class Ambiguous(Exception):
    """The final dot was sent and no answer came: the letter may or may not have gone."""


@dataclass
class _Conversation:
    """One SMTP session that is cut off after thirty seconds."""

    server: smtplib.SMTP
    dot_sent: bool = False

    def step(self, answer: tuple[int, bytes], *expected: int) -> None:
        code, words = answer
        if code in expected:
            return
        text = words.decode("utf-8", "replace")[:200]
        if 500 <= code < 600:
            raise Refused(f"{code} {text}")
        raise smtplib.SMTPResponseException(code, text)

    def hand_over(self, sender: str, recipient: str, raw: bytes, *, encrypted: bool) -> None:
        asked = ["REQUIRETLS"] if encrypted and self.server.has_extn("requiretls") else []
        self.step(self.server.mail(sender, asked), 250)
        self.step(self.server.rcpt(recipient), 250, 251)
        self.step(self.server.docmd("DATA"), 354)
        body = smtplib._quote_periods(smtplib._fix_eols(raw.decode("ascii")).encode("ascii"))  # type: ignore[attr-defined]  # noqa: SLF001
        if not body.endswith(b"\r\n"):
            body += b"\r\n"
        self.server.send(body)
        self.dot_sent = True
        self.server.send(b".\r\n")
        self.step(self.server.getreply(), 250)


def as_bytes(message: Message) -> bytes:
    """The letter as it goes out, byte for byte: one recipient, text and HTML, nothing loaded from outside."""
    institution = message.institution
    letter = EmailMessage()
    letter["Subject"] = message.subject
    letter["From"] = formataddr((institution.sender_name or institution.name, sender_address(message)))
    letter["To"] = message.recipient
    if institution.reply_to_email or institution.support_email:
        letter["Reply-To"] = institution.reply_to_email or institution.support_email
    letter["Date"] = format_datetime(message.created_at.astimezone(dt.UTC))
    letter["Message-ID"] = message.message_id
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = message.language
    footer = footer_of(message)
    letter.set_content(f"{message.text.rstrip()}\n\n{footer}\n" if footer else message.text, cte="quoted-printable")
    html = f"{message.html}\n<hr>\n{as_html(footer.removeprefix(RULE))}" if footer else message.html
    page = f'<!doctype html><html lang="{message.language}"><head><meta charset="utf-8"><title>{_escaped(message.subject)}</title></head><body>{html}</body></html>'
    letter.add_alternative(page, subtype="html", cte="quoted-printable")
    if message.calendar:
        _enclose(letter, message.calendar)
    return letter.as_bytes()


def _as_it_leaves(message: Message, kept: bytes) -> bytes:
    """The letter with the words that open something. Only its reader has them: what we keep is the letter without."""
    words = {before: after for ask in opens for before, after in ask(message).items()}
    if not words:
        return kept
    leaving = copy.copy(message)
    for before, after in words.items():
        leaving.text, leaving.html = leaving.text.replace(before, after), leaving.html.replace(before, after)
    return as_bytes(leaving)


def _enclose(letter: EmailMessage, calendar: str) -> None:
    """The entry as a file that mail programs offer to put into the calendar."""
    method = next((line[7:].strip() for line in calendar.splitlines() if line.startswith("METHOD:")), "PUBLISH")
    letter.add_attachment(
        calendar.encode(), maintype="text", subtype="calendar", filename="invite.ics",
        params={"method": method, "charset": "utf-8"},
    )  # fmt: skip


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def sender_address(message: Message) -> str:
    """The institution's own address, else the portal's."""
    return message.institution.sender_email or settings.DEFAULT_FROM_EMAIL.split("<")[-1].rstrip(">")


def return_address(message: Message) -> str:
    """Where bounces go: to the mailbox that we read, where there is one."""
    return settings.BOUNCE_ADDRESS or sender_address(message)


def wants_encryption(message: Message) -> bool:
    """Whether the letter must not travel in the open: the institution's wish, but never for the notice that says nothing."""
    wishes = getattr(message.institution, "settings", None)
    return wishes is not None and wishes.mail_needs_encryption and message.announces_id is None


def converse(sender: str, recipient: str, raw: bytes, *, encrypted: bool = False) -> None:
    """Deliver to our relay; `encrypted` asks it to hand on by TLS or not at all (RFC 8689), where it knows of that. Raises Refused (for good), Ambiguous (after the dot), or OSError/SMTPException (try again)."""
    server = smtplib.SMTP(timeout=STEP_TIMEOUT)
    talk = _Conversation(server)
    watchdog = threading.Timer(LONGEST_CONVERSATION, _hang_up, [server])
    watchdog.daemon = True
    watchdog.start()
    try:
        talk.step(server.connect(settings.EMAIL_HOST, settings.EMAIL_PORT), 220)
        # Or the final dot waits in the kernel until the letter is acknowledged, and goes out even if we are killed meanwhile.
        cast("socket.socket", server.sock).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.ehlo_or_helo_if_needed()
        if settings.EMAIL_USE_TLS:
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if settings.EMAIL_HOST_USER:
            server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        talk.hand_over(sender, recipient, raw, encrypted=encrypted)
    except (OSError, smtplib.SMTPServerDisconnected) as error:
        if talk.dot_sent:
            raise Ambiguous(str(error)) from error
        raise
    finally:
        watchdog.cancel()
        server.close()


def _hang_up(server: smtplib.SMTP) -> None:
    if server.sock is not None:
        try:
            server.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def deliver(item: OutboxItem) -> Result:
    """Carry one letter out. Idempotent by its Message-ID; a letter that has gone is never sent again."""
    message = Message.objects.select_related("institution__settings").get(pk=item.subject)
    if message.state not in {MessageState.QUEUED, MessageState.UNCERTAIN}:
        return DONE
    if message.sent_at is None and (short_of_it := _handed_over(item, message)):
        return short_of_it
    with transaction.atomic():
        make(SEND, message, actor=POST, last_error="")
        note_announced(message)
    return DONE


def _handed_over(item: OutboxItem, message: Message) -> Result | None:
    """Give the letter to our relay; a result where that did not end with its 250.

    The 250 is written down at once and by itself: a worker that is killed after it has told us, and before the letter
    has become SENT with its history, has sent it all the same (F01).
    """
    raw = bytes(message.raw) if message.raw else as_bytes(message)
    _note(message, raw=raw, attempts=message.attempts + 1)
    leaving = _as_it_leaves(message, raw)
    try:
        converse(return_address(message), message.recipient, leaving, encrypted=wants_encryption(message))
    except Refused as error:
        return Result(ItemState.FAILED, str(error))
    except Ambiguous as error:
        return _uncertain(message, str(error))
    except (OSError, smtplib.SMTPException) as error:
        _note(message, last_error=str(error)[:300])
        return try_again(item, str(error))
    _note(message, sent_at=clock.now())
    return None


def call_delivered(now: dt.datetime) -> int:
    """Letters that went a day ago and have not come back count as delivered (C4); returns how many."""
    gone = Message.objects.filter(state=MessageState.SENT, channel=Channel.EMAIL, sent_at__lte=now - BOUNCES_WITHIN)
    letters = list(gone.order_by("sent_at")[:A_SWEEP])
    for letter in letters:
        with transaction.atomic():
            locked = Message.objects.select_for_update().get(pk=letter.pk)
            if locked.state == MessageState.SENT:
                make(DELIVER, locked, actor=POST, delivered_at=now)
    return len(letters)


def _uncertain(message: Message, error: str) -> Result:
    """After the final dot nobody knows: one repeat with the same number, then a person decides."""
    repeated = message.state == MessageState.UNCERTAIN
    make(DOUBT, message, actor=POST, last_error=error[:300])
    if repeated:
        return Result(ItemState.FAILED, error)
    return Result(ItemState.UNCERTAIN, error, again_after=REPEAT_UNCERTAIN_AFTER)


def give_up(item: OutboxItem) -> None:
    """The letter could not be sent: say so on it, so that it becomes a task for a person."""
    message = Message.objects.filter(pk=item.subject, state=MessageState.QUEUED).first()
    if message:
        make(FAIL, message, actor=POST, last_error=item.last_error[:300] or "failed")


def _note(message: Message, **fields: object) -> None:
    for name, value in fields.items():
        setattr(message, name, value)
    message.save(update_fields=[*fields])
