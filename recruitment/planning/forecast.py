"""What will stand in the way of the case's next moves, and when: a guard is a forecast before it is a refusal."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.cases.lifecycle import ADVERTISE, APPROVE, BEGIN_DECISION, BEGIN_INTERVIEWS, CLOSE, CONCLUDE
from recruitment.cases.models import CaseState, CaseType, RecruitmentCase
from recruitment.errors import Obstacle
from recruitment.lifecycle import Move, obstacles
from recruitment.people.actor import Actor
from recruitment.planning.models import ActivityKind as K
from recruitment.planning.models import PlannedActivity

#: The way of a case, move by move; the step of its plan on whose day the move is due; and who is told. What stops the later
#: moves may tell that somebody claims priority, so it is told to those who may know.
WAY: tuple[tuple[Move, K, Permission], ...] = (
    (APPROVE, K.AD_APPROVED, Permission.CASE_VIEW),
    (ADVERTISE, K.PUBLISH_EXTERNAL, Permission.CASE_VIEW),
    (BEGIN_INTERVIEWS, K.INVITE_1, Permission.PRIORITY_VIEW),
    (BEGIN_DECISION, K.DECISION, Permission.PRIORITY_VIEW),
    (CONCLUDE, K.OFFER, Permission.PRIORITY_VIEW),
    (CLOSE, K.CLOSE, Permission.REJECT),
)
#: Told from this state on: before it, everything that these ask for is still to come by itself.
NOT_BEFORE = {CONCLUDE.name: CaseState.INTERVIEWING, CLOSE.name: CaseState.DECIDING}
_STATES = list(CaseState)
#: Not said ahead of time: nobody can mend it today, since what it asks for only comes with the work itself.
COMES_BY_ITSELF = frozenset({"wrong_state", "no_interview_held", "not_confirmed", "nobody_hired"})

#: A move that is not the case's own, as a room above knows it: the step it belongs to, who is told, what stands in its way.
Coming = tuple[Move, K, Permission, list[Obstacle]]
#: Rooms above tell of theirs. Filled by `wiring.py`.
told_by_rooms_above: list[Callable[[RecruitmentCase], Iterable[Coming]]] = []


@dataclass(frozen=True)
class Ahead:
    """One move that is still to come: when it is due by the plan, and what would stop it today."""

    move: Move
    day: dt.date | None
    obstacles: list[Obstacle]

    @property
    def days(self) -> int | None:
        """Days from today; negative where it is late."""
        return (self.day - clock.today()).days if self.day else None


def forecast(case: RecruitmentCase, actor: Actor) -> list[Ahead]:
    """The moves to come that something stands in the way of, in the order of the way; as far as the actor may know."""
    if case.case_type == CaseType.OPEN_APPLICATION:
        return []
    days = dict(PlannedActivity.objects.filter(plan__case=case).values_list("kind", "due_date"))
    found = []
    for move, step, right in WAY:
        if not _is_ahead(move, case) or not may(actor, right, case):
            continue
        in_the_way = [each for each in obstacles(move, case) if each.code not in COMES_BY_ITSELF]
        if in_the_way:
            found.append(Ahead(move, days.get(step), in_the_way))
    coming = [each for tell in told_by_rooms_above for each in tell(case)]
    return [Ahead(move, days.get(step), why) for move, step, right, why in coming if may(actor, right, case)] + found


def _is_ahead(move: Move, case: RecruitmentCase) -> bool:
    """Whether the case has not come past the move yet."""
    state = _STATES.index(CaseState(case.state))
    begins = _STATES.index(NOT_BEFORE.get(move.name, CaseState.DRAFT))
    return begins <= state < _STATES.index(CaseState(move.to))
