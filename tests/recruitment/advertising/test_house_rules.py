"""An institution's own rules for its ads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from recruitment.access.roles import Role
from recruitment.advertising.house_rules import MOST_WORDS, rules_of, set_rules

NOTHING = {"switched_off": [], "unwanted": [], "manager_approves": False}


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.ADMINISTRATOR])
def test_those_who_write_templates_set_them(world, role):
    institution = world.ours.institution

    set_rules(institution, actor=world.ours.actor(role), **NOTHING | {"switched_off": ["length"]})

    assert rules_of(institution).switched_off == ["length"]


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HIRING_MANAGER])
def test_nobody_else_does(world, role):
    with pytest.raises(PermissionDenied):
        set_rules(world.ours.institution, actor=world.ours.actor(role), **NOTHING)


def test_nobody_sets_them_for_another_institution(world):
    with pytest.raises(PermissionDenied):
        set_rules(world.theirs.institution, actor=world.ours.actor(Role.COMMUNICATIONS), **NOTHING)


@pytest.mark.parametrize("code", ["gender", "contents", "noget-andet"])
def test_only_advice_can_be_switched_off(world, code):
    with pytest.raises(ValidationError):
        set_rules(
            world.ours.institution, actor=world.ours.actor(Role.COMMUNICATIONS), **NOTHING | {"switched_off": [code]}
        )


def test_the_list_of_words_has_an_end(world):
    with pytest.raises(ValidationError):
        set_rules(
            world.ours.institution,
            actor=world.ours.actor(Role.COMMUNICATIONS),
            **NOTHING | {"unwanted": [("ord", "")] * (MOST_WORDS + 1)},
        )


def test_without_a_row_everything_is_on(world):
    assert rules_of(world.theirs.institution).switched_off == []
