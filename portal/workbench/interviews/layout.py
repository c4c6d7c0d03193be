"""The calendar of times as a page can draw it: a column a day, a lane a room, blocks by the clock."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.interviews.engagements import busy_until
from recruitment.interviews.models import InterviewInvitation, InterviewSlot, InvitationState, SlotState

STEP = 15  # minutes that one line of the drawing stands for
EARLIEST, LATEST = 8, 16


@dataclass(frozen=True)
class Block:
    """A time with its pause: where it stands, who sits there, who comes, and what they answered."""

    slot: InterviewSlot
    invitation: InterviewInvitation | None
    first_line: int
    last_line: int
    pause_until: int
    initials: str
    people: str

    @property
    def tone(self) -> str:
        """For the colour; the words beside it say the same."""
        if self.invitation is not None:
            return {"ACCEPTED": "yes", "HELD": "yes", "NEW_TIME_REQUESTED": "ask", "NO_SHOW": "no"}.get(
                self.invitation.state, "waits"
            )
        return "blocked" if self.slot.state == SlotState.BLOCKED else "free"

    @property
    def state(self) -> str:
        """In words."""
        row: Any = self.invitation or self.slot
        return str(row.get_state_display())


@dataclass(frozen=True)
class Lane:
    """One room on one day."""

    name: str
    blocks: list[Block]


@dataclass(frozen=True)
class Day:
    """One day with its rooms."""

    day: dt.date
    lanes: list[Lane]


@dataclass(frozen=True)
class Calendar:
    """All days between the same two hours."""

    days: list[Day]
    hours: list[tuple[int, str]]
    lines: int


def drawn(slots: Iterable[InterviewSlot]) -> Calendar:
    """The times as blocks on lines of a quarter of an hour; `slots` are those of `queries.slots_of`."""
    rows = list(slots)
    opens = min([EARLIEST * 60, *(_minute(slot.starts_at) for slot in rows)]) // 60 * 60
    closes = max([LATEST * 60, *(_minute(busy_until(slot)) for slot in rows)])
    closes = -(-closes // 60) * 60
    days: dict[dt.date, dict[str, list[Block]]] = {}
    for slot in rows:
        room = slot.room.name if slot.room else str(_("by video"))
        day = slot.starts_at.astimezone(clock.COPENHAGEN).date()
        days.setdefault(day, {}).setdefault(room, []).append(_block(slot, opens))
    return Calendar(
        [Day(day, [Lane(name, blocks) for name, blocks in sorted(lanes.items())]) for day, lanes in sorted(days.items())],
        [((hour * 60 - opens) // STEP + 1, f"{hour:02d}") for hour in range(opens // 60, closes // 60)],
        (closes - opens) // STEP,
    )  # fmt: skip


def _minute(moment: dt.datetime) -> int:
    local = moment.astimezone(clock.COPENHAGEN)
    return local.hour * 60 + local.minute


def _block(slot: InterviewSlot, opens: int) -> Block:
    kept: list[InterviewInvitation] = slot.kept  # type: ignore[attr-defined]
    engaged = [row.user for row in slot.engaged]  # type: ignore[attr-defined]
    begins, ends, pause = (_minute(at) - opens for at in (slot.starts_at, slot.ends_at, busy_until(slot)))
    first = begins // STEP + 1
    last = max(first + 1, -(-ends // STEP) + 1)
    return Block(
        slot, next(iter(kept), None), first, last, max(last, -(-pause // STEP) + 1),
        " ".join(_initials(user) for user in engaged), ", ".join(str(user) for user in engaged),
    )  # fmt: skip


def _initials(user: Any) -> str:
    return "".join(word[:1] for word in str(user).split()[:3]).upper()


def shows_answer(invitation: InterviewInvitation) -> bool:
    """Whether somebody must look at what the applicant answered."""
    return invitation.state in {
        InvitationState.DECLINED,
        InvitationState.NEW_TIME_REQUESTED,
        InvitationState.EXPIRED,
    }
