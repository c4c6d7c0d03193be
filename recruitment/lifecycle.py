"""The one door for every change of state: lock the row, ask who, ask whether, change, write history, tell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.audit.record import record
from recruitment.errors import NotPossible, Obstacle
from recruitment.events import StateChanged, tell
from recruitment.people.actor import Actor

Guard = Callable[[Any], "Obstacle | Sequence[Obstacle] | None"]
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Move:
    """One line of a lifecycle's table.

    `needs` is the right; None means the house only; OWNER means the applicant whose row it is (the deed checks).
    `unless` are guards that say why not yet. `reason_required` moves are refused without a written reason.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    label: Any = ""
    needs: Permission | str | None = None
    unless: tuple[Guard, ...] = ()
    reason_required: bool = False


OWNER = "owner"
#: Guards that rooms above add to a move of a room below, by "room.move". Filled by `wiring.py`.
contributed: dict[str, list[Guard]] = {}


def obstacles(move: Move, row: Any, *, room: str = "") -> list[Obstacle]:
    """Everything that stands in the way of the move now; the forecast that screens show before anyone tries."""
    found: list[Obstacle] = []
    if row.state not in move.sources:
        found.append(Obstacle("wrong_state", _("This is not possible from the present state.")))
    for guard in (*move.unless, *contributed.get(f"{room or type(row).__name__}.{move.name}", ())):
        answer = guard(row)
        if answer:
            found.extend([answer] if isinstance(answer, Obstacle) else answer)
    return found


def is_open(move: Move, row: Any, *, actor: Actor) -> bool:
    """Whether a face should show the button: the state fits and the actor holds the right. Guards are not asked."""
    if row.state not in move.sources:
        return False
    if actor.is_house:
        return True
    return isinstance(move.needs, Permission) and may(actor, move.needs, row)


@transaction.atomic
def make(move: Move, row: M, *, actor: Actor, reason: str = "", **changes: Any) -> M:
    """Make the move and return the row as saved. Raises PermissionDenied or NotPossible, and then nothing is changed.

    `changes` are further fields set in the same write. Moves marked OWNER trust the deed that calls.
    """
    locked: Any = type(row)._default_manager.select_for_update().get(pk=row.pk)
    _ask_who(move, locked, actor)
    found = obstacles(move, locked)
    if move.reason_required and not reason.strip():
        found.append(Obstacle("reason_missing", _("Write why.")))
    if found:
        raise NotPossible(found)
    before = locked.state
    locked.state = move.to
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.save()
    locked.history.create(
        from_state=before, to_state=move.to, move=move.name, at=clock.now(), by=str(actor), by_user=actor.user,
        reason=reason,
    )  # fmt: skip
    record(actor, f"{type(locked).__name__}.{move.name}", locked, **{"from": before, "to": move.to})
    tell(StateChanged(row=locked, move=move.name, actor=actor))
    return locked


def _ask_who(move: Move, row: Any, actor: Actor) -> None:
    if actor.is_house or move.needs == OWNER:
        return
    if not isinstance(move.needs, Permission):
        raise PermissionDenied
    require(actor, move.needs, row)
