"""Who holds a right on a case, asked of everybody at once, is who `may` says."""

import pytest

from recruitment.access.actions import grant_role
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.access.queries import holders
from recruitment.access.roles import Role
from recruitment.people.actor import Actor
from recruitment.people.models import User
from tests.factories.world import HOUSE, make_user


@pytest.mark.parametrize(
    "permission",
    [Permission.AD_PROPOSE, Permission.AD_PUBLISH, Permission.CASE_READ_AD_FACTS, Permission.APPLICATION_FINAL_RANK],
)
def test_holders_of_a_right_are_those_who_may(world, permission):
    ours = world.ours
    for place, unit in (("top", ours.top), ("nabo", ours.sibling)):
        grant_role(
            make_user(f"{place}@ours.example"), Role.HR_EXTENDED, institution=ours.institution, unit=unit, actor=HOUSE
        )
    case = ours.case

    found = holders(permission, institution=case.institution_id, unit_path=case.unit.path, case=case.pk)

    assert set(found) == {
        user for user in User.objects.filter(is_active=True) if may(Actor.person(user), permission, case)
    }


def test_it_costs_one_query_for_few_and_for_many(world, django_assert_num_queries):
    case = world.ours.case
    about = {"institution": case.institution_id, "unit_path": case.unit.path, "case": case.pk}

    for number in range(3):
        with django_assert_num_queries(1):
            found = len(holders(Permission.CASE_READ_AD_FACTS, **about))
        assert found == len(Role) + number
        newcomer = make_user(f"ny{number}@ours.example")
        grant_role(newcomer, Role.COMMUNICATIONS, institution=case.institution, unit=None, actor=HOUSE)
