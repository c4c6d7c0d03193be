"""Reading decisions: the draft, the one in force, who is chosen and who is next, and how many positions are left."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import OFFER
from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.decisions.models import AnswerPromise, HiringDecision, Offer, OfferAnswer, Place, Recommendation
from recruitment.interviews.models import InterviewInvitation, InvitationState
from recruitment.people.actor import Actor

S = ApplicationState
#: What no longer waits for an answer: never handed in, gone by own wish, or got the job.
NEEDS_NO_ANSWER = (S.STARTED, S.WITHDRAWN, S.HIRED)
#: States in which somebody has been promised an answer by the case's day.
IN_PROGRESS = (
    CaseState.ADVERTISED, CaseState.ASSESSING, CaseState.INTERVIEWING, CaseState.DECIDING, CaseState.CONCLUDING,
)  # fmt: skip


def draft_of(case: RecruitmentCase) -> HiringDecision | None:
    """The decision that is being written."""
    return HiringDecision.objects.filter(case=case, concluded_at__isnull=True).select_related("decider").first()


def decision_in_force(case: RecruitmentCase) -> HiringDecision | None:
    """The newest concluded version."""
    concluded = HiringDecision.objects.filter(case=case, concluded_at__isnull=False)
    return concluded.select_related("decider", "by_user").order_by("-version").first()


def newest_recommendation(case: RecruitmentCase) -> Recommendation | None:
    """The committee's last word."""
    rows = Recommendation.objects.filter(case=case).select_related("by_user")
    return rows.prefetch_related("names__application__candidate").order_by("-version").first()


def names_of(decision: HiringDecision, place: str = Place.CHOSEN) -> QuerySet[Application]:
    """The chosen, or the reserve list in its order."""
    rows = Application.objects.filter(decided__decision=decision, decided__place=place)
    return rows.select_related("candidate", "case").order_by("decided__order")


def chosen_on(case: RecruitmentCase) -> list[Any]:
    """Keys of those whom the draft names, else the decision in force: their own claim stands in nobody's way (GRD-13)."""
    decision = draft_of(case) or decision_in_force(case)
    return list(names_of(decision).values_list("pk", flat=True)) if decision else []


def interviewed(case: RecruitmentCase) -> set[Any]:
    """Keys of the applications with an interview that was held."""
    held = InterviewInvitation.objects.filter(application__case=case, state=InvitationState.HELD)
    return set(held.values_list("application", flat=True))


@dataclass(frozen=True)
class Positions:
    """How many there are to fill, and how far it has come."""

    all: int
    hired: int
    offered: int

    @property
    def left(self) -> int:
        """Neither filled nor offered."""
        return max(self.all - self.hired - self.offered, 0)

    @property
    def are_filled(self) -> bool:
        """Every position has somebody, or some have and nothing is offered any more."""
        return self.hired >= self.all


def positions_of(case: RecruitmentCase) -> Positions:
    """Counted now; one query."""
    states = dict(
        Application.objects.filter(case=case, state__in=[S.HIRED, S.OFFERED])
        .order_by().values_list("state").annotate(n=Count("pk"))
    )  # fmt: skip
    return Positions(case.positions_count, states.get(S.HIRED, 0), states.get(S.OFFERED, 0))


def is_filled(case: RecruitmentCase) -> bool:
    """Whether the others may be told that it is over: all positions are filled, or the case concludes with those it has got."""
    positions = positions_of(case)
    concludes = case.state in {CaseState.CONCLUDING, CaseState.CLOSED}
    return positions.are_filled or (concludes and positions.hired > 0 and positions.offered == 0)


def open_offers(case: RecruitmentCase) -> QuerySet[Offer]:
    """Offers of the case that stand, the oldest first."""
    standing = Offer.objects.filter(application__case=case, answer__in=[OfferAnswer.NONE, OfferAnswer.ACCEPTED])
    return standing.select_related("application__candidate", "application__case__institution").order_by("made_at")


def offers_of(case: RecruitmentCase) -> QuerySet[Offer]:
    """All, the newest first."""
    rows = Offer.objects.filter(application__case=case).select_related("application__candidate", "message", "noted_by")
    return rows.order_by("-made_at")


def offer_to_answer(application: Application) -> Offer | None:
    """The offer that the applicant is shown: the one that stands, else their last."""
    return Offer.objects.filter(application=application).order_by("-made_at").first()


