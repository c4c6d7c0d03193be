"""Random walks: whoever tries whatever in whatever order, cases and applications meet no state that C1 and C2 do not allow.

The two tables below are the specification (domain C1, C2), written down apart from the code that is tried.
"""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from recruitment.access.roles import Role
from recruitment.applications import lifecycle as applications
from recruitment.applications.models import Application, ApplicationStateChange
from recruitment.audit.models import AuditEntry
from recruitment.cases import lifecycle as cases
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import CaseStateChange
from recruitment.errors import ConflictNotDeclared, NotPossible
from recruitment.lifecycle import make
from recruitment.people.actor import Actor
from tests.factories.world import declare_all, seat_case_roles

HOUSE = "the house"
EDITORS = {Role.HR_EXTENDED, Role.HR_LIMITED}
HR = EDITORS | {Role.HR_CASEWORK}
LEADERS = HR | {Role.HIRING_MANAGER}
#: C1: from, to, and who.
OF_CASES = {
    ("DRAFT", "READY"): EDITORS, ("READY", "DRAFT"): EDITORS, ("READY", "ADVERTISED"): EDITORS | {Role.COMMUNICATIONS},
    ("READY", "ASSESSING"): EDITORS, ("ADVERTISED", "ASSESSING"): set(), ("ADVERTISED", "READY"): EDITORS,
    ("ASSESSING", "READY"): EDITORS, ("INTERVIEWING", "READY"): EDITORS, ("DECIDING", "READY"): EDITORS,
    ("ASSESSING", "INTERVIEWING"): set(), ("INTERVIEWING", "DECIDING"): LEADERS, ("ASSESSING", "DECIDING"): LEADERS,
    ("DECIDING", "CONCLUDING"): EDITORS | {Role.HIRING_MANAGER}, ("CONCLUDING", "DECIDING"): LEADERS,
    ("CONCLUDING", "CLOSED"): EDITORS, ("CLOSED", "CONCLUDING"): {Role.HR_EXTENDED},
    ("DRAFT", "CLOSED"): EDITORS,
    **{(state, "CLOSED"): EDITORS for state in ("READY", "ADVERTISED", "ASSESSING", "INTERVIEWING", "DECIDING")},
}  # fmt: skip
OPEN = ("SUBMITTED", "UNDER_REVIEW", "RESERVE", "SHORTLISTED", "INVITED", "INTERVIEWED", "FINALIST")
#: C2: the same for applications. An applicant's own moves are asked of their deeds.
OF_APPLICATIONS = {
    ("SUBMITTED", "UNDER_REVIEW"): set(), ("UNDER_REVIEW", "RESERVE"): LEADERS, ("RESERVE", "UNDER_REVIEW"): LEADERS,
    ("SHORTLISTED", "UNDER_REVIEW"): LEADERS, ("UNDER_REVIEW", "SHORTLISTED"): LEADERS, ("RESERVE", "SHORTLISTED"): LEADERS,
    ("SHORTLISTED", "INVITED"): set(), ("INVITED", "INTERVIEWED"): set(), ("INTERVIEWED", "INVITED"): set(),
    ("INTERVIEWED", "FINALIST"): LEADERS,
    **{(state, "OFFERED"): EDITORS | {Role.HIRING_MANAGER} for state in ("SHORTLISTED", "INTERVIEWED", "FINALIST")},
    ("OFFERED", "HIRED"): HR, ("OFFERED", "WITHDRAWN"): HR, ("HIRED", "WITHDRAWN"): HR,
    **{(state, "WITHDRAWN"): HR for state in (*OPEN, "LATE")},
    # What was set aside for another application of the same person; nobody else comes back from having withdrawn.
    **{("WITHDRAWN", state): HR for state in ("UNDER_REVIEW", "SUBMITTED", "LATE")},
    **{(state, "REJECTED"): LEADERS for state in OPEN}, ("REJECTED", "UNDER_REVIEW"): {Role.HR_EXTENDED},
}  # fmt: skip
OWN = {applications.SUBMIT, applications.WITHDRAW, applications.DECLINE}
BY = st.tuples(
    st.sampled_from([*Role, HOUSE, HOUSE, HOUSE, Role.HR_EXTENDED]),
    st.sampled_from(["ours", "ours", "ours", "theirs"]),
    st.sampled_from(["", "  ", "Fordi det er rigtigt.", "Fordi."]),
)


