"""C2 as data: from the draft to the answer, and the applicant's way out. Guards of rooms above are contributed in `wiring.py`."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.applications.models import ApplicationState as S
from recruitment.cases.models import RecruitmentCase
from recruitment.consents.actions import has_accepted_notice
from recruitment.errors import Obstacle
from recruitment.lifecycle import OWNER, Move


def notice_is_not_accepted(application: Application) -> Obstacle | None:
    """GRD-22: nothing is received from somebody who has not been told how it is used."""
    if has_accepted_notice(application):
        return None
    return Obstacle("notice", str(_("Read and accept how we use your data first.")), "notice")


def was_not_joined(application: Application) -> Obstacle | None:
    """Who has withdrawn stays withdrawn; only what was set aside for another application comes back."""
    if application.joined_to_id is not None:
        return None
    return Obstacle("not_joined", str(_("It is not handled together with another.")))


def somebody_has_no_answer(case: RecruitmentCase) -> Obstacle | None:
    """GRD-17: a recruitment does not end while somebody who applied has had no answer. Contributed to moves of the case."""
    received = Application.objects.filter(case=case, answer_delivered_at__isnull=True)
    waiting = received.exclude(state__in=[S.STARTED, S.WITHDRAWN, S.HIRED]).count()
    if not waiting:
        return None
    words = ngettext("%d applicant has had no answer yet.", "%d applicants have had no answer yet.", waiting)
    return Obstacle("unanswered", words % waiting, "answers")


SUBMIT = Move("submit", (S.STARTED,), to=S.SUBMITTED, needs=OWNER, unless=(notice_is_not_accepted,))
REGISTER = Move("register", (S.STARTED,), to=S.SUBMITTED, needs=Permission.APPLICATION_REGISTER_MANUAL)
REGISTER_LATE = Move("register_late", (S.STARTED,), to=S.LATE, needs=Permission.APPLICATION_REGISTER_MANUAL)
REVIEW = Move("review", (S.SUBMITTED,), to=S.UNDER_REVIEW)
WITHDRAW = Move(
    "withdraw",
    (S.SUBMITTED, S.LATE, S.UNDER_REVIEW, S.RESERVE, S.SHORTLISTED, S.INVITED, S.INTERVIEWED, S.FINALIST, S.OFFERED),
    to=S.WITHDRAWN,
    label=_("Withdraw"),
    needs=OWNER,
)
#: An applicant says so on the telephone or on paper.
WITHDRAW_FOR = Move(
    "withdraw_for",
    WITHDRAW.sources,
    to=S.WITHDRAWN,
    label=_("Has withdrawn"),
    needs=Permission.APPLICATION_CHANGE_STATE,
    reason_required=True,
)
#: Another application of the same person on the case counts instead; `joining.py` says which, and leads back.
JOIN = Move(
    "join",
    (S.SUBMITTED, S.LATE, S.UNDER_REVIEW, S.RESERVE, S.SHORTLISTED),
    to=S.WITHDRAWN,
    label=_("Handle together with another"),
    needs=Permission.APPLICATION_CHANGE_STATE,
    reason_required=True,
)
PART, PART_RECEIVED, PART_LATE = (
    Move(name, (S.WITHDRAWN,), to=to, label=_("Stands on its own again"), needs=Permission.APPLICATION_CHANGE_STATE,
         unless=(was_not_joined,), reason_required=True)
    for name, to in (("part", S.UNDER_REVIEW), ("part_received", S.SUBMITTED), ("part_late", S.LATE))
)  # fmt: skip
RESERVE = Move(
    "reserve", (S.UNDER_REVIEW,), to=S.RESERVE, label=_("Keep in reserve"), needs=Permission.APPLICATION_SHORTLIST
)
REVIEW_AGAIN = Move(
    "review_again",
    (S.RESERVE, S.SHORTLISTED),
    to=S.UNDER_REVIEW,
    label=_("Back under review"),
    needs=Permission.APPLICATION_SHORTLIST,
)
SHORTLIST = Move(
    "shortlist",
    (S.UNDER_REVIEW, S.RESERVE),
    to=S.SHORTLISTED,
    label=_("Choose for interview"),
    needs=Permission.APPLICATION_SHORTLIST,
    reason_required=True,
)
#: The house makes these two when an invitation has been sent and when an interview has been held (C2).
INVITE = Move("invite", (S.SHORTLISTED, S.INTERVIEWED), to=S.INVITED)
HOLD_INTERVIEW = Move("hold_interview", (S.INVITED,), to=S.INTERVIEWED)
MAKE_FINALIST = Move(
    "make_finalist",
    (S.INTERVIEWED,),
    to=S.FINALIST,
    label=_("May be hired"),
    needs=Permission.APPLICATION_SHORTLIST,
)
OFFER = Move(
    "offer",
    (S.SHORTLISTED, S.INTERVIEWED, S.FINALIST),
    to=S.OFFERED,
    label=_("Offer the job"),
    needs=Permission.DECISION_RECORD,
)
HIRE = Move("hire", (S.OFFERED,), to=S.HIRED, label=_("Has accepted"), needs=Permission.APPLICATION_CHANGE_STATE)
#: The applicant says no in the portal; HR notes a no said by telephone, also after a yes.
DECLINE = Move("decline", (S.OFFERED,), to=S.WITHDRAWN, label=_("Decline the offer"), needs=OWNER)
NOTE_DECLINED = Move(
    "note_declined",
    (S.OFFERED, S.HIRED),
    to=S.WITHDRAWN,
    label=_("Has declined"),
    needs=Permission.APPLICATION_CHANGE_STATE,
    reason_required=True,
)
_OPEN = (S.SUBMITTED, S.UNDER_REVIEW, S.RESERVE, S.SHORTLISTED, S.INVITED, S.INTERVIEWED, S.FINALIST)
#: The state follows the letter; by hand only after a telephone call (guide p. 19).
REJECT = Move("reject", _OPEN, to=S.REJECTED)
REJECT_BY_PHONE = Move(
    "reject_by_phone", _OPEN, to=S.REJECTED, label=_("Rejected by telephone"), needs=Permission.REJECT_LOG_PHONE
)
#: Rare: an answer was wrong. HR with the right to open a closed case again; a new letter must follow.
RECONSIDER = Move(
    "reconsider",
    (S.REJECTED,),
    to=S.UNDER_REVIEW,
    label=_("Take up again"),
    needs=Permission.CASE_REOPEN,
    reason_required=True,
)
MOVES = (
    SUBMIT,
    REGISTER,
    REGISTER_LATE,
    REVIEW,
    RESERVE,
    REVIEW_AGAIN,
    SHORTLIST,
    INVITE,
    HOLD_INTERVIEW,
    MAKE_FINALIST,
    WITHDRAW,
    WITHDRAW_FOR,
    JOIN,
    PART,
    PART_RECEIVED,
    PART_LATE,
    OFFER,
    HIRE,
    DECLINE,
    NOTE_DECLINED,
    REJECT,
    REJECT_BY_PHONE,
    RECONSIDER,
)
