import pytest

from tests.factories.assessing import seat_rater, to_assessment


@pytest.fixture
def field(world):
    """Ours being assessed, with two more applicants and a chair."""
    to_assessment(world, more=2)
    world.chair = seat_rater(world.ours, "formand", chair=True)
    return world
