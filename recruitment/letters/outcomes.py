"""What a person does about a letter that did not get through: again to the right address, on paper, by telephone."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import Event, tell
from recruitment.lifecycle import make
from recruitment.mail.actions import outbox_key, send_copy
from recruitment.mail.lifecycle import CANCEL, CONFIRM, POST_LETTER
from recruitment.mail.models import Channel, Direction, Message, MessageClass, MessageState, Settled
from recruitment.mail.queries import IN_DOUBT
from recruitment.outbox.delivery import withdraw
from recruitment.people.actor import Actor


def right_for(message: Message) -> Permission:
    """What the class of a letter asks of whoever sends it, again or in another way."""
    if message.message_class == MessageClass.STANDARD:
        return Permission.MESSAGE_SEND_STANDARD
    return Permission.MESSAGE_SEND_CONFIDENTIAL


def _letter_in_doubt(message: Message, actor: Actor) -> Message:
    """The letter, locked; a notice stands for the letter that it tells of. Raises where there is nothing to do about it."""
    locked = (
        Message.objects.select_for_update(of=("self",)).select_related("announces", "application").get(pk=message.pk)
    )
    require(actor, right_for(locked.announces or locked), locked)
    if locked.state not in IN_DOUBT or locked.settled_at is not None:
        raise NotPossible([Obstacle("settled", _("Somebody has seen to this letter already."))])
    return locked


@transaction.atomic
def send_again(message: Message, address: str, *, actor: Actor) -> Message:
    """The same words once more, to this address; a corrected address becomes the applicant's.

    Of a letter in the secure inbox the notice goes again. Raises ValidationError for what is no address.
    """
    validate_email(address)
    letter = _letter_in_doubt(message, actor)
    person = letter.candidate
    if person is not None and person.email.lower() != address.lower():
        person.email = address.strip()
        person.save(update_fields=["email"])
        record(actor, "candidate.correct_address", letter)
    again = send_copy(letter, to=address.strip(), channel=Channel.EMAIL, actor=actor)
    _settle(letter, Settled.AGAIN, actor)
    return again


@transaction.atomic
def send_on_paper(message: Message, *, actor: Actor) -> Message:
    """The same words as a letter that somebody prints and posts: a task until they have."""
    letter = _letter_in_doubt(message, actor)
    words = letter.announces or letter
    paper = send_copy(words, to="", channel=Channel.LETTER, actor=actor)
    _settle(letter, Settled.PAPER, actor)
    return paper


@transaction.atomic
def told_by_phone(message: Message, note: str, *, actor: Actor) -> Message:
    """The person was told by telephone; who, when and what was said is kept."""
    letter = _letter_in_doubt(message, actor)
    if not note.strip():
        raise NotPossible([Obstacle("note_missing", _("Write whom you spoke to, when, and what you said."), "note")])
    return _settle(letter, Settled.PHONE, actor, note)


@transaction.atomic
def has_arrived(message: Message, *, actor: Actor) -> Message:
    """A doubtful letter has arrived, as somebody knows."""
    letter = _letter_in_doubt(message, actor)
    confirmed = make(CONFIRM, letter, actor=actor, sent_at=letter.sent_at or clock.now())
    return _settle(confirmed, Settled.ARRIVED, actor)


@dataclass(frozen=True)
class LetterSettled(Event):
    """Somebody has done something about a letter that did not get through."""

    message: Message
    how: Settled
    note: str
    actor: Actor


def _settle(letter: Message, how: Settled, actor: Actor, note: str = "") -> Message:
    letter.settled_at, letter.settled_by, letter.settled_how = clock.now(), actor.user, how
    letter.settled_note = note.strip()
    letter.save(update_fields=["settled_at", "settled_by", "settled_how", "settled_note"])
    record(actor, "letter.settle", letter, how=how)
    tell(LetterSettled(letter, how, letter.settled_note, actor))
    return letter


@transaction.atomic
def posted(message: Message, *, actor: Actor) -> Message:
    """A letter on paper has been printed and posted."""
    require(actor, right_for(message), message)
    return make(POST_LETTER, message, actor=actor, sent_at=clock.now())


@transaction.atomic
def call_back(message: Message, *, actor: Actor) -> Message:
    """Do not send what has not gone. Raises NotPossible for one that is on its way at this moment."""
    if message.channel == Channel.EMAIL and not withdraw(outbox_key(message)):
        raise NotPossible([Obstacle("on_its_way", _("The letter is on its way; it is too late."))])
    return make(CANCEL, message, actor=actor)


@transaction.atomic
def ask_for_paper(message: Message, *, actor: Actor) -> Message:
    """The applicant cannot or will not open a letter in the secure inbox: it comes on paper. Once a letter."""
    locked = Message.objects.select_for_update(of=("self",)).select_related("candidate").get(pk=message.pk)
    owner = locked.candidate.user_id if locked.candidate else None
    if actor.user is None or owner != actor.user.pk or locked.channel != Channel.SECURE:
        raise ValidationError(_("This letter cannot be sent on paper."))
    return send_copy(locked, to="", channel=Channel.LETTER, actor=actor)


@transaction.atomic
def deal_with(message: Message, *, actor: Actor) -> Message:
    """What an applicant wrote to us has been read and dealt with."""
    locked = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    require(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, locked)
    if locked.direction != Direction.INCOMING or locked.settled_at is not None:
        raise NotPossible([Obstacle("settled", _("Somebody has seen to this letter already."))])
    return _settle(locked, Settled.SEEN, actor)


def ways_out(message: Message) -> tuple[str, ...]:
    """What can be done about the letter now, by name of the deed; rights are not asked."""
    if message.channel == Channel.LETTER:
        return ("posted",) if message.state == MessageState.QUEUED else ()
    if message.settled_at is not None or message.direction == Direction.INCOMING:
        return ()
    if message.state in IN_DOUBT:
        doubtful = ("arrived",) if message.state == MessageState.UNCERTAIN else ()
        return ("again", "paper", "phone", *doubtful)
    return ("call_back",) if message.state == MessageState.QUEUED else ()
