"""Writing a message: the row first, in the transaction of its cause; the outbox carries it afterwards."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from recruitment import clock
from recruitment.lifecycle import make
from recruitment.mail.lifecycle import NOTIFY, READ
from recruitment.mail.models import Channel, Direction, Message, MessageClass, MessageState, MessageTemplate
from recruitment.mail.render import Rendered, render
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.outbox.delivery import put
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate, User
from recruitment.rows import uuid7

OUTBOX_KIND = "mail"


def template_in_force(
    institution: Institution, code: str, language: str, *, unit: OrganisationalUnit | None = None
) -> MessageTemplate:
    """The newest active version of the nearest unit above, else of the institution, else the shipped one.

    Danish where the language has none.
    """
    found = MessageTemplate.objects.filter(code=code, active=True, language__in=[language, "da"]).filter(
        Q(institution=institution) | Q(institution__isnull=True)
    )
    path = unit.path if unit else ""
    ranked = [
        (t.language == language, t.institution_id is not None, len(t.unit.path) if t.unit else 0, t.version, t)
        for t in found.select_related("unit")
        if t.unit is None or path.startswith(t.unit.path)
    ]
    if not ranked:
        raise MessageTemplate.DoesNotExist(code)
    return max(ranked, key=lambda rank: rank[:4])[4]


@transaction.atomic
def send(
    code: str, *, to: Candidate, institution: Institution, values: Mapping[str, str], key: str, language: str = "da",
    about: Any = None, actor: Actor | None = None, announces: Message | None = None, calendar: str = "",
    template: MessageTemplate | None = None, priority: int = 0, on_paper: bool = False,
) -> Message | None:  # fmt: skip
    """One letter to one person; the same `key` gives the same letter.

    None for somebody without an e-mail address, unless it may go `on_paper`: then it waits for somebody to print it.
    STANDARD goes by e-mail, with an entry for the reader's calendar (RFC 5545) where one is given. Anything stricter is
    posted in the secure inbox, and the e-mail says only that it is there. `template` is a version chosen before, else
    the one in force.
    """
    if not to.email and not on_paper:
        return None
    if existing := Message.objects.filter(key=key).first():
        return existing
    template = template or template_in_force(institution, code, language, unit=unit_of(about))
    letter = render(template.subject, template.body, values, template_class=template.message_class)
    return send_written(
        letter, template, to=to, institution=institution, key=key, about=about, actor=actor, announces=announces,
        calendar=calendar, priority=priority, given_name=values.get("given_name", ""),
    )  # fmt: skip


@transaction.atomic
def send_written(
    letter: Rendered, template: MessageTemplate, *, to: Candidate, institution: Institution, key: str, about: Any = None,
    actor: Actor | None = None, announces: Message | None = None, calendar: str = "", priority: int = 0,
    given_name: str = "", in_reply_to: Message | None = None,
) -> Message:  # fmt: skip
    """Words that are ready go the way that their class and the reader's address ask for; the same key, the same letter."""
    if existing := Message.objects.filter(key=key).first():
        return existing
    about_it: dict[str, Any] = {
        "institution": institution, "key": key, "recipient": to.email, "application": about, "candidate": to,
        "sent_by": actor.user if actor else None, "announces": announces, "in_reply_to": in_reply_to,
    }  # fmt: skip
    if not to.email:
        return _keep(letter, template, channel=Channel.LETTER, state=MessageState.QUEUED, **about_it)
    if letter.message_class == MessageClass.STANDARD:
        message = _keep(
            letter, template, channel=Channel.EMAIL, state=MessageState.QUEUED, calendar=calendar, **about_it
        )
        _hand_over(message, priority)
        return message
    message = _keep(letter, template, channel=Channel.SECURE, state=MessageState.POSTED, **about_it)
    tell_of_secure_letter(message, given_name=given_name, actor=actor, priority=priority)
    return message


def unit_of(about: Any) -> OrganisationalUnit | None:
    """The unit whose letters are used for this application."""
    case = getattr(about, "case", None)
    return getattr(case, "unit", None)


def tell_of_secure_letter(
    message: Message, *, given_name: str = "", actor: Actor | None = None, priority: int = 0, again: str = ""
) -> Message | None:
    """The e-mail that says that a letter waits, and nothing else."""
    if message.candidate is None:
        return None
    return send(
        "SECURE_NOTICE", to=message.candidate, institution=message.institution, language=message.language,
        about=message.application, actor=actor, announces=message, priority=priority,
        values={"given_name": given_name or message.candidate.given_name, "institution": message.institution.name,
                "portal_link": inbox_link(message)}, key=f"notice:{message.pk}{again}",
    )  # fmt: skip


