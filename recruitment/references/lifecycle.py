"""C6 as data: from a referee's name to the end of the reference. GRD-11 stands before every contact."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruitment.access.permissions import Permission
from recruitment.applications.models import ApplicationState
from recruitment.consents.models import ConsentKind, ConsentState
from recruitment.errors import Obstacle
from recruitment.lifecycle import OWNER, Move
from recruitment.references.models import ReferenceCheck
from recruitment.references.models import ReferenceState as S

#: As late as possible (guide p. 18).
LATE_ENOUGH = (ApplicationState.INTERVIEWED, ApplicationState.FINALIST)


def kind_for(check: ReferenceCheck) -> ConsentKind:
    """The present employer is a purpose of its own: asking there reveals that somebody wants to leave."""
    if check.referee.is_current_employer:
        return ConsentKind.REFERENCE_CURRENT_EMPLOYER
    return ConsentKind.REFERENCE


def it_is_too_early(check: ReferenceCheck) -> Obstacle | None:
    """References are taken of those who have been interviewed, and of nobody else."""
    if check.application.state in LATE_ENOUGH:
        return None
    message = _("References are taken as late as possible: of applicants who have been interviewed.")
    return Obstacle("too_early", message, "applications")


def consent_is_not_given(check: ReferenceCheck) -> Obstacle | None:
    """GRD-11: the applicant's yes to this referee stands, and it is of the right kind."""
    consent = check.consent
    if consent is not None and consent.state == ConsentState.GIVEN and consent.kind == kind_for(check):
        return None
    message = _("The applicant has not said yes to this referee: nobody may contact them.")
    return Obstacle("no_consent", message, "fairness.references")


def nothing_was_written(check: ReferenceCheck) -> Obstacle | None:
    """What the referee said is there, as answers or as a document."""
    if check.notes.exists():
        return None
    return Obstacle("nothing_written", _("Write down what the referee said, or upload the form."), "reference.remarks")


NEEDS = Permission.REFERENCE_MANAGE
ASK_CONSENT = Move(
    "ask_consent", (S.PLANNED,), to=S.CONSENT_REQUESTED, label=gettext_lazy("Ask for consent"), needs=NEEDS,
    unless=(it_is_too_early,),
)  # fmt: skip
GIVE = Move("give", (S.CONSENT_REQUESTED, S.CONSENT_REFUSED), to=S.CONSENT_GIVEN, needs=OWNER)
REFUSE = Move("refuse", (S.CONSENT_REQUESTED,), to=S.CONSENT_REFUSED, needs=OWNER)
#: Said on the telephone or on paper: HR notes the answer, with when and how.
GIVE_FOR = Move(
    "give_for", (S.CONSENT_REQUESTED,), to=S.CONSENT_GIVEN, label=gettext_lazy("The applicant has said yes"), needs=NEEDS,
    reason_required=True,
)  # fmt: skip
REFUSE_FOR = Move(
    "refuse_for", (S.CONSENT_REQUESTED,), to=S.CONSENT_REFUSED, label=gettext_lazy("The applicant has said no"),
    needs=NEEDS, reason_required=True,
)  # fmt: skip
BEGIN = Move(
    "begin", (S.CONSENT_GIVEN,), to=S.IN_PROGRESS, label=gettext_lazy("Begin the reference"), needs=NEEDS,
    unless=(consent_is_not_given, it_is_too_early),
)  # fmt: skip
COMPLETE = Move(
    "complete", (S.IN_PROGRESS,), to=S.COMPLETED, label=gettext_lazy("Nothing counts against the applicant"), needs=NEEDS,
    unless=(consent_is_not_given, nothing_was_written),
)  # fmt: skip
COMPLETE_ADVERSE = Move(
    "complete_adverse", (S.IN_PROGRESS,), to=S.ADVERSE, label=gettext_lazy("Something counts against the applicant"),
    needs=NEEDS, unless=(consent_is_not_given, nothing_was_written),
)  # fmt: skip
#: The room of fairness leads on: the house makes these when a hearing is opened, ended, or found not to be needed.
HEAR = Move("hear", (S.ADVERSE,), to=S.HEARING)
END = Move("end", (S.ADVERSE, S.HEARING), to=S.CLOSED)
HEAR_NOT = Move("hear_not", (S.HEARING,), to=S.ADVERSE)
CLOSE = Move("close", (S.COMPLETED,), to=S.CLOSED, label=gettext_lazy("Close"), needs=NEEDS)
#: The consent has been withdrawn. What was finished before that stays, for it may have been relied on.
ABORT = Move(
    "abort",
    (S.CONSENT_REQUESTED, S.CONSENT_GIVEN, S.IN_PROGRESS, S.COMPLETED, S.ADVERSE, S.HEARING, S.CLOSED),
    to=S.ABORTED,
)
MOVES = (
    ASK_CONSENT, GIVE, REFUSE, GIVE_FOR, REFUSE_FOR, BEGIN, COMPLETE, COMPLETE_ADVERSE, HEAR, END, HEAR_NOT, CLOSE, ABORT,
)  # fmt: skip
