"""Letters of a case that a person may see, and the lines of a sending."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.cases.models import RecruitmentCase
from recruitment.letters.models import BulkLine, BulkSending, LineState
from recruitment.mail.models import Message, MessageClass
from recruitment.people.actor import Actor

INTERVIEW = "INTERVIEW_"  # how the codes of interview letters begin


def letters_seen(actor: Actor, case: RecruitmentCase) -> QuerySet[Message]:
    """The letters about the case's applications that the person meets, newest first.

    HR all; support the standard ones; a manager those about interviews, and what they have written themselves.
    """
    letters = Message.objects.filter(application__case=case).order_by("-created_at", "-pk")
    if may(actor, Permission.MESSAGE_SEND_STANDARD, case):
        if may(actor, Permission.MESSAGE_SEND_CONFIDENTIAL, case):
            return letters
        return letters.filter(message_class=MessageClass.STANDARD)
    if may(actor, Permission.MESSAGE_SEND_INTERVIEW, case):
        return letters.filter(Q(code__startswith=INTERVIEW) | Q(sent_by=actor.user))
    return letters.none()


@transaction.atomic
def open_letter(letter: Message, *, actor: Actor) -> Message:
    """Somebody reads a letter in the workbench: noted in the trail, once for each opening."""
    record(actor, "letter.open", letter)
    return letter


@dataclass(frozen=True)
class LetterFilter:
    """What a list of letters is narrowed by."""

    words: str = ""
    state: str = ""
    code: str = ""
    channel: str = ""

    def narrow(self, letters: QuerySet[Message]) -> QuerySet[Message]:
        """Those that fit."""
        if self.words:
            letters = letters.filter(
                Q(application__candidate__given_name__icontains=self.words)
                | Q(application__candidate__family_name__icontains=self.words)
                | Q(application__reference__iexact=self.words)
                | Q(subject__icontains=self.words)
            )
        exact = {"state": self.state, "code": self.code, "channel": self.channel}
        return letters.filter(**{name: value for name, value in exact.items() if value})


def sendings_of(actor: Actor, case: RecruitmentCase) -> QuerySet[BulkSending]:
    """What has been sent to many of the case, newest first."""
    rows = BulkSending.objects.filter(case=case).select_related("made_by")
    return visible(actor, Permission.MESSAGE_SEND_STANDARD, rows)


def lines_of(sending: BulkSending, *, state: str = "", delivery: str = "") -> QuerySet[BulkLine]:
    """The lines with what became of each, those left out last."""
    rows = sending.lines.select_related("application__candidate", "message", "template").order_by("position")
    if state in LineState.values:
        rows = rows.filter(state=state)
    return rows.filter(message__state=delivery) if delivery else rows
