"""The words of the answers: decisive factors merged in, and for each what was written for them alone."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.applications.letters import values_for
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions import answers
from recruitment.decisions.answers import FullerReasons, ScreeningGrounds
from recruitment.decisions.models import DecisionKind, HiringDecision
from recruitment.decisions.queries import decision_in_force
from recruitment.decisions.sorting import Planned


class Merging:
    """The words that are the same for everybody, read once for a list of letters."""

    def __init__(self, case: RecruitmentCase) -> None:
        self.decision: HiringDecision | None = decision_in_force(case)
        self.grounds: ScreeningGrounds | None = ScreeningGrounds.objects.filter(case=case).first()
        self.reasons = {row.application_id: row for row in FullerReasons.objects.filter(application__case=case)}

    def general(self, code: str, language: str) -> str:
        """What decided it, in general words (GRD-23): of the selection for an early answer, else of the decision."""
        if code == answers.EARLY:
            return self.grounds.words_in(language) if self.grounds else ""
        if self.decision is None:
            return ""
        words = self.decision.factors_in(language)
        if words or self.decision.kind == DecisionKind.HIRE:
            return words
        with override(language):
            return _("the requirements of the post as a whole; we have chosen not to fill it")

    def values(self, planned: Planned) -> dict[str, str]:
        """Every merge field of the letter as a ready string."""
        application = planned.application
        values = values_for(application)
        values["decisive_factors_general"] = as_part_of_a_sentence(self.general(planned.code, application.language))
        row = self.reasons.get(application.pk)
        if planned.code in answers.ELABORATED and row is not None:
            values |= {"rejection_factors_individual": row.factors, "interview_feedback": row.feedback}
        if planned.code == answers.PRIORITY and row is not None:
            values |= {"priority_claim_text": row.priority, "decision_text": complaint_guidance(application)}
        return values


def as_part_of_a_sentence(words: str) -> str:
    """The letters say "we have attached importance to ...": one line without the full stop at its end."""
    return " ".join(words.split()).rstrip(".")


def complaint_guidance(application: Application) -> str:
    """Where a claimant can complain of how preferential access was dealt with, and until when (domain C8)."""
    with override(application.language):
        return _(
            "You can complain of how your preferential access was dealt with to the National Board of Appeal "
            "(Ankestyrelsen). The complaint must have been received within four weeks from the day you got this letter. "
            "Send it to us: we look at the matter again, and pass it on to the Board if we do not change the decision."
        )
