"""Telling a worker that an errand waits, beside the request that left it: a broker that is away or blocks holds nobody up.

What is not told is found by the sweeper within a quarter of a minute, so the queue here may forget.
"""

import logging
import os
import queue
import threading
from collections.abc import Callable

logger = logging.getLogger("recruitment.outbox")
MOST_WAITING = 1000  # numbers; a broker that takes nothing for longer is the sweeper's business
PAUSE = 1.0  # seconds after a failure, so that a broker that is away is not asked without end


class Nudger:
    """One thread in each process, begun with the first number (and anew after a fork), that publishes what it is handed."""

    def __init__(self, publish: Callable[[int], object], *, pause: float = PAUSE) -> None:
        self.publish, self.pause = publish, pause
        self.lock = threading.Lock()
        self.waiting: queue.Queue[int] = queue.Queue(MOST_WAITING)
        self.process = 0

    def nudge(self, item_id: int) -> bool:
        """Hand the number over and go on; False where so many wait that it is left to the sweeper."""
        self._begin()
        try:
            self.waiting.put_nowait(item_id)
        except queue.Full:
            return False
        return True

    def _begin(self) -> None:
        with self.lock:
            if self.process != os.getpid():
                self.process, self.waiting = os.getpid(), queue.Queue(MOST_WAITING)
                threading.Thread(target=self._run, args=(self.waiting,), name="nudger", daemon=True).start()

    def _run(self, waiting: queue.Queue[int]) -> None:
        while True:
            item_id = waiting.get()
            try:
                self.publish(item_id)
            except Exception as error:  # noqa: BLE001 - whatever the broker says, the row is there and will be found
                logger.warning("a worker could not be told of item %s: %s", item_id, type(error).__name__)
                threading.Event().wait(self.pause)
