"""One view that asks and then makes any move of any lifecycle."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, in_reach, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.advertising import lifecycle as advertising
from recruitment.advertising.actions import mark_live
from recruitment.advertising.models import Publication
from recruitment.advertising.taking_down import take_down
from recruitment.applications import lifecycle as applications
from recruitment.applications.actions import withdraw_for
from recruitment.applications.models import Application
from recruitment.cases import lifecycle as cases
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import (
    approve_case,
    assess_without_advertising,
    cancel_case,
    cancel_running_case,
    drop_readvertising,
)
from recruitment.lifecycle import Move, is_open, make, obstacles

Deed = Callable[..., Any]


@dataclass(frozen=True)
class Movable:
    """Rows that can be moved: under which right they are met, and the deed behind each move."""

    model: Any
    met_under: Permission
    moves: Mapping[str, tuple[Move, Deed]]
    tab: str
    consequences: Mapping[str, Any]

    def case_of(self, row: Any) -> RecruitmentCase:
        """The case whose screen the move belongs to."""
        if isinstance(row, RecruitmentCase):
            return row
        case: RecruitmentCase = row.case if isinstance(row, Application) else row.round.case
        return case


def _without_reason(deed: Deed) -> Deed:
    def carry_out(row: Any, *, actor: Any, **_unused: str) -> Any:
        return deed(row, actor=actor)

    return carry_out


def _plain(move: Move) -> Deed:
    return lambda row, *, actor, reason: make(move, row, actor=actor, reason=reason)


MOVABLE = {
    "case": Movable(
        RecruitmentCase, Permission.CASE_VIEW, tab="overview",
        moves={
            "approve": (cases.APPROVE, _without_reason(approve_case)),
            "reopen_draft": (cases.REOPEN_DRAFT, _plain(cases.REOPEN_DRAFT)),
            "call_back": (cases.CALL_BACK, _plain(cases.CALL_BACK)),
            "begin_decision": (cases.BEGIN_DECISION, _plain(cases.BEGIN_DECISION)),
            "decide_without_interviews": (cases.DECIDE_WITHOUT_INTERVIEWS, _plain(cases.DECIDE_WITHOUT_INTERVIEWS)),
            "assess_without_advertising": (cases.ASSESS_WITHOUT_ADVERTISING, _without_reason(assess_without_advertising)),
            "drop_readvertising": (cases.DROP_READVERTISING, _without_reason(drop_readvertising)),
            "cancel": (cases.CANCEL, cancel_case),
            "cancel_running": (cases.CANCEL_RUNNING, cancel_running_case),
        },
        consequences={
            "approve": gettext_lazy("The frame is settled: the ad can be written and published."),
            "reopen_draft": gettext_lazy("The case must be approved again before its ad can be published."),
            "call_back": gettext_lazy("Applicants no longer find the ad, and nobody can apply."),
            "begin_decision": gettext_lazy("The interviews are over; what is left is to find the one to hire."),
            "decide_without_interviews": gettext_lazy("Nobody is called to interview; the decision rests on the applications."),
            "assess_without_advertising": gettext_lazy("No ad is published. Applications come by invitation, or are registered by hand."),
            "drop_readvertising": gettext_lazy("No new ad goes out. You go on with those who have applied."),
            "cancel": gettext_lazy("The case is closed for good, without anybody being hired."),
            "cancel_running": gettext_lazy("The case is closed for good, without anybody being hired, and the ad comes down everywhere. Everybody who applied must have had an answer first."),
        },
    ),
    "application": Movable(
        Application, Permission.APPLICATION_CHANGE_STATE, tab="applications",
        moves={"withdraw_for": (applications.WITHDRAW_FOR, withdraw_for)},
        consequences={"withdraw_for": gettext_lazy("The applicant has said that they withdraw. They get a letter that confirms it.")},
    ),
    "publication": Movable(
        Publication, Permission.PUBLICATION_MANAGE, tab="media",
        moves={
            "schedule": (advertising.SCHEDULE, _plain(advertising.SCHEDULE)),
            "mark_live": (advertising.MARK_LIVE, _without_reason(mark_live)),
            "withdraw": (advertising.WITHDRAW, take_down),
            "confirm_down": (advertising.CONFIRM_DOWN, _plain(advertising.CONFIRM_DOWN)),
            "confirm_withdrawn": (advertising.CONFIRM_WITHDRAWN, _plain(advertising.CONFIRM_WITHDRAWN)),
        },
        consequences={
            "schedule": gettext_lazy("It goes up on the chosen day."),
            "mark_live": gettext_lazy("You say that the ad is up on the medium."),
            "withdraw": gettext_lazy("The ad is no longer shown there."),
            "confirm_down": gettext_lazy("You say that the ad is gone from the medium."),
            "confirm_withdrawn": gettext_lazy("You say that the ad is gone from the medium."),
        },
    ),
}  # fmt: skip


class ReasonForm(forms.Form):
    """Why; asked where the move wants a reason."""

    reason = forms.CharField(
        label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )


@screen
def move(request: HttpRequest, kind: str, row_id: uuid.UUID, name: str) -> HttpResponse:
    """GET says what will happen and what stands in the way; POST does it."""
    movable = MOVABLE.get(kind)
    if movable is None or name not in movable.moves:
        raise Http404
    row = in_reach(request, movable.met_under, movable.model.objects.all(), row_id)
    wanted, deed = movable.moves[name]
    actor = actor_of(request)
    if row.state in wanted.sources and not is_open(wanted, row, actor=actor):
        raise PermissionDenied
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deed(row, actor=actor, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Done: %s.") % wanted.label)
            if isinstance(row, Application):
                return redirect("workbench:application", row.case_id, row.pk)
            return redirect("workbench:case" if kind == "case" else "workbench:media", movable.case_of(row).pk)
    return _confirm(request, movable, row, wanted, form)


def _needs_reason(row: Any, wanted: Move) -> bool:
    """The compulsory medium is not dropped without one."""
    return wanted is advertising.WITHDRAW and row.medium.is_mandatory_public


def _confirm(request: HttpRequest, movable: Movable, row: Any, wanted: Move, form: ReasonForm) -> HttpResponse:
    case = movable.case_of(row)
    return show_case(
        request, "workbench/move.html", case, tab=movable.tab if movable.tab != "overview" else "", title=str(wanted.label),
        form=form, move=wanted, asks_why=wanted.reason_required or _needs_reason(row, wanted), consequence=movable.consequences[wanted.name], row=row,
        blockers=blockers(obstacles(wanted, row), case), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
