"""Moving several applications at once: looked at before it is done, and undone while nothing else has happened."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.lifecycle import RESERVE, REVIEW_AGAIN, SHORTLIST
from recruitment.applications.models import Application, ApplicationState, BulkMove, Stage
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, Obstacle
from recruitment.lifecycle import Move, make, obstacles
from recruitment.people.actor import Actor

#: What can be done to many. An answer to an applicant is never among them (INV-25).
FOR_MANY: dict[str, Move] = {move.name: move for move in (SHORTLIST, RESERVE, REVIEW_AGAIN)}
UNDO_WITHIN = dt.timedelta(hours=12)
S = ApplicationState
#: From where it was moved to, the steps that lead back to where it was.
_BACK: dict[tuple[str, str], tuple[Move, ...]] = {
    (S.SHORTLISTED, S.UNDER_REVIEW): (REVIEW_AGAIN,),
    (S.SHORTLISTED, S.RESERVE): (REVIEW_AGAIN, RESERVE),
    (S.RESERVE, S.UNDER_REVIEW): (REVIEW_AGAIN,),
    (S.UNDER_REVIEW, S.SHORTLISTED): (SHORTLIST,),
    (S.UNDER_REVIEW, S.RESERVE): (RESERVE,),
}


@dataclass(frozen=True)
class Forecast:
    """Who would move, and who would not with the reasons why."""

    moving: list[Application]
    staying: list[tuple[Application, list[str]]]


def forecast(move: Move, applications: Iterable[Application]) -> Forecast:
    """What would happen to each, before anybody decides."""
    moving, staying = [], []
    for application in applications:
        found = obstacles(move, application)
        if found:
            staying.append((application, [_why(application, each) for each in found]))
        else:
            moving.append(application)
    return Forecast(moving, staying)


def _why(application: Application, obstacle: Obstacle) -> str:
    if obstacle.code == "wrong_state":
        return _("state: %s") % application.get_state_display()
    return obstacle.message


def shortlist(application: Application, *, reason: str, actor: Actor) -> Application:
    """Choose for interview. The reason is kept in the history: the answers to the others are written from it."""
    stage = max(application.stage_reached, Stage.SCREENED)
    return make(SHORTLIST, application, actor=actor, reason=reason, stage_reached=stage)


@transaction.atomic
def move_many(
    case: RecruitmentCase, name: str, applications: Iterable[Application], *, actor: Actor, reason: str = ""
) -> BulkMove:
    """Move those that can be moved; the others stay. Raises NotPossible where nobody would move or the reason is missing."""
    require(actor, Permission.APPLICATION_SHORTLIST, case)
    move = FOR_MANY[name]
    moving = forecast(move, applications).moving
    if not moving:
        raise NotPossible([Obstacle("nobody_moves", _("None of the chosen can be moved so."))])
    if move.reason_required and not reason.strip():
        raise NotPossible([Obstacle("reason_missing", _("Write why."), "move.reason")])
    lines = [
        {"id": str(application.pk), "state": application.state, "stage": int(application.stage_reached)}
        for application in moving
    ]
    for application in moving:
        if move is SHORTLIST:
            shortlist(application, reason=reason, actor=actor)
        else:
            make(move, application, actor=actor, reason=reason)
    return BulkMove.objects.create(
        case=case, move=name, lines=lines, reason=reason, made_by=actor.user, made_at=clock.now()
    )


@transaction.atomic
def undo(done: BulkMove, *, actor: Actor) -> int:
    """Lead each back that has not moved on since, stage included; returns how many. History shows both ways."""
    require(actor, Permission.APPLICATION_SHORTLIST, done.case)
    locked = BulkMove.objects.select_for_update().get(pk=done.pk)
    if locked.undone_at is not None or clock.now() - locked.made_at > UNDO_WITHIN:
        raise NotPossible([Obstacle("too_late", _("This can no longer be undone."))])
    arrived = FOR_MANY[locked.move].to
    rows = {str(row.pk): row for row in Application.objects.filter(pk__in=[line["id"] for line in locked.lines])}
    back = 0
    for line in locked.lines:
        row = rows.get(line["id"])
        if row is not None and row.state == arrived:
            _lead_back(row, line, actor)
            back += 1
    locked.undone_at = clock.now()
    locked.save(update_fields=["undone_at"])
    return back


def _lead_back(row: Application, line: dict[str, Any], actor: Actor) -> None:
    for step in _BACK[row.state, line["state"]]:
        row = make(step, row, actor=actor, reason=_("Undone"), stage_reached=line["stage"])


def last_undoable(case: RecruitmentCase, actor: Actor) -> BulkMove | None:
    """The person's newest act of this kind on the case, while it can be undone."""
    found = BulkMove.objects.filter(case=case, made_by=actor.user, made_at__gt=clock.now() - UNDO_WITHIN).first()
    return found if found and found.undone_at is None else None


def shortlist_reason(application: Application) -> str:
    """Why it was chosen for interview, in the words of the last time."""
    if application.stage_reached < Stage.SCREENED:
        return ""
    chosen = application.history.filter(move=SHORTLIST.name).order_by("-at").first()
    return chosen.reason if chosen else ""
