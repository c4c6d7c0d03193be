"""What stands in the way of closing: GRD-18, GRD-20, GRD-21. GRD-17 is the applications' own; hearings and claims are contributed."""

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.models import CaseOutcome, RecruitmentCase
from recruitment.closing.models import ClosingConfirmation
from recruitment.decisions.answers import CallPurpose, PhoneLog, Rejection
from recruitment.decisions.models import DecisionKind
from recruitment.decisions.queries import decision_in_force, positions_of
from recruitment.errors import Obstacle
from recruitment.interviews.models import InterviewInvitation, InvitationState


def without_fuller_answer(case: RecruitmentCase) -> QuerySet[Application]:
    """Rejected after an interview that was held, with neither a call nor a letter of their own (GRD-18)."""
    held = InterviewInvitation.objects.filter(application=OuterRef("pk"), state=InvitationState.HELD)
    told = Rejection.objects.filter(application=OuterRef("pk"), is_elaborated=True)
    called = PhoneLog.objects.filter(application=OuterRef("pk"), purpose=CallPurpose.REJECTION)
    rows = Application.objects.filter(case=case, state=ApplicationState.REJECTED)
    return rows.filter(Exists(held), ~Exists(told), ~Exists(called))


def somebody_lacks_a_fuller_answer(case: RecruitmentCase) -> Obstacle | None:
    """GRD-18."""
    number = without_fuller_answer(case).count()
    if not number:
        return None
    words = ngettext(
        "%d applicant was interviewed and has had no fuller answer: call, or write the reasons.",
        "%d applicants were interviewed and have had no fuller answer: call, or write the reasons.",
        number,
    )
    return Obstacle("no_fuller_answer", words % number, "answers")


def outcome_does_not_fit(case: RecruitmentCase) -> Obstacle | None:
    """GRD-20: what was decided and who is hired agree, and no offer is open."""
    positions, decision = positions_of(case), decision_in_force(case)
    if positions.offered:
        message = _("An offer waits for its answer, or for being registered as hired.")
        return Obstacle("offer_open", message, "decision")
    if decision is not None and decision.kind != DecisionKind.HIRE and positions.hired:
        return Obstacle("hired_after_all", _("It was decided to hire nobody, but somebody is hired."), "decision")
    if decision is None or (decision.kind == DecisionKind.HIRE and not positions.hired):
        message = _("Nobody is hired: decide again, or decide that nobody is to be hired.")
        return Obstacle("nobody_hired", message, "decision")
    return None


def outcome_of(case: RecruitmentCase) -> CaseOutcome:
    """Filled where every position has somebody, partly where some have, else not filled."""
    positions = positions_of(case)
    if positions.hired >= positions.all:
        return CaseOutcome.FILLED
    return CaseOutcome.PARTLY_FILLED if positions.hired else CaseOutcome.UNFILLED


def confirmation_of(case: RecruitmentCase) -> ClosingConfirmation | None:
    """The newest one, unless the case has been concluded or opened anew since."""
    newest = ClosingConfirmation.objects.filter(case=case).select_related("by_user").first()
    if newest is None:
        return None
    anew = case.history.filter(move__in=["conclude", "conclude_unfilled", "reopen"], at__gt=newest.confirmed_at)
    return None if anew.exists() else newest


def checklist_is_not_confirmed(case: RecruitmentCase) -> Obstacle | None:
    """GRD-21: a person has looked at the four points."""
    if confirmation_of(case) is not None:
        return None
    return Obstacle("not_confirmed", _("Nobody has confirmed the four points."), "closing")
