"""How long it takes to apply, as far as the form can tell (guide p. 6)."""

from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningQuestion

MINUTES_FOR_ABOUT = 2
MINUTES_FOR_PAPERS = 5
MINUTES_BY_KIND = {"YES_NO": 0.5, "SINGLE": 0.5, "MULTIPLE": 1, "PRIORITISED": 1.5, "CLASSIFIED": 1.5, "FREE_TEXT": 6}


def minutes_to_apply(case: RecruitmentCase) -> int:
    """Whole minutes, rounded up to the next five, for somebody who has their papers ready."""
    kinds = ScreeningQuestion.objects.filter(form__case=case, retired_at__isnull=True).values_list("kind", flat=True)
    minutes = MINUTES_FOR_ABOUT + MINUTES_FOR_PAPERS + sum(MINUTES_BY_KIND.get(kind, 1) for kind in kinds)
    return int(-(-minutes // 5) * 5)
