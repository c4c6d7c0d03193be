"""What stands in the way of a decision, an offer, a hire and a rejection: GRD-10, GRD-14, GRD-23. Contributed in `wiring.py`."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from recruitment.access.models import ConflictOfInterestDeclaration, ConflictStatus
from recruitment.applications.lifecycle import OFFER
from recruitment.applications.models import Application, ApplicationState, ClaimState, PriorityClaim
from recruitment.assessments.guards import not_found_qualified
from recruitment.assessments.models import Rating
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.answers import ScreeningGrounds
from recruitment.decisions.models import DecisionKind, HiringDecision, Offer, OfferAnswer
from recruitment.decisions.queries import decision_in_force, draft_of, interviewed, names_of, positions_of
from recruitment.errors import Obstacle

#: Claims that ask for no comparison any more: not eligible, or the claimant has got the job.
SETTLED_CLAIMS = (ClaimState.NOT_ELIGIBLE, ClaimState.NOT_APPLICABLE, ClaimState.HIRED)


def decision_is_not_whole(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-10: decider, decisive factors, first day, somebody chosen who was interviewed (or a reason), and the comparison."""
    draft = draft_of(case)
    if draft is None:
        return [Obstacle("no_decision", _("The decision has not been written yet."), "decision")]
    checks = (
        (draft.decider_id, "decider_missing", _("Nobody stands as the one who decides."), "decision.decider"),
        (draft.factors.strip(), "factors_missing", _("The decisive factors are missing."), "decision.factors"),
        (draft.start_date, "start_date_missing", _("The first day at work is missing."), "decision.start_date"),
    )
    found = [Obstacle(code, message, place) for there, code, message, place in checks if not there]
    return [*found, *_of_the_chosen(case, draft)]


def _of_the_chosen(case: RecruitmentCase, draft: HiringDecision) -> list[Obstacle]:
    chosen, left = list(names_of(draft)), positions_of(case).left
    if not chosen:
        return [Obstacle("nobody_chosen", _("Nobody has been chosen."), "decision.chosen")]
    found = []
    if len(chosen) > left:
        message = _("More are chosen (%(chosen)d) than there are positions left (%(left)d).")
        found.append(Obstacle("too_many_chosen", message % {"chosen": len(chosen), "left": left}, "decision.chosen"))
    met = interviewed(case)
    for application in chosen:
        if application.state not in OFFER.sources:
            message = _("%s can no longer be offered the job.") % application.candidate.full_name
            found.append(Obstacle("cannot_be_offered", message, "decision.chosen"))
        if application.pk not in met and not draft.no_interview_reason.strip():
            message = _("%s has not been interviewed: write why, or interview first.") % application.candidate.full_name
            found.append(Obstacle("not_interviewed", message, "decision.no_interview_reason"))
    if passed_over(case, chosen) and not draft.comparison.strip():
        message = _("Somebody with preferential access is passed over: compare in writing.")
        found.append(Obstacle("comparison_missing", message, "decision.comparison"))
    return found


def passed_over(case: RecruitmentCase, chosen: Iterable[Application]) -> bool:
    """Whether an applicant with preferential access is among those who do not get the job (C8)."""
    claims = PriorityClaim.objects.filter(application__case=case).exclude(state__in=SETTLED_CLAIMS)
    standing = claims.exclude(application__state__in=[ApplicationState.STARTED, ApplicationState.WITHDRAWN])
    return standing.exclude(application__in=[row.pk for row in chosen]).exists()


def excluded_people(case: RecruitmentCase) -> set[int]:
    """Who has declared a conflict that nobody has cleared."""
    rows = ConflictOfInterestDeclaration.objects.filter(
        case=case, status__in=[ConflictStatus.DECLARED, ConflictStatus.EXCLUDED]
    )
    return set(rows.values_list("user", flat=True))


def somebody_excluded_took_part(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-14 before the decision: the decider, and whoever rated the chosen."""
    draft = draft_of(case)
    if draft is None:
        return []
    excluded = excluded_people(case)
    found = []
    if draft.decider_id in excluded:
        message = _("%s is disqualified on this case and cannot decide it.") % draft.decider
        found.append(Obstacle("decider_excluded", message, "decision.decider"))
    if not draft.set_aside_note.strip():
        found += _rated_by(excluded, list(names_of(draft)))
    return found


def _rated_by(excluded: set[int], chosen: list[Application]) -> list[Obstacle]:
    ratings = Rating.objects.filter(rater__in=excluded, application__in=chosen).select_related("rater")
    names = sorted({str(rating.rater) for rating in ratings})
    message = _("%s is disqualified and has rated the chosen: write how the rating was set aside.")
    return [Obstacle("rated_by_excluded", message % name, "decision.set_aside_note") for name in names]


def chosen_is_not_found_qualified(case: RecruitmentCase) -> list[Obstacle]:
    """GRD-15 before the decision, for everybody chosen."""
    draft = draft_of(case)
    return [] if draft is None else not_found_qualified(case, list(names_of(draft)))


def somebody_has_the_job(case: RecruitmentCase) -> Obstacle | None:
    """That nobody is hired is only true where nobody has been."""
    positions = positions_of(case)
    if not positions.hired and not positions.offered:
        return None
    return Obstacle("somebody_has_the_job", _("Somebody has been hired, or has an offer to answer."), "decision")


def an_offer_waits(case: RecruitmentCase) -> Obstacle | None:
    """It is not decided again while somebody still has an offer to answer."""
    if not positions_of(case).offered:
        return None
    return Obstacle("offer_waits", _("An offer waits for its answer, or for being registered as hired."), "decision")


def it_was_not_decided(application: Application) -> list[Obstacle]:
    """GRD-10 for one offer: chosen or in reserve in the decision in force, and a position left."""
    decision = decision_in_force(application.case)
    if decision is None or decision.kind != DecisionKind.HIRE:
        return [Obstacle("not_decided", _("It has not been decided to hire anybody."), "decision")]
    if not decision.names.filter(application=application).exists():
        return [Obstacle("not_named", _("The decision names others."), "decision")]
    if not positions_of(application.case).left:
        return [Obstacle("no_position_left", _("Every position is filled or offered."), "decision")]
    return []


def an_excluded_person_rated_it(application: Application) -> list[Obstacle]:
    """GRD-14 for one offer, which also holds for whoever is next in reserve."""
    decision = decision_in_force(application.case)
    if decision is not None and decision.set_aside_note.strip():
        return []
    return _rated_by(excluded_people(application.case), [application])


def it_is_not_found_qualified(application: Application) -> list[Obstacle]:
    """GRD-15 for one offer."""
    return not_found_qualified(application.case, [application])


def the_offer_is_not_accepted(application: Application) -> Obstacle | None:
    """Nobody is hired who has not said yes."""
    if Offer.objects.filter(application=application, answer=OfferAnswer.ACCEPTED).exists():
        return None
    return Obstacle("not_accepted", _("The applicant has not said yes."), "decision")


def all_positions_are_filled(application: Application) -> Obstacle | None:
    """C2: a position is left."""
    positions = positions_of(application.case)
    if positions.hired < positions.all:
        return None
    return Obstacle("no_position_left", _("Every position is filled."), "decision")


def there_are_no_reasons(application: Application) -> Obstacle | None:
    """GRD-23: what decided it has been written, once, and can be merged; before a decision the grounds of the selection."""
    if decision_in_force(application.case) is not None:
        return None
    if ScreeningGrounds.objects.filter(case=application.case_id).exists():
        return None
    message = _("What decided it has not been written: the decisive factors, or the grounds of the selection.")
    return Obstacle("no_reasons", message, "answers")
