"""A sending as data: prepared, under way, sent or stopped."""

from django.utils.translation import gettext_lazy as _

from recruitment.access.permissions import Permission
from recruitment.errors import Obstacle
from recruitment.letters.models import BulkSending, LineState
from recruitment.letters.models import SendingState as S
from recruitment.lifecycle import Move


def nobody_would_get_one(sending: BulkSending) -> Obstacle | None:
    """An empty list is not sent."""
    if sending.lines.filter(state=LineState.WAITING).exists():
        return None
    return Obstacle("nobody", str(_("Nobody would get a letter.")))


def somebody_still_waits(sending: BulkSending) -> Obstacle | None:
    """It is over when the last line is."""
    if not sending.lines.filter(state=LineState.WAITING).exists():
        return None
    return Obstacle("not_over", str(_("Letters are still to be written.")))


START = Move(
    "start", (S.PREPARED,), to=S.RUNNING, label=_("Send"), needs=Permission.MESSAGE_SEND_STANDARD,
    unless=(nobody_would_get_one,),
)  # fmt: skip
CANCEL = Move(
    "cancel", (S.PREPARED, S.RUNNING), to=S.CANCELLED, label=_("Stop"), needs=Permission.MESSAGE_SEND_STANDARD
)
FINISH = Move("finish", (S.RUNNING,), to=S.DONE, unless=(somebody_still_waits,))
MOVES = (START, CANCEL, FINISH)
