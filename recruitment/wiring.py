"""Who answers whom: the only file in which a low room learns of a room above it."""

from django.db import transaction

from recruitment.access import decide
from recruitment.access.actions import SeatGiven, UserInvited
from recruitment.advertising.actions import AdChanged
from recruitment.advertising.taking_down import call_media_back
from recruitment.applications.blinding import number_the_received
from recruitment.applications.queries import cases_applied_to
from recruitment.assessments.exports import folder
from recruitment.assessments.guards import nobody_has_opened_it, somebody_is_not_assessed
from recruitment.cases import letters
from recruitment.cases.actions import DeadlineMoved
from recruitment.cases.models import RecruitmentCase
from recruitment.channels import delivery as media
from recruitment.channels import following
from recruitment.documents import actions as documents
from recruitment.events import ItemQueued, StateChanged, listen
from recruitment.lifecycle import Guard, contributed
from recruitment.mail import actions as mail
from recruitment.mail import delivery as mail_delivery
from recruitment.outbox import delivery
from recruitment.tasks import carry_out


def connect() -> None:
    """Called once, when Django is ready."""
    delivery.carriers[mail.OUTBOX_KIND] = (mail_delivery.deliver, mail_delivery.give_up)
    delivery.carriers[documents.OUTBOX_KIND] = (documents.process, documents.give_up)
    delivery.carriers[folder.OUTBOX_KIND] = (folder.build, folder.give_up)
    delivery.carriers[following.DELIVER] = (media.deliver, media.give_up)
    delivery.carriers[following.ASK] = (media.ask, media.give_up_asking)
    listen(ItemQueued, nudge_a_worker)
    listen(AdChanged, media_follow_the_ad)
    listen(DeadlineMoved, media_follow_the_deadline)
    listen(StateChanged, following.follow_move)
    listen(StateChanged, media_follow_the_case)
    listen(StateChanged, number_the_received)
    listen(UserInvited, letters.welcome)
    listen(SeatGiven, letters.tell_of_seat)
    if cases_applied_to not in decide.applied_to:
        decide.applied_to.append(cases_applied_to)
    contribute("RecruitmentCase.begin_decision", somebody_is_not_assessed)
    contribute("RecruitmentCase.decide_without_interviews", somebody_is_not_assessed)
    contribute("Application.reject", nobody_has_opened_it)  # waits for the move (INV-25)


def contribute(move: str, guard: Guard) -> None:
    """A room above has something to say about a move of a room below."""
    guards = contributed.setdefault(move, [])
    if guard not in guards:
        guards.append(guard)


def nudge_a_worker(event: ItemQueued) -> None:
    """After the commit, tell a worker; if the broker is away, the sweeper finds the item within half a minute."""
    transaction.on_commit(lambda: carry_out.apply_async([event.item_id], retry=False), robust=True)


def media_follow_the_ad(event: AdChanged) -> None:
    """Other people's media are told of what goes out."""
    following.follow_ad(event.round, event.publication)


def media_follow_the_deadline(event: DeadlineMoved) -> None:
    """Whoever shows the old date is told of the new one."""
    following.follow_ad(event.round, has_moved=True)


def media_follow_the_case(event: StateChanged) -> None:
    """A case that is called back is shown nowhere."""
    if isinstance(event.row, RecruitmentCase) and event.move == "call_back":
        call_media_back(event.row)
