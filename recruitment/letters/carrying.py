"""What the worker does with one line of a sending: look whether it still fits, and write the one letter."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.letters.bulk import key_of
from recruitment.letters.lifecycle import FINISH
from recruitment.letters.models import BulkLine, BulkSending, LineState, SendingState
from recruitment.lifecycle import make, obstacles
from recruitment.mail.actions import send
from recruitment.outbox.delivery import DONE, TO_MANY, Result
from recruitment.outbox.models import ItemState, OutboxItem
from recruitment.people.actor import Actor

SENDER = Actor.house("sending")
#: kind of sending -> why a line does not fit any more (code and sentence). Rooms above add theirs in `wiring.py`.
still_fits: dict[str, list[Callable[[BulkLine], tuple[str, str] | None]]] = {}


def carry(item: OutboxItem) -> Result:
    """Write one line's letter, or leave it out. Idempotent: a line that is settled stays so, the message has a key."""
    with transaction.atomic():
        sending, line = _locked(item)
        if line.state != LineState.WAITING or sending.state != SendingState.RUNNING:
            return DONE
        problem = _write(line)
        _finish_if_last(sending)
    return Result(ItemState.FAILED, problem) if problem else DONE


def _locked(item: OutboxItem) -> tuple[BulkSending, BulkLine]:
    """The sending first, as who stops it does: two that lock in the same order never wait for each other."""
    number = BulkLine.objects.values_list("sending", flat=True).get(pk=item.subject)
    sending = BulkSending.objects.select_for_update().get(pk=number)
    rows = BulkLine.objects.select_for_update(of=("self",)).select_related(
        "application__candidate", "application__case__institution", "sending__made_by", "template"
    )
    return sending, rows.get(pk=item.subject)


def _write(line: BulkLine) -> str:
    """Settle the line; returns what was wrong with a letter that cannot be written."""
    if reason := _does_not_fit(line):
        line.state, line.left_code, line.left_words = LineState.LEFT_OUT, reason[0], reason[1][:300]
        line.save(update_fields=["state", "left_code", "left_words"])
        return ""
    application, made_by = line.application, line.sending.made_by
    try:
        line.message = send(
            line.code, to=application.candidate, institution=application.case.institution, values=line.values,
            key=key_of(line), language=application.language, about=application, template=line.template,
            actor=Actor.person(made_by) if made_by else SENDER, priority=TO_MANY, on_paper=True,
        )  # fmt: skip
    except ValidationError as refused:
        line.state, line.left_words = LineState.FAILED, " ".join(refused.messages)[:300]
        line.save(update_fields=["state", "left_words"])
        return line.left_words
    line.state = LineState.WRITTEN
    line.save(update_fields=["state", "message"])
    return ""


def _does_not_fit(line: BulkLine) -> tuple[str, str] | None:
    """Who has moved on since the list was made is left out and shown (F25)."""
    if line.application.state != line.application_state:
        state = line.application.get_state_display()
        return "changed", _("The state has changed since the list was made: %s.") % state
    for asked in still_fits.get(line.sending.kind, ()):
        if found := asked(line):
            return found
    return None


def _finish_if_last(sending: BulkSending) -> None:
    if not obstacles(FINISH, sending):
        make(FINISH, sending, actor=SENDER, ended_at=clock.now())


def give_up(item: OutboxItem) -> None:
    """The line could not be written after many tries: say so on it, and let the rest end."""
    with transaction.atomic():
        sending, line = _locked(item)
        if line.state == LineState.WAITING:
            line.state, line.left_words = LineState.FAILED, item.last_error[:300]
            line.save(update_fields=["state", "left_words"])
        _finish_if_last(sending)
