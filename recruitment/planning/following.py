"""Plans follow their cases: made with them, ticked off by what happens, moved with the deadline, handed on with the people."""

from typing import Any

from django.db import transaction

from recruitment import clock
from recruitment.access.actions import SeatGiven
from recruitment.access.roles import Role
from recruitment.cases.actions import CaseMade, DeadlineMoved, PeopleChanged
from recruitment.cases.models import RecruitmentCase
from recruitment.events import StateChanged
from recruitment.people.actor import Actor
from recruitment.planning.actions import make_plan, people_by_part, reschedule
from recruitment.planning.models import ActivityKind as K
from recruitment.planning.models import CasePlan, PlannedActivity

HOUSE = Actor.house("the plan follows the case")

#: What each move of each room shows to be done.
TICKS: dict[tuple[str, str], tuple[K, ...]] = {
    ("RecruitmentCase", "approve"): (K.JOB_PROFILE,),
    ("AdReview", "approve"): (K.AD_DRAFT, K.AD_APPROVED),
    ("RecruitmentCase", "advertise"): (K.AD_DRAFT, K.AD_APPROVED, K.PUBLISH_EXTERNAL),
    ("RecruitmentCase", "begin_assessment"): (K.DEADLINE,),
    ("Application", "shortlist"): (K.SCREENING_MEETING,),
    ("RecruitmentCase", "begin_interviews"): (K.SCREENING_MEETING, K.INVITE_1),
    ("RecruitmentCase", "begin_decision"): (K.INTERVIEW_1, K.INVITE_2, K.INTERVIEW_2),
    ("RecruitmentCase", "decide_without_interviews"): (K.SCREENING_MEETING,),
    ("ReferenceCheck", "complete"): (K.REFERENCES,),
    ("ReferenceCheck", "complete_adverse"): (K.REFERENCES,),
    ("PartyHearing", "evaluate"): (K.HEARING,),
    ("PriorityClaim", "clear"): (K.JOB_CENTRE,),
    ("RecruitmentCase", "conclude"): (K.RECOMMENDATION, K.DECISION),
    ("RecruitmentCase", "conclude_unfilled"): (K.RECOMMENDATION, K.DECISION),
    ("Application", "offer"): (K.OFFER,),
    ("RecruitmentCase", "close"): (K.REJECTIONS, K.CLOSE),
}
WENT_UP = {("Publication", "go_live"), ("Publication", "mark_live")}
#: What a move makes undone again.
UNDOES: dict[tuple[str, str], tuple[K, ...]] = {
    ("RecruitmentCase", "reopen_draft"): (K.JOB_PROFILE,),
    ("RecruitmentCase", "call_back"): (K.PUBLISH_EXTERNAL,),
    ("RecruitmentCase", "decide_again"): (K.DECISION, K.OFFER),
    ("RecruitmentCase", "reopen"): (K.REJECTIONS, K.CLOSE),
    ("RecruitmentCase", "readvertise"): (
        K.AD_DRAFT, K.AD_APPROVED, K.PUBLISH_INTERNAL, K.PUBLISH_EXTERNAL, K.DEADLINE, K.SCREENING_MEETING, K.INVITE_1,
        K.INTERVIEW_1, K.TEST, K.INVITE_2, K.INTERVIEW_2, K.REFERENCES, K.RECOMMENDATION, K.DECISION,
    ),
}  # fmt: skip


def plan_new_case(event: CaseMade) -> None:
    """A new case has a plan from its first minute."""
    make_plan(event.case, actor=HOUSE, like=event.case.copied_from)


def tick_off(event: StateChanged) -> None:
    """What a move shows to be done is done; a step that somebody ticked keeps their name."""
    key = (type(event.row).__name__, event.move)
    done, undone = TICKS.get(key, ()), UNDOES.get(key, ())
    if key in WENT_UP and event.row.medium.kind == "INTRANET":
        done = (K.PUBLISH_INTERNAL,)
    if not done and not undone:
        return
    steps = PlannedActivity.objects.filter(plan__case=_case_of(event.row))
    if done:
        steps.filter(kind__in=done, done_at__isnull=True).update(done_at=clock.now())
    if undone and steps.filter(kind__in=undone, done_at__isnull=False).update(done_at=None, done_by=None):
        reschedule(CasePlan.objects.select_related("case").get(case=_case_of(event.row)))


def _case_of(row: Any) -> Any:
    if isinstance(row, RecruitmentCase):
        return row.pk
    if hasattr(row, "case_id"):
        return row.case_id
    return row.application.case_id if hasattr(row, "application") else row.round.case_id


def follow_deadline(event: DeadlineMoved) -> None:
    """The steps that hang on the deadline move with it."""
    plan = CasePlan.objects.select_related("case").filter(case=event.round.case_id).first()
    if plan is not None:
        reschedule(plan)


@transaction.atomic
def follow_people(event: PeopleChanged) -> None:
    """Steps without anybody get the person who now plays their part; those of the one who handed over go along."""
    steps = PlannedActivity.objects.filter(plan__case=event.case, done_at__isnull=True)
    if event.before is not None and event.after is not None:
        steps.filter(responsible=event.before, part=event.part).update(responsible=event.after)
    _fill(event.case)


def follow_seat(event: SeatGiven) -> None:
    """A chair or somebody in support takes over the steps of their part; a committee with a chair has been appointed."""
    member = event.member
    if member.role not in {Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.ADMIN_SUPPORT}:
        return
    steps = PlannedActivity.objects.filter(plan__case=member.case_id, done_at__isnull=True)
    if member.is_chair:
        steps.filter(part="CHAIR").update(responsible=member.user)
        steps.filter(kind=K.COMMITTEE_APPOINTED).update(done_at=clock.now())
    elif member.role == Role.ADMIN_SUPPORT:
        steps.filter(part="SUPPORT").update(responsible=member.user)


def _fill(case: RecruitmentCase) -> None:
    steps = PlannedActivity.objects.filter(plan__case=case, done_at__isnull=True, responsible__isnull=True)
    for part, user in people_by_part(case).items():
        if user is not None:
            steps.filter(part=part).update(responsible=user)
