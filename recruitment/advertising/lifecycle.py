"""C3: what may become of a publication. Media without a connection are moved by hand, with the address they gave us."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.advertising.models import Publication
from recruitment.advertising.models import PublicationState as S
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
    needs_address = publication.medium.kind not in {"PRINT", "OWN_SITE", "INTRANET"}
    if needs_address and not publication.external_url:
        return Obstacle("address_missing", _("Write the address of the ad on the medium."), "publication.external_url")
    return None


SCHEDULE = Move(
    "schedule",
    (S.PLANNED, S.FAILED, S.WITHDRAWN),
    to=S.SCHEDULED,
    label=gettext_lazy("Schedule"),
    needs=Permission.PUBLICATION_MANAGE,
    unless=(period_is_missing, cost_is_not_typed),
)
GO_LIVE = Move("go_live", (S.SCHEDULED, S.PLANNED), to=S.LIVE)
MARK_LIVE = Move(
    "mark_live",
    (S.PLANNED, S.SCHEDULED, S.SUBMITTED, S.PENDING_APPROVAL),
    to=S.LIVE,
    label=gettext_lazy("Mark as live"),
    needs=Permission.PUBLICATION_MANAGE,
    unless=(cost_is_not_typed, address_is_missing),
)
EXPIRE = Move("expire", (S.LIVE, S.SCHEDULED, S.PLANNED), to=S.EXPIRED)
WITHDRAW = Move(
    "withdraw",
    (S.LIVE, S.SCHEDULED, S.PLANNED),
    to=S.WITHDRAWN,
    label=gettext_lazy("Take down"),
    needs=Permission.PUBLICATION_MANAGE,
)
MOVES = (SCHEDULE, GO_LIVE, MARK_LIVE, EXPIRE, WITHDRAW)
