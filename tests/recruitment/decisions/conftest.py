import pytest

from tests.factories.deciding import to_decision


@pytest.fixture
def table(world):
    """Ours at its decision: two interviewed, two only read."""
    return to_decision(world)
