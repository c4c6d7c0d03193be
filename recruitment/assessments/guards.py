"""GRD-8 and INV-25: nobody is passed over by a machine, and nobody is rejected whom no person has opened."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruitment.applications.models import Application, ApplicationState
from recruitment.assessments.expert import uses_committee
from recruitment.assessments.models import JointAssessment, Rating
from recruitment.assessments.statements import Assessment, AssessmentState, Conclusion
from recruitment.errors import Obstacle

#: States in which an application waits for somebody to assess it.
WAITING = (
    ApplicationState.SUBMITTED,
    ApplicationState.UNDER_REVIEW,
    ApplicationState.RESERVE,
    ApplicationState.SHORTLISTED,
)


def unassessed(case: Any) -> QuerySet[Application]:
    """Applications that no person has opened or rated, and that were not assessed together with others."""
    rated = Rating.objects.filter(application=OuterRef("pk"))
    together = JointAssessment.applications.through.objects.filter(application=OuterRef("pk"))
    waiting = Application.objects.filter(case=case, state__in=WAITING, first_opened_at__isnull=True)
    return waiting.filter(~Exists(rated), ~Exists(together))


def somebody_is_not_assessed(case: Any) -> Obstacle | None:
    """GRD-8: blocks the way to the decision; the same is a warning when the first invitation goes out."""
    number = unassessed(case).count()
    if not number:
        return None
    message = ngettext(
        "%d application has not been opened or assessed by anybody.",
        "%d applications have not been opened or assessed by anybody.",
        number,
    )
    return Obstacle("not_assessed", message % number, "applications.unassessed")


def warning_before_invitations(case: Any) -> Obstacle | None:
    """GRD-8 as a warning: shown where people are chosen for interview and invited, and stops nobody."""
    return somebody_is_not_assessed(case)


def nobody_has_opened_it(application: Application) -> Obstacle | None:
    """INV-25: an answer goes only to somebody whose application a person has opened; being assessed together is not enough."""
    if application.first_opened_at is not None:
        return None
    return Obstacle("not_opened", _("Nobody has opened the application."), "applications.unassessed")


def not_found_qualified(case: Any, chosen: Iterable[Application]) -> list[Obstacle]:
    """GRD-15: where an assessment committee sits, each chosen one has a final assessment that says qualified."""
    if not uses_committee(case):
        return []
    chosen = list(chosen)
    final = Assessment.objects.filter(
        application__in=chosen, state=AssessmentState.FINAL, conclusion=Conclusion.QUALIFIED
    ).values_list("application", flat=True)
    message = _("The assessment committee has not finally found %s qualified.")
    return [
        Obstacle("not_found_qualified", message % row.candidate.full_name, "assessments")
        for row in chosen
        if row.pk not in set(final)
    ]
