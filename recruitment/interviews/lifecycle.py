"""C5 as data: what may happen to an invitation, and the guards that interviews put before the case's decision."""

from django.utils.translation import gettext_lazy as _

from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.applications.models import ApplicationState
from recruitment.errors import Obstacle
from recruitment.interviews.models import InterviewInvitation, InvitationMode, SlotState
from recruitment.interviews.models import InvitationState as S
from recruitment.lifecycle import OWNER, Move

#: An application in these states can be called; one that is not shortlisted first is not.
CALLABLE = (ApplicationState.SHORTLISTED, ApplicationState.INVITED, ApplicationState.INTERVIEWED)


def there_is_no_time(invitation: InterviewInvitation) -> Obstacle | None:
    """A fixed invitation has its time; one to choose from has free ones; neither has passed."""
    now = clock.now()
    if invitation.slot is not None:
        past = invitation.slot.starts_at <= now
        return Obstacle("time_passed", str(_("The time has passed.")), "slots") if past else None
    free = invitation.round.slots.filter(state=SlotState.FREE, starts_at__gt=now).exists()
    if invitation.mode == InvitationMode.PICK and free:
        return None
    return Obstacle("no_time", str(_("There is no free time to offer. Make times first.")), "slots")


def there_is_no_panel(invitation: InterviewInvitation) -> Obstacle | None:
    """Nobody is called to meet nobody."""
    if invitation.round.panel.exists():
        return None
    return Obstacle("no_panel", str(_("Choose who sits on the panel first.")), "panel")


def applicant_is_not_chosen(invitation: InterviewInvitation) -> Obstacle | None:
    """Only who is shortlisted, or was interviewed in an earlier round, is called."""
    if invitation.application.state in CALLABLE:
        return None
    return Obstacle("not_shortlisted", str(_("The applicant has not been chosen for interview.")), "applications")


def time_is_over(invitation: InterviewInvitation) -> Obstacle | None:
    """Nobody agrees to a time that has passed."""
    if invitation.slot is None:
        return Obstacle("no_time", str(_("Choose a time first.")), "slot")
    if invitation.slot.starts_at <= clock.now():
        return Obstacle("time_passed", str(_("The time has passed.")), "slot")
    return None


def time_has_not_come(invitation: InterviewInvitation) -> Obstacle | None:
    """An interview is not held, and nobody has stayed away, before it was to begin."""
    if invitation.slot is not None and invitation.slot.starts_at > clock.now():
        return Obstacle("not_begun", str(_("The interview has not begun yet.")), "slot")
    return None


SEND = Move(
    "send", (S.DRAFT,), to=S.SENT, label=_("Send"), needs=Permission.INTERVIEW_INVITE,
    unless=(applicant_is_not_chosen, there_is_no_panel, there_is_no_time),
)  # fmt: skip
ACCEPT = Move("accept", (S.SENT, S.RESCHEDULED), to=S.ACCEPTED, label=_("Accept"), needs=OWNER, unless=(time_is_over,))
DECLINE = Move(
    "decline", (S.SENT, S.RESCHEDULED, S.ACCEPTED, S.NEW_TIME_REQUESTED), to=S.DECLINED, label=_("Decline"), needs=OWNER
)
ASK_NEW_TIME = Move(
    "ask_new_time", (S.SENT, S.RESCHEDULED, S.ACCEPTED), to=S.NEW_TIME_REQUESTED, label=_("Ask for another time"),
    needs=OWNER,
)  # fmt: skip
EXPIRE = Move("expire", (S.SENT, S.RESCHEDULED), to=S.EXPIRED)
#: On the telephone: HR notes the answer, with who said it and when.
ACCEPT_FOR = Move(
    "accept_for", (S.SENT, S.RESCHEDULED, S.EXPIRED, S.NEW_TIME_REQUESTED), to=S.ACCEPTED, label=_("The applicant has said yes"),
    needs=Permission.INTERVIEW_INVITE, unless=(time_is_over,), reason_required=True,
)  # fmt: skip
DECLINE_FOR = Move(
    "decline_for", (S.SENT, S.RESCHEDULED, S.ACCEPTED, S.NEW_TIME_REQUESTED, S.EXPIRED), to=S.DECLINED,
    label=_("The applicant has said no"), needs=Permission.INTERVIEW_INVITE, reason_required=True,
)  # fmt: skip
RESCHEDULE = Move(
    "reschedule", (S.SENT, S.ACCEPTED, S.NEW_TIME_REQUESTED, S.DECLINED, S.EXPIRED, S.RESCHEDULED, S.NO_SHOW),
    to=S.RESCHEDULED, label=_("Move to another time"), needs=Permission.INTERVIEW_INVITE, unless=(time_is_over,),
)  # fmt: skip
CANCEL = Move(
    "cancel", (S.DRAFT, S.SENT, S.ACCEPTED, S.NEW_TIME_REQUESTED, S.RESCHEDULED, S.DECLINED, S.EXPIRED), to=S.CANCELLED,
    label=_("Call it off"), needs=Permission.INTERVIEW_INVITE, reason_required=True,
)  # fmt: skip
#: The house calls it off when the application is withdrawn or answered.
FALL_AWAY = Move("fall_away", CANCEL.sources, to=S.CANCELLED)
HOLD = Move(
    "hold", (S.ACCEPTED,), to=S.HELD, label=_("Has been held"), needs=Permission.INTERVIEW_INVITE,
    unless=(time_has_not_come,),
)  # fmt: skip
NOT_COME = Move(
    "not_come", (S.ACCEPTED, S.SENT, S.RESCHEDULED), to=S.NO_SHOW, label=_("Did not come"),
    needs=Permission.INTERVIEW_INVITE, unless=(time_has_not_come, ),
)  # fmt: skip
MOVES = (
    SEND, ACCEPT, DECLINE, ASK_NEW_TIME, EXPIRE, ACCEPT_FOR, DECLINE_FOR, RESCHEDULE, CANCEL, FALL_AWAY, HOLD, NOT_COME,
)  # fmt: skip
