"""C9 for hearings, as data: written, with the applicant, answered or not, evaluated, closed."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.errors import Obstacle
from recruitment.fairness.models import OPEN_STATES, PartyHearing
from recruitment.fairness.models import HearingState as S
from recruitment.lifecycle import OWNER, Move


def facts_are_missing(hearing: PartyHearing) -> Obstacle | None:
    """Nobody is heard about nothing."""
    if hearing.facts_text.strip():
        return None
    return Obstacle("facts_missing", _("Write what the applicant is to comment on."), "hearing.facts_text")


def the_applicant_is_not_there(hearing: PartyHearing) -> Obstacle | None:
    """Who has withdrawn is not decided about."""
    if hearing.application.state not in {"STARTED", "WITHDRAWN"}:
        return None
    return Obstacle("withdrawn", _("The applicant has withdrawn."))


SEND = Move(
    "send", (S.OPENED,), to=S.SENT, label=gettext_lazy("Send to the applicant"), needs=Permission.HEARING_MANAGE,
    unless=(facts_are_missing, the_applicant_is_not_there),
)  # fmt: skip
#: An answer counts until somebody has evaluated the hearing, also after the date.
RESPOND = Move("respond", (S.SENT, S.DEADLINE_PASSED), to=S.RESPONDED, needs=OWNER)
#: Said on the telephone or written on paper: HR notes it, with when and how.
RESPOND_FOR = Move(
    "respond_for", (S.SENT, S.DEADLINE_PASSED), to=S.RESPONDED, label=gettext_lazy("Note an answer"),
    needs=Permission.HEARING_MANAGE, reason_required=True,
)  # fmt: skip
PASS_DEADLINE = Move("pass_deadline", (S.SENT,), to=S.DEADLINE_PASSED)
EXTEND = Move(
    "extend",
    (S.SENT, S.DEADLINE_PASSED),
    to=S.SENT,
    label=gettext_lazy("Give more time"),
    needs=Permission.HEARING_MANAGE,
)
EVALUATE = Move(
    "evaluate", (S.RESPONDED, S.DEADLINE_PASSED), to=S.EVALUATED, label=gettext_lazy("Evaluate"),
    needs=Permission.HEARING_MANAGE,
)  # fmt: skip
CLOSE = Move(
    "close", (S.EVALUATED,), to=S.CLOSED, label=gettext_lazy("Close the hearing"), needs=Permission.HEARING_MANAGE
)
DROP = Move(
    "drop", (S.OPENED,), to=S.CLOSED, label=gettext_lazy("Do not hold it"), needs=Permission.HEARING_MANAGE,
    reason_required=True,
)  # fmt: skip
#: The applicant has withdrawn.
FALL_AWAY = Move("fall_away", OPEN_STATES, to=S.CLOSED)
MOVES = (SEND, RESPOND, RESPOND_FOR, PASS_DEADLINE, EXTEND, EVALUATE, CLOSE, DROP, FALL_AWAY)
