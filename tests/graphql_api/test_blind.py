"""Blind screening through the API: programs and those who assess get numbers, until somebody is shortlisted."""

import pytest

from graphql_api.console_tokens import mint
from recruitment.access.roles import Role
from recruitment.applications.blinding import switch_on
from recruitment.applications.models import Application
from tests.factories.world import declare_all
from tests.graphql_api.conftest import codes, token_for

WHO = "{ applications { nodes { id applicant { familyName } } } }"
CONTENTS = "{ applications { nodes { motivation documents { name } answers { text } } } }"


@pytest.fixture
def blind(world):
    declare_all(world.ours)
    switch_on(world.ours.case, actor=world.ours.actor(Role.HR_EXTENDED))
    return world


def shown(answer):
    return [node["applicant"] for node in answer["data"]["applications"]["nodes"]]


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE])
def test_those_who_assess_get_no_person_and_no_contents(blind, ask, role):
    token = mint(blind.ours.staff[role])
    assert shown(ask(WHO, token=token)) == [None]
    contents = ask(CONTENTS, token=token)
    assert contents["data"]["applications"]["nodes"] == [{"motivation": None, "documents": None, "answers": None}]
    assert set(codes(contents)) == {"FORBIDDEN"}


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.ADMIN_SUPPORT])
def test_those_who_write_to_applicants_know_them(blind, ask, role):
    assert shown(ask(WHO, token=mint(blind.ours.staff[role]))) == [{"familyName": "Holm"}]


def test_a_program_gets_no_person_either_and_everybody_once_shortlisted(blind, ask):
    token = token_for(blind.ours)
    assert shown(ask(WHO, token=token)) == [None]
    Application.objects.filter(pk=blind.application.pk).update(stage_reached=20, state="SHORTLISTED")
    assert shown(ask(WHO, token=token)) == [{"familyName": "Holm"}]


def test_other_cases_are_as_they_were(blind, ask):
    assert shown(ask(WHO, token=token_for(blind.theirs))) == [{"familyName": "Holm"}]
