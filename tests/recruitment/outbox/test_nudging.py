"""Telling a worker holds nobody up, whatever the broker does."""

import threading

from recruitment.outbox.nudging import MOST_WAITING, Nudger


def test_numbers_are_published_in_order_by_another_thread():
    told, done = [], threading.Event()

    def publish(number: int) -> None:
        told.append((number, threading.current_thread().name))
        if number == 3:
            done.set()

    nudger = Nudger(publish)
    for number in (1, 2, 3):
        assert nudger.nudge(number)

    assert done.wait(10)
    assert told == [(1, "nudger"), (2, "nudger"), (3, "nudger")]


def test_a_broker_that_blocks_holds_nobody_up_and_the_rest_is_left_to_the_sweeper():
    blocked, go_on = threading.Event(), threading.Event()

    def publish(_number: int) -> None:
        blocked.set()
        go_on.wait(30)

    nudger = Nudger(publish)
    nudger.nudge(0)
    assert blocked.wait(10)
    taken = [nudger.nudge(number) for number in range(MOST_WAITING + 5)]
    go_on.set()

    assert taken.count(False) == 5


def test_a_broker_that_refuses_is_asked_again_for_the_next():
    told, done = [], threading.Event()

    def publish(number: int) -> None:
        if number == 1:
            raise ConnectionError
        told.append(number)
        done.set()

    nudger = Nudger(publish, pause=0)
    nudger.nudge(1)
    nudger.nudge(2)

    assert done.wait(10)
    assert told == [2]


def test_after_a_fork_the_child_has_a_thread_of_its_own(monkeypatch):
    done = threading.Event()
    nudger = Nudger(lambda _number: done.set())
    nudger.nudge(1)
    assert done.wait(10)
    done.clear()
    monkeypatch.setattr("os.getpid", lambda: -1)

    nudger.nudge(2)

    assert done.wait(10)
    assert len([thread for thread in threading.enumerate() if thread.name == "nudger"]) >= 2
