"""Short on purpose: what every test may use. Factories stand in tests/factories, tools in tests/tools.py."""

from types import SimpleNamespace

import pytest

pytest_plugins = ["tests.tools", "tests.database", "tests.browser"]


@pytest.fixture
def world(settled_world: SimpleNamespace) -> SimpleNamespace:
    """Two employers, see `tests.factories.world`."""
    return settled_world
