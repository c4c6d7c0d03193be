"""The chair's own order, kept apart from everybody's ratings (INV-6)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment.access.roles import Role
from recruitment.assessments.actions import is_chair, put_in_bucket, rank_in_order
from recruitment.assessments.models import FinalRanking
from tests.factories.assessing import as_, to_assessment

ALLOWED = {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER}


@pytest.mark.parametrize("role", list(Role))
def test_hr_and_the_manager_rank_on_the_chairs_behalf_and_nobody_else(field, role):
    actor = field.ours.actor(role)
    if role in ALLOWED:
        assert put_in_bucket(field.application, "A", actor=actor).on_behalf is True
    else:
        with pytest.raises(PermissionDenied):
            put_in_bucket(field.application, "A", actor=actor)
        with pytest.raises(PermissionDenied):
            rank_in_order(field.ours.case, [field.application], actor=actor)


def test_the_chairs_own_is_not_on_behalf(field):
    assert put_in_bucket(field.application, "B", actor=as_(field.chair)).on_behalf is False


def test_without_a_committee_the_ranking_is_the_managers(world):
    to_assessment(world)
    assert is_chair(world.ours.actor(Role.HIRING_MANAGER), world.ours.case)
    assert not is_chair(world.ours.actor(Role.HR_EXTENDED), world.ours.case)


def test_the_order_is_kept_whole_and_can_be_turned_round(field):
    first, second = field.others
    rank_in_order(field.ours.case, [first, field.application, second], actor=as_(field.chair))
    rank_in_order(field.ours.case, [second, first], actor=as_(field.chair))

    ranks = {row.application: row.rank for row in FinalRanking.objects.all()}
    assert ranks == {second: 1, first: 2, field.application: None}


def test_an_order_with_strangers_or_doubles_is_refused(field):
    for order in ([field.their_application], [field.application, field.application]):
        with pytest.raises(ValidationError):
            rank_in_order(field.ours.case, order, actor=as_(field.chair))
    assert not FinalRanking.objects.exists()


def test_a_sorting_that_is_none_is_refused(field):
    with pytest.raises(ValidationError):
        put_in_bucket(field.application, "D", actor=as_(field.chair))