def inbox_link(message: Message) -> str:
    """Where the letter is read after sign-in, in its own language."""
    portal = settings.SITE_URL if message.language == "da" else f"{settings.SITE_URL}/{message.language}"
    return f"{portal}/mine/beskeder/{message.pk}/"


@transaction.atomic
def note_announced(notice: Message) -> None:
    """The e-mail has gone that says a letter waits in the secure inbox; one that has been read stays read."""
    if notice.announces_id is None:
        return
    posted = Message.objects.select_for_update().get(pk=notice.announces_id)
    if posted.state == MessageState.POSTED:
        make(NOTIFY, posted, actor=Actor.house("secure notice"))


@transaction.atomic
def open_message(message: Message, *, actor: Actor) -> Message:
    """The recipient opens a letter in the secure inbox; the first time is the one that counts as read."""
    locked = Message.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=message.pk)
    if actor.user is None or locked.candidate is None or locked.candidate.user_id != actor.user.pk:
        raise PermissionDenied
    if not locked.is_unread:
        return locked
    return make(READ, locked, actor=actor, read_at=clock.now())


def send_to_colleague(
    code: str, *, to: User, institution: Institution, values: Mapping[str, str], key: str, actor: Actor,
) -> Message:  # fmt: skip
    """One internal letter to somebody who signs in; the same `key` gives the same letter. Raises ValueError as `send_to_address`."""
    return send_to_address(
        code, address=to.email, language=to.language, institution=institution, values=values, key=key, actor=actor
    )


@transaction.atomic
def send_to_address(
    code: str, *, address: str, language: str, institution: Institution, values: Mapping[str, str], key: str, actor: Actor,
) -> Message:  # fmt: skip
    """One letter to somebody who works with the house; the same `key` gives the same letter.

    Raises ValueError for words that are not STANDARD: there is no secure inbox for them, they read such things on the case.
    """
    if existing := Message.objects.filter(key=key).first():
        return existing
    template = template_in_force(institution, code, language)
    letter = render(template.subject, template.body, values, template_class=template.message_class)
    if letter.message_class != MessageClass.STANDARD:
        raise ValueError(code)
    message = _keep(
        letter,
        template,
        institution=institution,
        key=key,
        recipient=address,
        channel=Channel.EMAIL,
        sent_by=actor.user,
    )
    _hand_over(message)
    return message


def _keep(letter: Rendered, template: MessageTemplate, **about: Any) -> Message:
    """The letter as it was written, with the template that it came from."""
    return Message.objects.create(
        template=template, code=template.code, language=template.language, subject=letter.subject, text=letter.text,
        html=letter.html, message_class=letter.message_class, message_id=_message_id(), **about,
    )  # fmt: skip


@transaction.atomic
def send_copy(letter: Message, *, to: str, channel: Channel, actor: Actor) -> Message:
    """The same words to the same person by another way or to another address; once for each way and address."""
    key = f"again:{letter.pk}:{channel}:{to.lower()}"[:160]
    if existing := Message.objects.filter(key=key).first():
        return existing
    copied = {name: getattr(letter, name) for name in _WORDS}
    made = Message.objects.create(
        **copied, key=key, recipient=to, channel=channel, state=_FIRST_STATE[channel], message_id=_message_id(),
        replaces=letter, sent_by=actor.user, calendar=letter.calendar if channel == Channel.EMAIL else "",
    )  # fmt: skip
    if channel == Channel.EMAIL:
        _hand_over(made)
    elif channel == Channel.SECURE:
        tell_of_secure_letter(made, actor=actor)
    return made


def keep_incoming(*, key: str, text: str, **about: Any) -> tuple[Message, bool]:
    """Keep what came to us; the same key, the same message. Second: whether it is new."""
    return Message.objects.get_or_create(
        key=key,
        defaults={
            **about, "text": text, "html": "", "direction": Direction.INCOMING, "state": MessageState.RECEIVED,
            "message_id": _message_id(),
        },
    )  # fmt: skip


#: What a copy takes over from the letter that did not get through.
_WORDS = (
    "institution", "application", "candidate", "template", "announces", "code", "language", "subject", "text", "html",
    "message_class", "in_reply_to",
)  # fmt: skip
_FIRST_STATE = {
    Channel.EMAIL: MessageState.QUEUED, Channel.SECURE: MessageState.POSTED, Channel.LETTER: MessageState.QUEUED,
}  # fmt: skip


def outbox_key(message: Message) -> str:
    """The key of the errand that carries the letter."""
    return f"mail:{message.pk}"


def _hand_over(message: Message, priority: int = 0) -> None:
    put(OUTBOX_KIND, message.pk, key=outbox_key(message), priority=priority)


def _message_id() -> str:
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0] or "localhost"
    return f"<{uuid7().hex}@{host}>"
