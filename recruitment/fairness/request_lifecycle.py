"""C9 for what applicants ask for: papers, lists and reasons, as data."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.errors import Obstacle
from recruitment.fairness.request_models import AccessRequest, AccessState, ReasonsState
from recruitment.lifecycle import Move


def something_is_undecided(asked: AccessRequest) -> list[Obstacle]:
    """Every part of the package is given or held back, and the decision is in words."""
    found = []
    if asked.items.filter(is_given__isnull=True).exists():
        message = _("Say of each paper whether the applicant is to have it.")
        found.append(Obstacle("undecided", message, "access.items"))
    if not asked.items.exists():
        found.append(Obstacle("nothing_collected", _("Nothing has been collected."), "access.items"))
    return found


A, R = AccessState, ReasonsState
#: Again where something has come since; what was chosen is kept.
COLLECT = Move(
    "collect", (A.RECEIVED, A.COLLECTED), to=A.COLLECTED, label=gettext_lazy("Collect the papers"),
    needs=Permission.ACCESS_DECIDE,
)  # fmt: skip
DECIDE = Move(
    "decide", (A.COLLECTED,), to=A.DECIDED, label=gettext_lazy("Decide"), needs=Permission.ACCESS_DECIDE,
    unless=(something_is_undecided,),
)  # fmt: skip
RECONSIDER = Move(
    "reconsider", (A.DECIDED,), to=A.COLLECTED, label=gettext_lazy("Decide anew"), needs=Permission.ACCESS_DECIDE,
    reason_required=True,
)  # fmt: skip
DELIVER = Move(
    "deliver", (A.DECIDED,), to=A.DELIVERED, label=gettext_lazy("Deliver to the applicant"),
    needs=Permission.ACCESS_DECIDE,
)  # fmt: skip
ACCESS_MOVES = (COLLECT, DECIDE, RECONSIDER, DELIVER)

TELL_STATUS = Move("tell_status", (R.RECEIVED,), to=R.STATUS_SENT)
ANSWER = Move(
    "answer", (R.RECEIVED, R.STATUS_SENT), to=R.ANSWERED, label=gettext_lazy("Send the reasons"),
    needs=Permission.REJECT,
)  # fmt: skip
REASONS_MOVES = (TELL_STATUS, ANSWER)
