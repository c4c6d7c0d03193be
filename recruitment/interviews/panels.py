"""What a panel member's own calendar gets: the times they sit at, with number and room and no name (B8)."""

import datetime as dt
from typing import Any

from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.interviews.entries import interview_entry, time_zone
from recruitment.interviews.models import InterviewSlot, SlotState
from recruitment.interviews.queries import slots_of_person
from recruitment.people.actor import Actor

CONFIRMED, TENTATIVE = "CONFIRMED", "TENTATIVE"


def panel_entries(actor: Actor, first: dt.date, last: dt.date, *, site: str) -> list[Any]:
    """The zone and an entry for each time between the two days that the person sits at and may still see.

    A time that nobody has taken is tentative: the room and the person are kept for it. A feed is read anew each time, so
    what is called off is no longer in it. The number of changes tells calendars which is newer.
    """
    if actor.user is None:
        return []
    begins, ends = (
        dt.datetime.combine(day, dt.time.min, tzinfo=clock.COPENHAGEN) for day in (first, last + dt.timedelta(days=1))
    )
    rows = visible(actor, Permission.INTERVIEW_VIEW_SLOTS, slots_of_person(actor.user, begins, ends))
    found = [_entry(slot, site) for slot in rows]
    return [time_zone(), *found] if found else []


def _entry(slot: InterviewSlot, site: str) -> Any:
    case, kept = slot.round.case, slot.kept  # type: ignore[attr-defined]
    return interview_entry(
        slot, uid=f"slot-{slot.pk}@opslag", version=sum(row.version for row in kept), case_number=case.case_number,
        link=f"{site}/admin/cases/{case.pk}/interviews/?round={slot.round.number}",
        status=CONFIRMED if slot.state == SlotState.BOOKED else TENTATIVE,
    )  # fmt: skip
