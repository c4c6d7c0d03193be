"""The plan of a case: the table and the picture, one step, ticking off, and moving the first day at work."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.fields import Colleague, DayInput
from portal.workbench.planning.picture import picture_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, own_address, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.access.queries import colleagues
from recruitment.cases.models import RecruitmentCase
from recruitment.planning.actions import (
    consequences,
    deadline_can_move,
    is_ticked_by_hand,
    make_plan,
    move_start,
    remove_activity,
    save_activity,
    tick,
)
from recruitment.planning.models import CasePlan, PlannedActivity, PlanTemplate
from recruitment.planning.queries import anchors_of_plan, lines_of, templates_for


class ActivityForm(forms.ModelForm):
    """One step. An emptied day is reckoned by the plan."""

    responsible = Colleague(required=False, label=gettext_lazy("Responsible"))

    class Meta:
        model = PlannedActivity
        fields = ("kind", "title", "responsible", "due_date", "note")
        widgets = {"due_date": DayInput(), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": gettext_lazy("Only where the step's own name does not say it."),
            "due_date": gettext_lazy(
                "A day that you type stays, whatever else moves. Empty it, and the plan reckons it."
            ),
        }

    def __init__(self, case: RecruitmentCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = colleagues([case.institution_id])


class StartForm(forms.Form):
    """The first day at work."""

    start = forms.DateField(label=gettext_lazy("The new colleague begins on"), widget=DayInput())


class MakeForm(forms.Form):
    """Which template a plan begins with."""

    template = forms.ModelChoiceField(
        queryset=PlanTemplate.objects.none(), label=gettext_lazy("Template"), empty_label=None
    )


def _plan_of(case: RecruitmentCase) -> CasePlan | None:
    plan = CasePlan.objects.filter(case=case).first()
    if plan is not None:
        plan.case = case
    return plan


@screen
def plan(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The plan as everybody on the case sees it; POST makes one where there is none."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    actor, found = actor_of(request), _plan_of(case)
    may_edit = may(actor, Permission.CASE_EDIT, case)
    if found is None:
        return _none_yet(request, case, may_edit=may_edit)
    lines = lines_of(found)
    ticks = {
        line.activity.pk
        for line in lines
        if is_ticked_by_hand(line.activity) and (may_edit or line.activity.responsible_id == actor.user.pk)
    }
    anchors = anchors_of_plan(found, [line.activity for line in lines])
    return show_case(
        request, "workbench/planning/plan.html", case, tab="plan", title=_("Plan"), plan=found, ticks=ticks,
        ahead=[line for line in lines if line.status != "done"], behind=[line for line in lines if line.status == "done"],
        picture=picture_of(lines, anchors), may_edit=may_edit, anchors=anchors, next=next((line for line in lines if line.status != "done"), None),
        overdue=[line for line in lines if line.status == "overdue"], warnings=[line for line in lines if line.remarks],
        another_start=case.start_date if case.start_date and case.start_date != found.target_start_date else None,
    )  # fmt: skip


def _none_yet(request: HttpRequest, case: RecruitmentCase, *, may_edit: bool) -> HttpResponse:
    form = MakeForm(request.POST if request.method == "POST" else None)
    form.fields["template"].queryset = templates_for(case.unit)
    if request.method == "POST" and form.is_valid():
        make_plan(case, actor=actor_of(request), template=form.cleaned_data["template"])
        messages.success(request, _("The plan has been made."))
        return redirect("workbench:plan", case.pk)
    return show_case(
        request, "workbench/planning/no_plan.html", case, tab="plan", title=_("Plan"), form=form, may_edit=may_edit,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def expectations(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """What everybody on the case may expect: how long it takes, who does what, and when."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    found = _plan_of(case)
    lines = lines_of(found) if found else []
    people: dict[Any, list[Any]] = {}
    for line in lines:
        people.setdefault(line.activity.responsible, []).append(line)
    mine = people.pop(actor_of(request).user, [])
    days = [line.activity.due_date for line in lines if line.activity.due_date]
    weeks = round((max(days) - min(days)).days / 7) if days else 0
    return show_case(
        request, "workbench/planning/expectations.html", case, tab="plan", title=_("What we can expect"), lines=lines, mine=mine,
        people=[(user, steps) for user, steps in people.items() if user], weeks=weeks, first=min(days, default=None), last=max(days, default=None),
        anchors=anchors_of_plan(found, [line.activity for line in lines]) if found else None, crumbs=[_back(case)],
    )  # fmt: skip


