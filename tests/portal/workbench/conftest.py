import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
def count_queries(client):
    """How many queries an address costs the second time it is opened."""

    def count(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count