def state_of(row) -> str:
    return type(row).objects.values_list("state", flat=True).get(pk=row.pk)


def some_move(moves, row):
    """Any, and more often one that begins where the row stands: so that walks get far."""
    fitting = [move for move in moves if state_of(row) in move.sources]
    return st.sampled_from([*moves, *fitting * 8])


class Walk(RuleBasedStateMachine):
    """One case with its application, and everybody who may or may not move them."""

    world: SimpleNamespace

    @initialize()
    def begin(self) -> None:
        self.held = transaction.atomic()
        self.held.__enter__()
        self.case, self.application = self.world.ours.case, self.world.application
        self.trail = AuditEntry.objects.count()
        self.steps = CaseStateChange.objects.count() + ApplicationStateChange.objects.count()

    def teardown(self) -> None:
        if hasattr(self, "held"):
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    @rule(data=st.data(), by=BY)
    def move_the_case(self, data, by) -> None:
        move = data.draw(some_move(cases.MOVES, self.case))
        more = {"outcome": "CANCELLED"} if move.to == "CLOSED" else {}
        self._try(move, self.case, by, OF_CASES, **more)

    @rule(data=st.data(), by=BY)
    def move_the_application(self, data, by) -> None:
        moves = [move for move in applications.MOVES if move not in OWN]
        self._try(data.draw(some_move(moves, self.application)), self.application, by, OF_APPLICATIONS)

    @rule()
    def somebody_reads_it(self) -> None:
        Application.objects.filter(pk=self.application.pk).update(first_opened_at="2026-01-01T00:00:00Z")

    @rule()
    def the_applicant_has_an_answer(self) -> None:
        Application.objects.filter(pk=self.application.pk).update(answer_delivered_at="2026-01-01T00:00:00Z")

    def _try(self, move, row, by, table, **more) -> None:
        who, where, reason = by
        before = state_of(row)
        actor = Actor.house("walk") if who == HOUSE else Actor.person(getattr(self.world, where).staff[who])
        try:
            with transaction.atomic():
                make(move, row, actor=actor, reason=reason, **more)
        except (NotPossible, PermissionDenied, ConflictNotDeclared):
            assert state_of(row) == before
            return
        after = state_of(row)
        assert (before, after) in table, f"{move.name} led from {before} to {after}"
        allowed = table[before, after]
        assert who == HOUSE or (where == "ours" and who in allowed), f"{who} of {where} made {move.name}"
        assert not move.reason_required or reason.strip(), f"{move.name} without a reason"
        self.steps += 1
        assert CaseStateChange.objects.count() + ApplicationStateChange.objects.count() >= self.steps

    @invariant()
    def nothing_is_closed_in_silence(self) -> None:
        if not hasattr(self, "held"):
            return
        case = RecruitmentCase.objects.get(pk=self.case.pk)
        application = Application.objects.get(pk=self.application.pk)
        if case.state == "CLOSED":
            assert application.state in {"WITHDRAWN", "HIRED"} or application.answer_delivered_at

    @invariant()
    def everything_is_in_the_trail(self) -> None:
        if hasattr(self, "held"):
            assert AuditEntry.objects.count() >= self.trail


@pytest.mark.django_db
def test_no_walk_leads_where_the_tables_do_not(world):
    seat_case_roles(world.ours)
    seat_case_roles(world.theirs)
    declare_all(world.ours)
    declare_all(world.theirs)
    Walk.world = world
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12, stateful_step_count=30, deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        ),
    )  # fmt: skip


def test_the_tables_know_every_move():
    """What the code knows and the specification does not would only be found by luck."""
    for moves, table in ((cases.MOVES, OF_CASES), (applications.MOVES, OF_APPLICATIONS)):
        for move in moves:
            if move in OWN or "STARTED" in move.sources:
                continue
            assert {(source, move.to) for source in move.sources} <= set(table), move.name