def _back(case: RecruitmentCase) -> tuple[str, str]:
    return _("Plan"), reverse("workbench:plan", args=[case.pk])


@screen
def activity(request: HttpRequest, case_id: uuid.UUID, activity_id: uuid.UUID | None = None) -> HttpResponse:
    """One step, new or changed."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    found = get_object_or_404(CasePlan, case=case)
    found.case = case
    row = get_object_or_404(PlannedActivity, plan=found, pk=activity_id) if activity_id else None
    form = ActivityForm(case, request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        fresh = PlannedActivity.objects.get(pk=row.pk) if row else None
        try:
            save_activity(found, fresh, actor=actor_of(request), fields=form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The step has been saved."))
            return redirect("workbench:plan", case.pk)
    return show_case(
        request, "workbench/planning/activity.html", case, tab="plan", title=row.name if row else _("New step"), form=form, row=row,
        crumbs=[_back(case)], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_POST
def remove(request: HttpRequest, case_id: uuid.UUID, activity_id: uuid.UUID) -> HttpResponse:
    """Take a step out of the plan."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    row = get_object_or_404(PlannedActivity.objects.select_related("plan__case"), plan__case=case, pk=activity_id)
    back = reverse("workbench:plan", args=[case.pk])
    asked = ask_first(
        request, title=_("Take the step out?"), button=_("Take it out"), back=back, crumbs=(_back(case),),
        consequence=_("“%s” is no longer part of the plan, and no longer anybody's task.") % row.name,
    )  # fmt: skip
    if asked:
        return asked
    try:
        remove_activity(row, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect(back)


@screen
@require_POST
def done(request: HttpRequest, case_id: uuid.UUID, activity_id: uuid.UUID) -> HttpResponse:
    """Tick a step off, or open it again; then back to where the button stood."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    row = get_object_or_404(PlannedActivity.objects.select_related("plan__case"), plan__case=case, pk=activity_id)
    is_done = request.POST.get("done") == "yes"
    try:
        tick(row, actor=actor_of(request), done=is_done)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        told = _("Done: %s.") if is_done else _("Open again: %s.")
        messages.success(request, told % row.name)
    return redirect(own_address(request, request.POST.get("next", ""), reverse("workbench:plan", args=[case.pk])))


@screen
def move(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """GET with a day shows what would happen to each step; POST does it."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    found = get_object_or_404(CasePlan, case=case)
    found.case = case
    typed = request.POST if request.method == "POST" else request.GET if "start" in request.GET else None
    form = StartForm(
        typed, initial={"start": found.target_start_date or anchors_of_plan(found, list(found.activities.all())).start}
    )
    shifts: list[Any] = []
    if form.is_valid():
        start = form.cleaned_data["start"]
        if request.method == "POST":
            try:
                move_start(found, start, actor=actor_of(request))
            except ValidationError as refusal:
                blame(form, refusal)
            else:
                messages.success(request, _("The plan has been moved."))
                return redirect("workbench:plan", case.pk)
        shifts = consequences(found, start)
    moved = [shift for shift in shifts if shift.before != shift.after]
    return show_case(
        request, "workbench/planning/move.html", case, tab="plan", title=_("Move the first day"), form=form, shifts=shifts, moved=moved,
        too_late=[shift for shift in shifts if shift.is_too_late], moves_deadline=deadline_can_move(case), crumbs=[_back(case)],
        status=BAD_INPUT if form.is_bound and form.errors else 200,
    )  # fmt: skip
