"""HR and administrators use no right of theirs before they have a second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from recruitment.access.roles import Role
from tests.factories.world import make_user

PLACES = ["/admin/", "/admin/cases/", "/graphql/console/", "/gennemsyn/noget/", "/en/gennemsyn/noget/"]


@pytest.fixture(autouse=True)
def wanted(settings):
    settings.STAFF_MFA_REQUIRED = True


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_sent_to_make_one(client: Client, address: str) -> bool:
    answer = client.get(address)
    return answer.status_code == 302 and answer.headers["Location"].startswith(("/konto/2fa/", "/en/konto/2fa/"))


@pytest.mark.parametrize("role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.ADMINISTRATOR])
@pytest.mark.parametrize("address", PLACES)
def test_without_one_they_are_sent_to_make_one(world, role, address):
    assert is_sent_to_make_one(signed_in(world.ours.staff[role]), address)


@pytest.mark.parametrize("address", PLACES)
def test_with_one_the_way_is_open(world, address):
    user = world.ours.staff[Role.HR_EXTENDED]
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert not is_sent_to_make_one(signed_in(user), address)


@pytest.mark.parametrize("role", [Role.COMMUNICATIONS, Role.HIRING_MANAGER, Role.ASSESSMENT_COMMITTEE])
def test_the_other_roles_are_not_asked(world, role):
    assert not is_sent_to_make_one(signed_in(world.ours.staff[role]), "/admin/")


@pytest.mark.parametrize("address", ["/", "/job/", "/mine/", "/konto/2fa/"])
def test_what_is_for_anybody_and_the_account_stay_open(world, address):
    assert not is_sent_to_make_one(signed_in(world.ours.staff[Role.HR_EXTENDED]), address)


def test_nobody_else_is_asked(world):
    assert not is_sent_to_make_one(signed_in(make_user("hjemme@ansoeger.example")), "/mine/")
