"""Short on purpose: what every test may use. Factories stand in tests/factories, tools in tests/tools.py."""

from types import SimpleNamespace

import pytest

pytest_plugins = ["tests.tools", "tests.database", "tests.browser"]


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """Two employers, see `tests.factories.world`."""
    from tests.factories.world import make_world  # noqa: PLC0415 - needs Django to be ready

    return make_world()
