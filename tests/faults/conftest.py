"""A machine for each test, and the broker that needs a program of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.machine import Machine
from tests.faults.rabbit import Rabbit
from tests.portal.platform.test_broker import prepare_broker


@pytest.fixture
def machine(transactional_db: None, tmp_path: Path) -> Iterator[Machine]:
    """With a sink for mail, and the broker in the database."""
    prepare_broker()
    made = Machine(tmp_path)
    made.sink()
    yield made
    made.end()


@pytest.fixture
def rabbit(tmp_path: Path) -> Iterator[Rabbit]:
    """A RabbitMQ of its own."""
    made = Rabbit(tmp_path / "rabbit")
    made.start()
    yield made
    made.end()
