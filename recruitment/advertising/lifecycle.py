"""C3: what may become of a publication.

Media with a connection are moved by what they answer, our own by the clock, the others by hand with the address they gave us.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.advertising.models import OWN_KINDS, Publication
from recruitment.advertising.models import PublicationState as S
from recruitment.cases.models import CaseType
from recruitment.errors import Obstacle
from recruitment.lifecycle import Move


def cost_is_not_typed(publication: Publication) -> Obstacle | None:
    """The cost is typed when the medium is chosen, also when it is nothing (guide p. 25)."""
    if publication.cost_amount is None:
        return Obstacle("cost_missing", _("Type the cost, 0 if it is free."), "publication.cost_amount")
    return None


def period_is_missing(publication: Publication) -> Obstacle | None:
    """A publication has a period before it is scheduled."""
    if publication.publish_from is None:
        return Obstacle("period_missing", _("Choose from when the ad is shown."), "publication.publish_from")
    return None


def address_is_missing(publication: Publication) -> Obstacle | None:
    """What was put up by hand is proved by its address (INV-15); print has none."""
    needs_address = publication.medium.kind not in {"PRINT", "FEED", *OWN_KINDS}
    if needs_address and not publication.external_url:
        return Obstacle("address_missing", _("Write the address of the ad on the medium."), "publication.external_url")
    return None


def case_is_for_own_staff(publication: Publication) -> Obstacle | None:
    """An ad for own staff only goes to the intranet and nowhere else."""
    if publication.round.case.case_type == CaseType.INTERNAL_ONLY and publication.medium.kind not in OWN_KINDS:
        return Obstacle("internal_only", _("The job is for own staff only, so its ad goes to own media only."))
    return None


SENT = (S.SUBMITTED, S.PENDING_APPROVAL)
STOPPED = (S.FAILED, S.REJECTED_BY_MEDIUM)

SCHEDULE = Move(
    "schedule",
    (S.PLANNED, S.WITHDRAWN, *STOPPED),
    to=S.SCHEDULED,
    label=gettext_lazy("Schedule"),
    needs=Permission.PUBLICATION_MANAGE,
    unless=(period_is_missing, cost_is_not_typed, case_is_for_own_staff),
)
SUBMIT = Move("submit", (S.SCHEDULED,), to=S.SUBMITTED)
AWAIT = Move("await_approval", (S.SUBMITTED,), to=S.PENDING_APPROVAL)
GO_LIVE = Move("go_live", (S.PLANNED, S.SCHEDULED, *SENT), to=S.LIVE)
MARK_LIVE = Move(
    "mark_live",
    (S.PLANNED, S.SCHEDULED, *SENT, *STOPPED),
    to=S.LIVE,
    label=gettext_lazy("Mark as live"),
    needs=Permission.PUBLICATION_MANAGE,
    unless=(cost_is_not_typed, address_is_missing, case_is_for_own_staff),
)
REFUSE = Move("refuse", SENT, to=S.REJECTED_BY_MEDIUM)
FAIL = Move("fail", (S.SCHEDULED, *SENT), to=S.FAILED)
EXPIRE = Move("expire", (S.PLANNED, S.SCHEDULED, *SENT, S.LIVE), to=S.EXPIRED)
WITHDRAW = Move(
    "withdraw",
    (S.PLANNED, S.SCHEDULED, *SENT, S.LIVE, *STOPPED),
    to=S.WITHDRAWN,
    label=gettext_lazy("Take down"),
    needs=Permission.PUBLICATION_MANAGE,
)
#: Somebody has seen that the ad is gone from a medium that we do not reach; the history keeps who.
CONFIRM_DOWN = Move(
    "confirm_down", (S.EXPIRED,), to=S.EXPIRED, label=gettext_lazy("It is down"), needs=Permission.PUBLICATION_MANAGE
)
CONFIRM_WITHDRAWN = Move(
    "confirm_withdrawn",
    (S.WITHDRAWN,),
    to=S.WITHDRAWN,
    label=gettext_lazy("It is down"),
    needs=Permission.PUBLICATION_MANAGE,
)
#: By the state that it confirms.
SEEN_GONE = {move.to: move for move in (CONFIRM_DOWN, CONFIRM_WITHDRAWN)}
MOVES = (SCHEDULE, SUBMIT, AWAIT, GO_LIVE, MARK_LIVE, REFUSE, FAIL, EXPIRE, WITHDRAW, CONFIRM_DOWN, CONFIRM_WITHDRAWN)
