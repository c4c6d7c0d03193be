"""A process of the worker's pool that is killed while it waits leaves the others at work."""

import os
import signal
import time
from collections.abc import Iterator

import pytest

from portal.platform.pool import PatientPool


@pytest.fixture
def pool() -> Iterator[PatientPool]:
    made = PatientPool(2, threads=True)
    yield made
    made.terminate()
    made.join()


def test_work_goes_on_when_those_who_wait_are_killed(pool):
    assert pool.apply(os.getpid) in {worker.pid for worker in pool._pool}
    time.sleep(0.3)  # they wait for more
    before = {worker.pid for worker in pool._pool}

    for pid in before:
        os.kill(pid, signal.SIGKILL)

    assert pool.apply_async(os.getpid).get(timeout=30) not in before
