"""How a request to look at an ad goes: answered, answered anew, or called back."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.advertising.reviews.models import AdReview
from recruitment.advertising.reviews.models import ReviewState as S
from recruitment.errors import Obstacle
from recruitment.lifecycle import Move


def it_is_too_late(review: AdReview) -> Obstacle | None:
    """A link ends on its day."""
    if review.expires_at <= clock.now():
        return Obstacle("expired", _("The link has ended. Ask for a new one."))
    return None


APPROVE = Move(
    "approve", (S.WAITING, S.CHANGES, S.APPROVED), to=S.APPROVED, label=gettext_lazy("Approve"),
    needs=Permission.AD_PROPOSE, unless=(it_is_too_late,),
)  # fmt: skip
ASK_FOR_CHANGES = Move(
    "ask_for_changes", (S.WAITING, S.CHANGES, S.APPROVED), to=S.CHANGES, label=gettext_lazy("Ask for changes"),
    needs=Permission.AD_PROPOSE, unless=(it_is_too_late,),
)  # fmt: skip
CALL_BACK = Move(
    "call_back", (S.WAITING, S.CHANGES, S.APPROVED), to=S.REVOKED, label=gettext_lazy("Call the link back"),
    needs=Permission.AD_EDIT,
)  # fmt: skip
