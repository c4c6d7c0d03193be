import pytest

from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import Role
from tests.factories.world import declare_all


@pytest.fixture
def declared(world):
    """The world, in which everybody has declared on their case."""
    declare_all(world.ours)
    declare_all(world.theirs)
    return world


@pytest.fixture
def sign_in(world, client):
    """Sign a role of ours (or theirs) in; returns the client."""

    def enter(role: Role, employer=None):
        client.force_login((employer or world.ours).staff[role])
        return client

    return enter


@pytest.fixture
def undeclare(world):
    ConflictOfInterestDeclaration.objects.all().delete()
