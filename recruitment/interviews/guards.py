"""What interviews put in the way of the case's moves: the decision waits for them, and for those with a right to one."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from recruitment.applications.models import Application, ClaimState, PriorityClaim
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.interviews.models import InterviewInvitation, InvitationState

#: The applicant has been offered an interview and has said no, or stayed away: the duty to call is met (GRD-9).
DUTY_MET = (InvitationState.HELD, InvitationState.DECLINED, InvitationState.NO_SHOW)
#: Neither withdrawn nor never handed in.
IN_THE_FIELD = ("SUBMITTED", "UNDER_REVIEW", "RESERVE", "SHORTLISTED", "INVITED", "INTERVIEWED", "FINALIST")


def claims_with_duty(case: RecruitmentCase) -> QuerySet[PriorityClaim]:
    """Claims whose applicant must be called: found due, or eligible by a job centre or a formal requirement (C8)."""
    profile = getattr(case, "profile", None)
    by_duty = Q(claimed_via="JOB_CENTRE")
    if profile is not None and profile.education_is_formal:
        by_duty |= Q(claimed_via="APPLICANT") & ~Q(formal_education_met=False)
    due = Q(state=ClaimState.INTERVIEW_DUE) | (Q(state=ClaimState.ELIGIBLE) & by_duty)
    return PriorityClaim.objects.filter(due, application__case=case, application__state__in=IN_THE_FIELD)


def _with_invitations(claims: QuerySet[PriorityClaim], *states: str) -> QuerySet[PriorityClaim]:
    rows = InterviewInvitation.objects.filter(application=OuterRef("application"))
    if states:
        rows = rows.filter(state__in=states)
    return claims.filter(~Exists(rows.exclude(state__in=["DRAFT", "CANCELLED"])))


def claimants_not_called(case: RecruitmentCase) -> QuerySet[Application]:
    """Those with a duty who have not been called yet: a warning while interviews are held."""
    return Application.objects.filter(priority_claim__in=_with_invitations(claims_with_duty(case)))


def claimants_wait(case: RecruitmentCase) -> Obstacle | None:
    """GRD-9 before the decision: each has been interviewed, or has declined."""
    waiting = _with_invitations(claims_with_duty(case), *DUTY_MET)
    if not waiting.exists():
        return None
    message = _("An applicant with preferential access has a right to an interview and has not had it.")
    return Obstacle("priority_claimant_waits", message, "interviews")


def nobody_was_interviewed(case: RecruitmentCase) -> Obstacle | None:
    """C1: at least one interview has been held."""
    if InterviewInvitation.objects.filter(round__case=case, state=InvitationState.HELD).exists():
        return None
    return Obstacle("no_interview_held", _("No interview has been held yet."), "interviews")
