"""How a low room tells those above it that something happened. Used only to reach up; `wiring.py` says who listens."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """Something that has happened, told inside the transaction in which it happened."""


@dataclass(frozen=True)
class StateChanged(Event):
    """A row moved through its lifecycle: `row` is as saved, `move` is the move's name."""

    row: Any
    move: str
    actor: Any


@dataclass(frozen=True)
class ItemQueued(Event):
    """A new outbox item waits; its transaction has not been committed yet."""

    item_id: int


_listeners: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def listen(kind: type[Event], listener: Callable[[Any], None]) -> None:
    """Let `listener` hear every event of this kind. Only `wiring.py` calls this."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def tell(event: Event) -> None:
    """Tell the listeners in the order they were wired. What they raise stops the deed that tells."""
    for listener in _listeners[type(event)]:
        listener(event)
