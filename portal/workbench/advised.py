"""Which advice stands on which tab of a case."""

from django.utils.translation import get_language

from recruitment.cases.advice import AdviceStep as Step
from recruitment.cases.advising import Advice, advice_for
from recruitment.cases.models import CaseState, RecruitmentCase

OF_TAB = {
    "edit": Step.PLAN, "members": Step.PLAN, "profile": Step.PROFILE, "form": Step.FORM, "media": Step.AD,
    "versions": Step.AD, "applications": Step.SELECTION, "interviews": Step.INTERVIEWS,
    "fairness": Step.DECISION, "decision": Step.DECISION, "answers": Step.CLOSING, "closing": Step.CLOSING,
}  # fmt: skip
#: The first page of a case speaks of what comes next.
OF_STATE = {
    CaseState.DRAFT: Step.PLAN, CaseState.READY: Step.AD, CaseState.ADVERTISED: Step.AD,
    CaseState.ASSESSING: Step.SELECTION, CaseState.INTERVIEWING: Step.INTERVIEWS, CaseState.DECIDING: Step.DECISION,
    CaseState.CONCLUDING: Step.CLOSING,
}  # fmt: skip


def advice_beside(case: RecruitmentCase, tab: str, step: Step | None = None) -> Advice | None:
    """In the reader's language; None where there is nothing to say."""
    chosen = step or (OF_STATE.get(CaseState(case.state)) if tab == "overview" else OF_TAB.get(tab))
    if chosen is None:
        return None
    found = advice_for(case.institution_id, chosen, (get_language() or "da")[:2])
    return found if found.lines else None
