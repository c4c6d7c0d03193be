"""How long it takes to apply: as far as the form can tell, and once twenty have, what it took them (guide p. 6)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from django.db.models import QuerySet

from recruitment.cases.models import RecruitmentCase
from recruitment.questions.models import ScreeningQuestion

ENOUGH = 20  # applications, before what it took them says more than the form does
MINUTES_FOR_ABOUT = 2
MINUTES_FOR_PAPERS = 5
MINUTES_BY_KIND = {"YES_NO": 0.5, "SINGLE": 0.5, "MULTIPLE": 1, "PRIORITISED": 1.5, "CLASSIFIED": 1.5, "FREE_TEXT": 6}


def asked(case: Any) -> QuerySet[ScreeningQuestion]:
    """The questions that applicants to the case (or to that of an outer query) are asked now."""
    return ScreeningQuestion.objects.filter(form__case=case, retired_at__isnull=True)


def minutes_to_apply(
    case: RecruitmentCase, kinds: Iterable[str] | None = None, took: Sequence[dt.timedelta] = ()
) -> int:
    """Whole minutes, rounded up to the next five, for somebody who has their papers ready.

    `kinds` of the questions, where they are known; what it `took` those who have applied counts once they are enough.
    """
    if len(took) >= ENOUGH:
        return _in_fives(median(time.total_seconds() for time in took) / 60)
    if kinds is None:
        kinds = asked(case).values_list("kind", flat=True)
    return _in_fives(MINUTES_FOR_ABOUT + MINUTES_FOR_PAPERS + sum(MINUTES_BY_KIND.get(kind, 1) for kind in kinds))


def _in_fives(minutes: float) -> int:
    return max(5, int(-(-minutes // 5) * 5))
