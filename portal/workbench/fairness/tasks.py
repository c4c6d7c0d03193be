"""Lines of the desk about fair treatment: what must be taken, sent, evaluated, decided, answered, and by when."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from portal.workbench.lines import Group, Line, group_of
from recruitment import clock
from recruitment.fairness.queries import (
    access_to_answer,
    claims_to_act_on,
    hearings_to_act_on,
    notes_to_judge,
    reasons_to_answer,
)
from recruitment.people.actor import Actor
from recruitment.references.queries import references_to_take


def _line(application: Any, name: str, note: str, *more: Any, due: dt.date | None = None) -> Line:
    address = reverse(f"workbench:{name}", args=[application.case_id, application.pk, *more])
    who = application.candidate.full_name or application.reference
    return Line(who, address, f"{application.case.title} · {note}", due)


def _limit(row: Any) -> str:
    words = _("overdue since %s") if row.due_on < clock.today() else _("by %s")
    return words % formats.date_format(row.due_on, "SHORT_DATE_FORMAT")


def groups(actor: Actor) -> Iterable[Group]:
    """Sort by sort; each line leads to where it is done."""
    yield from group_of(
        _("See papers about oneself"), access_to_answer(actor),
        lambda row: _line(row.application, "access_request", _limit(row), row.pk, due=row.due_on),
    )  # fmt: skip
    yield from group_of(
        _("Give reasons in writing"),
        reasons_to_answer(actor),
        lambda row: _line(row.application, "reasons", _limit(row), due=row.due_on),
    )
    yield from group_of(
        _("Hearings"), hearings_to_act_on(actor),
        lambda row: _line(row.application, "hearing", str(row.get_state_display()), row.pk),
    )  # fmt: skip
    yield from group_of(
        _("Decide whether somebody must be heard"), notes_to_judge(actor),
        lambda row: _line(row.application, "facts", str(row.get_source_display())),
    )  # fmt: skip
    yield from group_of(
        _("Preferential access"), claims_to_act_on(actor),
        lambda row: _line(row.application, "claim", str(row.get_state_display())),
    )  # fmt: skip
    yield from group_of(
        _("Take references"), references_to_take(actor),
        lambda row: _line(row.referee.application, "reference", row.referee.name, row.pk),
    )  # fmt: skip
