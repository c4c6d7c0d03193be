"""Answers in the secure inbox: the applicant writes back, with files; HR sees it as a task; a letter and its answers are a thread."""

import datetime as dt
from collections.abc import Iterable
from typing import BinaryIO

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.audit.record import record
from recruitment.documents.actions import receive
from recruitment.documents.models import Document, DocumentKind
from recruitment.errors import NotPossible, Obstacle
from recruitment.mail.actions import keep_incoming
from recruitment.mail.models import Channel, Direction, Message, MessageClass, MessageState
from recruitment.people.actor import Actor

LONGEST = 20_000
MOST_FILES = 5
MOST_A_DAY = 20  # replies of one applicant to one thread
REPLY = "REPLY"


def thread_of(message: Message) -> list[Message]:
    """The first letter and everything written in answer to it, oldest first; what was stopped is not there."""
    first = message.in_reply_to_id or message.pk
    rows = Message.objects.filter(pk=first) | Message.objects.filter(in_reply_to=first)
    return list(
        rows.exclude(state__in=[MessageState.CANCELLED, MessageState.DRAFT])
        .select_related("institution", "application__case")
        .prefetch_related("attachments__pages")
        .order_by("created_at")
    )


@transaction.atomic
def reply(
    message: Message, text: str, *, actor: Actor, key: str, files: Iterable[tuple[BinaryIO, str]] = ()
) -> Message:
    """Write back to a letter in the secure inbox; the same key, the same reply. Files go through the one gate.

    Raises PermissionDenied for anybody but the reader, ValidationError for no words or a refused file: nothing is kept then.
    """
    first = (
        Message.objects.select_for_update(of=("self",))
        .select_related("candidate", "application")
        .get(pk=message.in_reply_to_id or message.pk)
    )
    if actor.user is None or first.candidate is None or first.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    _refuse_too_much(first, text)
    made, is_new = keep_incoming(
        key=f"reply:{first.pk}:{key}"[:160], code=REPLY, application=first.application, candidate=first.candidate,
        institution=first.institution, language=first.language, subject=_answer_to(first.subject), text=text.strip(),
        channel=Channel.SECURE, sender=actor.user.email, message_class=first.message_class, in_reply_to=first,
    )  # fmt: skip
    if is_new:
        made.attachments.set(_kept(made, list(files), actor))
        record(actor, "letter.reply", made)
    return made


def _refuse_too_much(first: Message, text: str) -> None:
    if not text.strip():
        raise ValidationError(_("Write your message."), code="empty")
    if len(text) > LONGEST:
        raise ValidationError(_("The message is too long. Attach it as a file instead."), code="too_long")
    since = clock.now() - dt.timedelta(days=1)
    if first.replies.filter(direction=Direction.INCOMING, created_at__gt=since).count() >= MOST_A_DAY:
        raise NotPossible(
            [Obstacle("too_many", _("You have written many messages today. Call us, or go on tomorrow."))]
        )


def _kept(message: Message, files: list[tuple[BinaryIO, str]], actor: Actor) -> list[Document]:
    if files and message.application is None:
        raise ValidationError(_("Files cannot be attached to this message."), code="no_application")
    if len(files) > MOST_FILES:
        raise ValidationError(_("At most %d files can be attached.") % MOST_FILES, code="too_many_files")
    return [
        receive(stream, name, application=message.application, kind=DocumentKind.MESSAGE, actor=actor)
        for stream, name in files
    ]


def _answer_to(subject: str) -> str:
    return subject if subject.startswith(("Sv: ", "Re: ")) else f"Sv: {subject}"[:250]


def is_confidential(message: Message) -> bool:
    """Whether a mailed code alone does not open it."""
    return message.message_class != MessageClass.STANDARD
