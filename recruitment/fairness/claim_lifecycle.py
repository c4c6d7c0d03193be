"""C8 as data: from the claim to preferential access to its end. Guards name what is missing and where it is mended."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.applications.models import ClaimState as S
from recruitment.applications.models import PriorityClaim
from recruitment.errors import Obstacle
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.interviews.guards import DUTY_MET
from recruitment.lifecycle import Move

PLACE = "fairness.priority"


def negotiation_of(claim: PriorityClaim) -> JobCentreNegotiation | None:
    """What has been written to and agreed with the job centre; None where nothing has."""
    return JobCentreNegotiation.objects.filter(claim=claim).first()


def the_interview_is_due(claim: PriorityClaim) -> Obstacle | None:
    """GRD-9: nobody with a right to an interview is turned down before it, unless they declined."""
    if claim.state != S.INTERVIEW_DUE:
        return None
    if claim.application.interview_invitations.filter(state__in=DUTY_MET).exists():
        return None
    return Obstacle("interview_due", _("The applicant has a right to an interview and has not had it."), "interviews")


def the_statement_is_not_whole(claim: PriorityClaim) -> list[Obstacle]:
    """To whom, and why somebody else."""
    found, written = [], negotiation_of(claim)
    if written is None or not written.statement_text.strip():
        found.append(Obstacle("statement_missing", _("Write why somebody else is to have the post."), PLACE))
    if written is None or not written.job_centre.strip():
        found.append(Obstacle("job_centre_missing", _("Write which job centre it goes to."), PLACE))
    return found


def the_minutes_are_missing(claim: PriorityClaim) -> Obstacle | None:
    """The answer of the job centre alone is not enough."""
    agreed: Any = negotiation_of(claim)
    if agreed is not None and agreed.minutes_document_id is not None:
        return None
    return Obstacle("minutes_missing", _("The minutes of the negotiation are missing."), PLACE)


FIND_ELIGIBLE = Move(
    "find_eligible", (S.CLAIMED,), to=S.ELIGIBLE, label=gettext_lazy("Has preferential access"),
    needs=Permission.PRIORITY_MANAGE,
)  # fmt: skip
FIND_NOT_ELIGIBLE = Move(
    "find_not_eligible", (S.CLAIMED,), to=S.NOT_ELIGIBLE, label=gettext_lazy("Does not have preferential access"),
    needs=Permission.PRIORITY_MANAGE, reason_required=True,
)  # fmt: skip
LOOK_AGAIN = Move(
    "look_again", (S.ELIGIBLE, S.INTERVIEW_DUE, S.NOT_ELIGIBLE, S.NOT_APPLICABLE), to=S.CLAIMED,
    label=gettext_lazy("Decide anew"), needs=Permission.PRIORITY_MANAGE, reason_required=True,
)  # fmt: skip
#: The house makes these: the duty follows from the decision, the interview from its being held, the hiring from the yes.
CALL_DUE = Move("call_due", (S.ELIGIBLE,), to=S.INTERVIEW_DUE)
MEET = Move("meet", (S.ELIGIBLE, S.INTERVIEW_DUE), to=S.INTERVIEWED)
HIRE = Move(
    "hire", (S.CLAIMED, S.ELIGIBLE, S.INTERVIEW_DUE, S.INTERVIEWED, S.NOT_TO_BE_HIRED, S.STATEMENT_SENT, S.NEGOTIATED, S.CLEARED),
    to=S.HIRED,
)  # fmt: skip
TURN_DOWN = Move(
    "turn_down", (S.ELIGIBLE, S.INTERVIEW_DUE, S.INTERVIEWED), to=S.NOT_TO_BE_HIRED,
    label=gettext_lazy("Somebody else is to have the post"), needs=Permission.PRIORITY_MANAGE,
    unless=(the_interview_is_due,), reason_required=True,
)  # fmt: skip
SEND_STATEMENT = Move(
    "send_statement", (S.NOT_TO_BE_HIRED,), to=S.STATEMENT_SENT, label=gettext_lazy("The statement has been sent"),
    needs=Permission.PRIORITY_MANAGE, unless=(the_statement_is_not_whole,),
)  # fmt: skip
NEGOTIATE = Move(
    "negotiate", (S.STATEMENT_SENT,), to=S.NEGOTIATED, label=gettext_lazy("We have negotiated"),
    needs=Permission.PRIORITY_MANAGE,
)  # fmt: skip
CLEAR = Move(
    "clear", (S.NEGOTIATED,), to=S.CLEARED, label=gettext_lazy("The post may be filled"),
    needs=Permission.PRIORITY_MANAGE, unless=(the_minutes_are_missing,),
)  # fmt: skip
SET_ASIDE = Move(
    "set_aside", (S.CLAIMED, S.ELIGIBLE, S.INTERVIEW_DUE, S.INTERVIEWED, S.NOT_TO_BE_HIRED, S.STATEMENT_SENT, S.NEGOTIATED),
    to=S.NOT_APPLICABLE, label=gettext_lazy("The post goes to somebody already employed here"),
    needs=Permission.PRIORITY_MANAGE, reason_required=True,
)  # fmt: skip
#: The house makes these: where nobody is hired nobody is preferred to the claimant, and when somebody may be after all the claim is there again.
LAPSE = Move("lapse", SET_ASIDE.sources, to=S.NOT_APPLICABLE)
TAKE_UP = Move("take_up", (S.NOT_APPLICABLE,), to=S.CLAIMED)
MOVES = (
    FIND_ELIGIBLE, FIND_NOT_ELIGIBLE, LOOK_AGAIN, CALL_DUE, MEET, HIRE, TURN_DOWN, SEND_STATEMENT, NEGOTIATE, CLEAR, SET_ASIDE,
    LAPSE, TAKE_UP,
)  # fmt: skip
#: Nothing more stands between the claim and filling the post.
SETTLED = (S.NOT_ELIGIBLE, S.CLEARED, S.HIRED, S.NOT_APPLICABLE)
#: The job centre has a word to say, and has not said it.
IN_NEGOTIATION = (S.NOT_TO_BE_HIRED, S.STATEMENT_SENT, S.NEGOTIATED)
