"""The worker's processes where the broker is the database: one that is killed takes nothing with it that the others need.

Celery gives every process a pipe of its own where the broker can be watched (RabbitMQ). Elsewhere they share one pipe and its
lock, and a process that has nothing to do waits *inside* the lock: killed there (by a hand, or by a system short of memory)
it leaves the lock shut, and the worker stands still for ever, alive to whoever looks (celery/billiard issue 104; F02).
"""

import threading
from typing import Any, cast

from billiard.pool import Pool
from billiard.queues import SimpleQueue
from celery.concurrency.prefork import TaskPool
from kombu.transport.sqlalchemy import Channel


class PatientQueue(SimpleQueue):
    """Readers wait outside the lock and hold it only while they take what has come."""

    def get_payload(self) -> bytes:
        while True:
            self._reader.poll(None)
            with self._rlock:
                if self._reader.poll(0):
                    return cast("bytes", self._reader.recv_bytes())


class PatientPool(Pool):
    def _setup_queues(self) -> None:
        super()._setup_queues()
        self._inqueue = PatientQueue(ctx=self._ctx)
        self._quick_put = self._inqueue._writer.send  # noqa: SLF001


class SharedPipePool(TaskPool):
    """Named by CELERY_WORKER_POOL."""

    BlockingPool = PatientPool


class OneAtATime(Channel):  # type: ignore[misc]  # Kombu has no types
    """The database's channel, for threads: one asks for work while another gives back what a killed process had in its hands.

    They share one session, which SQLAlchemy lets one thread at a time use: both at once ended the whole worker (F02).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.turn = threading.RLock()
        super().__init__(*args, **kwargs)

    def _new_queue(self, queue: str, **kwargs: Any) -> None:
        with self.turn:
            super()._new_queue(queue, **kwargs)

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        with self.turn:
            super()._put(queue, payload, **kwargs)

    def _get(self, queue: str) -> dict[str, Any]:
        with self.turn:
            return cast("dict[str, Any]", super()._get(queue))

    def _size(self, queue: str) -> int:
        with self.turn:
            return cast("int", super()._size(queue))
