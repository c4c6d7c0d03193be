"""C9 for memberships, as data. The ways out delete the row and so have no state."""

from django.utils.translation import gettext_lazy as _

from recruitment.errors import Obstacle
from recruitment.lifecycle import OWNER, Move
from recruitment.talent.models import MembershipState as S
from recruitment.talent.models import TalentPoolMembership


def pool_is_closed(membership: TalentPoolMembership) -> Obstacle | None:
    """Nobody new comes into a pool that has been closed."""
    if membership.pool.closed_at is None:
        return None
    return Obstacle("pool_closed", str(_("The pool has been closed.")))


JOIN = Move("join", (S.INVITED,), to=S.ACTIVE, label=_("Join"), needs=OWNER, unless=(pool_is_closed,))
WARN = Move("warn", (S.ACTIVE,), to=S.EXPIRING)
RENEW = Move("renew", (S.ACTIVE, S.EXPIRING), to=S.ACTIVE, label=_("Renew"), needs=OWNER, unless=(pool_is_closed,))
MOVES = (JOIN, WARN, RENEW)