def offers_to_answer(applications: Iterable[Any]) -> set[Any]:
    """Which of the applications have an offer that waits for its applicant."""
    rows = Offer.objects.filter(
        application__in=list(applications), answer=OfferAnswer.NONE, application__state=S.OFFERED
    )
    return set(rows.values_list("application", flat=True))


def next_in_reserve(case: RecruitmentCase) -> Application | None:
    """The first of the reserve list to whom the job can still be offered."""
    decision = decision_in_force(case)
    if decision is None:
        return None
    return names_of(decision, Place.RESERVE).filter(state__in=OFFER.sources).first()


def can_be_chosen(case: RecruitmentCase) -> QuerySet[Application]:
    """Whom the decision can name, those who came furthest first."""
    rows = Application.objects.filter(case=case, state__in=OFFER.sources).select_related("candidate", "case")
    return rows.order_by("-stage_reached", "final_ranking__rank", "candidate__family_name", "pk")


def unanswered(case: RecruitmentCase) -> QuerySet[Application]:
    """Who has had no answer (GRD-17)."""
    return Application.objects.filter(case=case, answer_delivered_at__isnull=True).exclude(state__in=NEEDS_NO_ANSWER)


def offers_to_see_to(actor: Actor) -> QuerySet[Offer]:
    """Said yes and not registered as hired yet, said no with nobody offered the job since, or past the day to answer."""
    waits = Q(answer=OfferAnswer.ACCEPTED, application__state=S.OFFERED)
    late = Q(answer=OfferAnswer.NONE, answer_by__lt=clock.today())
    since = Offer.objects.filter(application__case=OuterRef("application__case"), made_at__gt=OuterRef("answered_at"))
    no = Q(answer__in=[OfferAnswer.DECLINED, OfferAnswer.LEFT], application__case__state=CaseState.CONCLUDING)
    rows = visible(actor, Permission.APPLICATION_CHANGE_STATE, Offer.objects.all())
    found = rows.filter(waits | late | (no & ~Exists(since)))
    return found.select_related("application__candidate", "application__case").order_by("made_at")


def cases_owing_answers(cases: QuerySet[RecruitmentCase]) -> QuerySet[RecruitmentCase]:
    """Those of the cases in which somebody waits for an answer, with how many as `owed`."""
    waiting = Q(applications__answer_delivered_at__isnull=True) & ~Q(applications__state__in=NEEDS_NO_ANSWER)
    owing = cases.filter(state__in=IN_PROGRESS, expected_answer_date__isnull=False)
    return owing.annotate(owed=Count("applications", filter=waiting)).filter(owed__gt=0)


def broken_promises(actor: Actor, on: dt.date | None = None) -> QuerySet[RecruitmentCase]:
    """Cases whose promised day has gone while somebody waits, the longest overdue first; those whose applicants the actor answers."""
    late = RecruitmentCase.objects.filter(expected_answer_date__lt=on or clock.today())
    rows = cases_owing_answers(visible(actor, Permission.REJECT_LOG_PHONE, late))
    return rows.select_related("hr_responsible", "hiring_manager", "unit", "institution").order_by(
        "expected_answer_date", "pk"
    )


def promises_until(day: dt.date) -> QuerySet[RecruitmentCase]:
    """Cases whose promised day is this one at the latest, gone or still to come, while somebody waits."""
    owing = cases_owing_answers(RecruitmentCase.objects.filter(expected_answer_date__lte=day))
    return owing.select_related("hr_responsible", "hiring_manager", "institution").order_by("pk")


@dataclass(frozen=True)
class Kept:
    """How many applicants had their answer by the promised day, how many later, and how often a day was moved."""

    in_time: int
    late: int
    moved: int


def promises_kept(actor: Actor, since: dt.date) -> Kept:
    """Of the cases whose applicants the actor answers; who withdrew was owed nothing. Two queries."""
    answered = Application.objects.filter(
        answer_delivered_at__date__gte=since, case__expected_answer_date__isnull=False
    )
    rows = visible(actor, Permission.REJECT_LOG_PHONE, answered.exclude(state=S.WITHDRAWN))
    in_time = Q(answer_delivered_at__date__lte=F("case__expected_answer_date"))
    counted = rows.order_by().aggregate(
        in_time=Count("pk", filter=in_time, distinct=True), late=Count("pk", filter=~in_time, distinct=True)
    )
    moved = visible(actor, Permission.REJECT_LOG_PHONE, AnswerPromise.objects.filter(moved_at__date__gte=since))
    return Kept(counted["in_time"], counted["late"], moved.filter(before__isnull=False).count())
