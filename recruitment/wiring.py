"""Who answers whom: the only file in which a low room learns of a room above it."""

from django.db import transaction

from recruitment.access import decide
from recruitment.access.actions import SeatGiven, UserInvited
from recruitment.applications.queries import cases_applied_to
from recruitment.cases import letters
from recruitment.documents import actions as documents
from recruitment.events import ItemQueued, listen
from recruitment.mail import actions as mail
from recruitment.mail import delivery as mail_delivery
from recruitment.outbox import delivery
from recruitment.tasks import carry_out


def connect() -> None:
    """Called once, when Django is ready."""
    delivery.carriers[mail.OUTBOX_KIND] = (mail_delivery.deliver, mail_delivery.give_up)
    delivery.carriers[documents.OUTBOX_KIND] = (documents.process, documents.give_up)
    listen(ItemQueued, nudge_a_worker)
    listen(UserInvited, letters.welcome)
    listen(SeatGiven, letters.tell_of_seat)
    if cases_applied_to not in decide.applied_to:
        decide.applied_to.append(cases_applied_to)


def nudge_a_worker(event: ItemQueued) -> None:
    """After the commit, tell a worker; if the broker is away, the sweeper finds the item within half a minute."""
    transaction.on_commit(lambda: carry_out.apply_async([event.item_id], retry=False), robust=True)
