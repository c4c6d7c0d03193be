"""The four points of the guide (p. 19), answered now, with everything that is missing and where it is mended."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.lifecycle import CLOSE
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.guards import confirmation_of, without_fuller_answer
from recruitment.decisions.queries import NEEDS_NO_ANSWER, interviewed, unanswered
from recruitment.errors import Obstacle
from recruitment.lifecycle import obstacles
from recruitment.talent.models import PoolProposal, TalentPoolMembership

#: Codes that belong to the first three points; what else stands in the way of closing belongs to the third.
ANSWERED, FULLER = "unanswered", "no_fuller_answer"
NOT_A_POINT = frozenset({"wrong_state", "not_confirmed"})


@dataclass(frozen=True)
class Point:
    """One question of the four, its answer in numbers, and what is missing."""

    name: str
    question: Any
    answer: str
    missing: list[Obstacle] = field(default_factory=list)
    is_for_a_person: bool = False

    @property
    def is_met(self) -> bool:
        """Nothing is missing."""
        return not self.missing


def points_of(case: RecruitmentCase) -> list[Point]:
    """Computed now, in the order of the guide."""
    found = [each for each in obstacles(CLOSE, case) if each.code not in NOT_A_POINT]
    by_code = {code: [each for each in found if each.code == code] for code in (ANSWERED, FULLER)}
    rest = [each for each in found if each.code not in by_code]
    numbers = counts_of(case)
    confirmed = confirmation_of(case)
    pool = str(confirmed.get_pool_display()) if confirmed else ""
    words = _("%(answered)d of %(all)d")
    fuller = by_code[FULLER] + _met_and_waiting(case)
    return [
        Point(
            "answered", gettext_lazy("Has every applicant had an answer?"),
            words % {"answered": numbers["received"] - numbers["unanswered"], "all": numbers["received"]}, by_code[ANSWERED],
        ),
        Point(
            "fuller", gettext_lazy("Have those who were interviewed had a fuller answer?"),
            words % {"answered": numbers["interviewed"] - numbers["without_fuller"], "all": numbers["interviewed"]}, fuller,
        ),
        Point(
            "closed", gettext_lazy("Can the case be closed?"),
            _("Nothing is open.") if not rest else _("Something is open."), rest,
        ),
        Point("pool", gettext_lazy("Have interesting applicants been asked about the talent pool?"), _asked_into_pools(case, pool), is_for_a_person=True),
    ]  # fmt: skip


def _met_and_waiting(case: RecruitmentCase) -> list[Obstacle]:
    """Interviewed, and without any answer yet: the second point is not met by nobody having been answered."""
    number = met_without_answer(case).count()
    if not number:
        return []
    words = ngettext(
        "%d applicant was interviewed and waits for the answer.",
        "%d applicants were interviewed and wait for the answer.",
        number,
    )
    return [Obstacle("met_and_waiting", words % number, "answers")]


def met_without_answer(case: RecruitmentCase) -> QuerySet[Application]:
    """Interviewed, neither hired nor gone, and not rejected so far."""
    rows = Application.objects.filter(case=case, pk__in=interviewed(case))
    return rows.exclude(state__in=[*NEEDS_NO_ANSWER, ApplicationState.REJECTED])


def _asked_into_pools(case: RecruitmentCase, said: str) -> str:
    """What was said, with how many of the case have been asked so far, and whom the manager has proposed in vain."""
    asked = TalentPoolMembership.objects.filter(application__case=case).count()
    words = [ngettext("%d has been asked into a pool.", "%d have been asked into a pool.", asked) % asked]
    if waiting := PoolProposal.objects.filter(application__case=case, decided_at=None).count():
        words.append(ngettext("%d proposal waits for HR.", "%d proposals wait for HR.", waiting) % waiting)
    return " ".join([*([f"{said}."] if said else []), *words])


def counts_of(case: RecruitmentCase) -> dict[str, int]:
    """Numbers only: what a confirmation keeps."""
    rows = Application.objects.filter(case=case).exclude(state=ApplicationState.STARTED)
    rejected = rows.filter(state=ApplicationState.REJECTED, pk__in=interviewed(case)).count()
    waiting = met_without_answer(case).count()
    return {
        "received": rows.count(), "unanswered": unanswered(case).count(), "interviewed": rejected + waiting,
        "without_fuller": without_fuller_answer(case).count() + waiting, "hired": rows.filter(state=ApplicationState.HIRED).count(),
    }  # fmt: skip


def stands_in_the_way(case: RecruitmentCase) -> list[Obstacle]:
    """Of confirming: everything but that it has not been confirmed."""
    return [each for each in obstacles(CLOSE, case) if each.code != "not_confirmed"]
