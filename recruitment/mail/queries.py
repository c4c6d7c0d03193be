"""Letters that somebody must look at."""

from django.db.models import QuerySet

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.mail.models import Message, MessageState
from recruitment.people.actor import Actor

IN_DOUBT = (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNCERTAIN)


def letters_in_doubt(actor: Actor) -> QuerySet[Message]:
    """Failed, bounced, or perhaps not sent, about applications whose letters are the actor's; newest first."""
    letters = visible(actor, Permission.MESSAGE_SEND_STANDARD, Message.objects.filter(state__in=IN_DOUBT))
    return letters.select_related("application__case", "candidate").order_by("-created_at")
