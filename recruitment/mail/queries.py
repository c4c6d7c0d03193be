"""Letters that somebody must look at, and the secure inbox of the one they were written to."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from recruitment import clock
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.mail.models import UNREAD, Channel, Direction, Message, MessageClass, MessageState
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

HELD_UP_AFTER = dt.timedelta(minutes=30)
IN_DOUBT = (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNCERTAIN)


def letters_in_doubt(actor: Actor) -> QuerySet[Message]:
    """Failed, bounced, or perhaps not sent, about applications whose letters are the actor's; newest first."""
    rows = Message.objects.filter(state__in=IN_DOUBT, settled_at__isnull=True)
    letters = visible(actor, Permission.MESSAGE_SEND_STANDARD, rows)
    return letters.select_related("application__case", "candidate").order_by("-created_at")


def letters_held_up(actor: Actor) -> QuerySet[Message]:
    """Mail that has been tried and has waited for the mail server for half an hour, the oldest first (F13)."""
    waiting = Message.objects.filter(
        state=MessageState.QUEUED, channel=Channel.EMAIL, attempts__gt=0, created_at__lte=clock.now() - HELD_UP_AFTER,
        application__isnull=False,
    )  # fmt: skip
    letters = visible(actor, Permission.MESSAGE_SEND_STANDARD, waiting)
    return letters.select_related("application__case", "candidate").order_by("created_at")


def letters_to_post(actor: Actor) -> QuerySet[Message]:
    """Letters on paper that somebody must print and post, oldest first."""
    rows = Message.objects.filter(channel=Channel.LETTER, state=MessageState.QUEUED, application__isnull=False)
    letters = visible(actor, Permission.MESSAGE_SEND_STANDARD, rows)
    if not may(actor, Permission.MESSAGE_SEND_CONFIDENTIAL):
        letters = letters.filter(message_class=MessageClass.STANDARD)
    return letters.select_related("application__case", "candidate").order_by("created_at")


def replies_to_read(actor: Actor) -> QuerySet[Message]:
    """What applicants have written that nobody has dealt with, oldest first."""
    rows = Message.objects.filter(direction=Direction.INCOMING, settled_at__isnull=True, application__isnull=False)
    letters = visible(actor, Permission.APPLICATION_CHANGE_STATE, rows)
    return letters.select_related("application__case", "candidate").order_by("created_at")


def secure_inbox(user: User) -> QuerySet[Message]:
    """Everything posted to the person, read or not, newest first; by proved address only."""
    return (
        in_the_inbox(Message.objects.filter(candidate__user=user))
        .select_related("institution", "application__case")
        .order_by("-created_at")
    )


def threads_of(user: User) -> QuerySet[Message]:
    """The inbox with answers folded into the letter they answer: how many, and how many of ours are unread; newest first."""
    unread = Q(replies__direction=Direction.OUTGOING, replies__state__in=UNREAD)
    return (
        secure_inbox(user)
        .exclude(in_reply_to__channel=Channel.SECURE)
        .annotate(
            answers=Count("replies", distinct=True),
            unread_answers=Count("replies", filter=unread, distinct=True),
            newest=Coalesce(Max("replies__created_at"), F("created_at")),
        )
        .order_by("-newest")
    )


def has_confidential_letters(application: Any) -> bool:
    """Whether something about the application may be read only after a second factor."""
    return Message.objects.filter(application=application).exclude(message_class=MessageClass.STANDARD).exists()


def in_the_inbox(letters: QuerySet[Message]) -> QuerySet[Message]:
    """Those of the letters that lie in a secure inbox."""
    return letters.filter(channel=Channel.SECURE, direction=Direction.OUTGOING, state__in=[*UNREAD, MessageState.READ])


def unread_by_application(applications: Iterable[Any]) -> dict[Any, int]:
    """How many letters in the secure inbox each application's applicant has not opened; one query."""
    letters = in_the_inbox(Message.objects.filter(application__in=list(applications), state__in=UNREAD))
    return dict(letters.order_by().values_list("application").annotate(n=Count("pk")))


def invitation_of(user: User, institution: Institution) -> Message | None:
    """The newest letter that told the person how to sign in."""
    letters = Message.objects.filter(code="STAFF_INVITED", recipient__iexact=user.email, institution=institution)
    return letters.order_by("-created_at").first()
