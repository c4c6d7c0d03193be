"""Letters that somebody must look at."""

from django.db.models import QuerySet

from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.mail.models import Message, MessageState
from recruitment.organisation.models import Institution
from recruitment.people.actor import Actor
from recruitment.people.models import User

IN_DOUBT = (MessageState.FAILED, MessageState.BOUNCED, MessageState.UNCERTAIN)


def letters_in_doubt(actor: Actor) -> QuerySet[Message]:
    """Failed, bounced, or perhaps not sent, about applications whose letters are the actor's; newest first."""
    letters = visible(actor, Permission.MESSAGE_SEND_STANDARD, Message.objects.filter(state__in=IN_DOUBT))
    return letters.select_related("application__case", "candidate").order_by("-created_at")


def invitation_of(user: User, institution: Institution) -> Message | None:
    """The newest letter that told the person how to sign in."""
    letters = Message.objects.filter(code="STAFF_INVITED", recipient__iexact=user.email, institution=institution)
    return letters.order_by("-created_at").first()
