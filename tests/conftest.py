"""Short on purpose: what every test may use. Factories stand in tests/factories, tools in tests/tools.py."""

import gc
from types import SimpleNamespace

import pytest

# A request makes and drops some hundred thousand objects: a tenth of all time went to looking for circles among them.
gc.set_threshold(20_000, 20, 50)

pytest_plugins = ["tests.tools", "tests.database", "tests.browser"]


@pytest.fixture
def world(settled_world: SimpleNamespace) -> SimpleNamespace:
    """Two employers, see `tests.factories.world`."""
    return settled_world
