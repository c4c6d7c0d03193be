"""GRD-8 and INV-25: everybody is assessed by a person, and no filter leads to a rejection."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruitment import lifecycle
from recruitment.access.roles import Role
from recruitment.applications import lifecycle as applications
from recruitment.applications.models import Application
from recruitment.applications.moving import FOR_MANY, move_many
from recruitment.applications.queries import CandidateFilter
from recruitment.applications.review import open_application
from recruitment.assessments.actions import assess_together, rate
from recruitment.assessments.candidates import AssessedFilter, candidate_rows
from recruitment.assessments.guards import (
    nobody_has_opened_it,
    somebody_is_not_assessed,
    unassessed,
    warning_before_invitations,
)
from recruitment.assessments.insight import insight_of
from recruitment.cases.lifecycle import BEGIN_DECISION, DECIDE_WITHOUT_INTERVIEWS
from recruitment.errors import NotPossible
from recruitment.lifecycle import make


def codes(case, move):
    return {o.code for o in lifecycle.obstacles(move, case)}


def test_opened_rated_and_assessed_together_are_three_ways_of_being_assessed(field):
    first, second = field.others
    assert set(unassessed(field.ours.case)) == {field.application, first, second}

    open_application(field.application, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    rate(first, 2, actor=field.ours.actor(Role.HIRING_COMMITTEE))
    assert set(unassessed(field.ours.case)) == {second}
    assert warning_before_invitations(field.ours.case).code == "not_assessed"

    assess_together(field.ours.case, [second], "Har ikke autorisation", actor=field.ours.actor(Role.HIRING_MANAGER))
    assert somebody_is_not_assessed(field.ours.case) is None
    assert warning_before_invitations(field.ours.case) is None


@pytest.mark.parametrize("state", ["WITHDRAWN", "LATE", "STARTED"])
def test_nobody_waits_for_those_who_are_out_of_it(field, state):
    rest = Application.objects.filter(case=field.ours.case).exclude(pk=field.application.pk)
    rest.update(first_opened_at=field.application.received_at)
    Application.objects.filter(pk=field.application.pk).update(state=state)
    assert not unassessed(field.ours.case).exists()


@pytest.mark.parametrize(
    ("move", "state"), [(BEGIN_DECISION, "INTERVIEWING"), (DECIDE_WITHOUT_INTERVIEWS, "ASSESSING")]
)
def test_the_way_to_the_decision_is_shut_while_somebody_is_unassessed_and_opens_then(field, move, state):
    case, manager = field.ours.case, field.ours.actor(Role.HIRING_MANAGER)
    type(case).objects.filter(pk=case.pk).update(state=state)
    case.refresh_from_db()
    with pytest.raises(NotPossible) as refused:
        make(move, case, actor=manager, reason="Ingen kvalificerede")
    assert "not_assessed" in {o.code for o in refused.value.obstacles}

    Application.objects.filter(case=case).update(first_opened_at=field.application.received_at)
    assert "not_assessed" not in codes(case, move)


def test_assessing_together_needs_a_criterion_people_of_the_case_and_the_right(field):
    case, manager = field.ours.case, field.ours.actor(Role.HIRING_MANAGER)
    for rows, words in (([field.application], "  "), ([], "x"), ([field.their_application], "x")):
        with pytest.raises(ValidationError):
            assess_together(case, rows, words, actor=manager)
    with pytest.raises(PermissionDenied):
        assess_together(case, [field.application], "x", actor=field.ours.actor(Role.HIRING_COMMITTEE))
    assert not case.joint_assessments.exists()


class TestNoFilterRejects:
    """INV-25, tried: whatever a list is narrowed to and whatever is done with all of it, nobody unopened gets an answer."""

    def test_nothing_that_is_done_to_many_answers_anybody(self):
        ends = {move.to for move in FOR_MANY.values()}
        assert ends == {"SHORTLISTED", "RESERVE", "UNDER_REVIEW"}

    def test_no_move_at_all_leads_to_a_rejection_without_the_guard(self):
        rejecting = [move for move in applications.MOVES if move.to == "REJECTED"]
        assert {move.name for move in rejecting} == {"reject", "reject_by_phone"}
        assert all(nobody_has_opened_it in lifecycle.contributed[f"Application.{move.name}"] for move in rejecting)

    def test_the_guard_asks_for_an_opening_and_nothing_less(self, field):
        rate(field.application, 1, actor=field.ours.actor(Role.HIRING_COMMITTEE))
        manager = field.ours.actor(Role.HIRING_MANAGER)
        assess_together(field.ours.case, [field.application], "Mangler uddannelsen", actor=manager)
        field.application.refresh_from_db()
        reject = lifecycle.Move("reject", ("UNDER_REVIEW",), to="REJECTED")

        assert "not_opened" in {o.code for o in lifecycle.obstacles(reject, field.application)}

        open_application(field.application, actor=manager)
        field.application.refresh_from_db()
        assert {o.code for o in lifecycle.obstacles(reject, field.application)} == {
            "no_reasons"
        }  # GRD-23, of the decisions

    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        steps=st.lists(
            st.tuples(
                st.sampled_from(["", "UNDER_REVIEW", "RESERVE", "SHORTLISTED"]), st.sampled_from(["", "rated", "unrated"]),
                st.sampled_from([*FOR_MANY, "together"]),
            ),
            max_size=6,
        )
    )  # fmt: skip
    def test_any_filter_with_any_deed_on_all_it_leaves(self, field, steps):
        actor, case = field.ours.actor(Role.HR_EXTENDED), field.ours.case
        insight = insight_of(actor, case)
        for state, mine, deed in steps:
            rows = list(candidate_rows(actor, case, insight, CandidateFilter(state=state), AssessedFilter(mine=mine)))
            try:
                if deed == "together":
                    assess_together(case, rows, "Alle de filtrerede", actor=actor)
                else:
                    move_many(case, deed, rows, actor=actor, reason="Alle de filtrerede")
            except ValidationError:
                continue
        for application in Application.objects.filter(case=case):
            assert application.state in {"UNDER_REVIEW", "RESERVE", "SHORTLISTED"}
            assert application.answer_delivered_at is None
            assert nobody_has_opened_it(application) is not None
