"""The tab "Interviews": rounds, the calendar of times, and what applicants have answered."""

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

from portal.guard import actor_of
from portal.workbench.fields import DayInput
from portal.workbench.interviews.layout import drawn
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment import clock
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.guards import claimants_not_called
from recruitment.interviews.models import InterviewRound, InvitationMode, SlotState
from recruitment.interviews.queries import invitations_of, rounds_of, slots_of, to_call
from recruitment.interviews.rounds import PLANNED_IN, change_round, make_round, possible_panel
from recruitment.people.actor import Actor
from recruitment.people.models import User


def round_for(case: RecruitmentCase, round_id: uuid.UUID) -> InterviewRound:
    """The case's own round, or 404."""
    rows = InterviewRound.objects.select_related("case__institution__settings", "case__unit")
    return get_object_or_404(rows, case=case, pk=round_id)


def crumbs_of(case: RecruitmentCase) -> list[tuple[str, str]]:
    """The way back to the tab."""
    return [(_("Interviews"), reverse("workbench:interviews", args=[case.pk]))]


@screen
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The chosen round (the last, unless the address names one) with its times and answers."""
    case = case_for(request, case_id, Permission.INTERVIEW_VIEW_SLOTS)
    actor = actor_of(request)
    rounds = list(rounds_of(case))
    chosen = next((r for r in rounds if str(r.number) == request.GET.get("round")), rounds[-1] if rounds else None)
    slots = list(slots_of(chosen)) if chosen else []
    invitations = [row for row in invitations_of(case) if chosen and row.round_id == chosen.pk]
    return show_case(
        request, "workbench/interviews/plan.html", case, tab="interviews", title=_("Interviews"), rounds=rounds, round=chosen,
        calendar=drawn(slots), invitations=invitations, free=_count_free(slots), waiting=to_call(chosen).count() if chosen else 0,
        claimants=claimants_for(actor, case), may_plan_here=case.state in PLANNED_IN, **rights_of(actor, case),
    )  # fmt: skip


def _count_free(slots: list[Any]) -> int:
    now = clock.now()
    return sum(slot.state == SlotState.FREE and slot.starts_at > now for slot in slots)


def claimants_for(actor: Actor, case: RecruitmentCase) -> list[Application]:
    """GRD-9 as a warning, to those who may know of a claim; numbers instead of names while the case is screened blind."""
    if not may(actor, Permission.PRIORITY_VIEW, case):
        return []
    found = list(claimants_not_called(case).select_related("candidate"))
    return mask_for(actor, case).put_on_all(found) if found else found


def rights_of(actor: Actor, case: RecruitmentCase) -> dict[str, bool]:
    """Which buttons are shown."""
    return {
        "may_plan": may(actor, Permission.INTERVIEW_PLAN_SLOTS, case),
        "may_invite": may(actor, Permission.INTERVIEW_INVITE, case),
        "may_conduct": may(actor, Permission.INTERVIEW_CONDUCT, case),
        "may_guide": may(actor, Permission.INTERVIEW_EDIT_GUIDE, case),
    }


class People(forms.ModelMultipleChoiceField):
    """Members of the case by name and title."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, user: User) -> str:  # type: ignore[override]
        """Name with title."""
        return f"{user}, {user.title}" if user.title else str(user)


class RoundForm(forms.Form):
    """Who, how long, where, and what applicants are told."""

    panel = People(
        queryset=User.objects.none(), label=gettext_lazy("Panel"),
        help_text=gettext_lazy("People with a seat on the case. Who has a conflict of interest is not shown."),
    )  # fmt: skip
    minutes = forms.IntegerField(min_value=10, max_value=480, label=gettext_lazy("Minutes for each"))
    pause_minutes = forms.IntegerField(
        min_value=0, max_value=240, label=gettext_lazy("Minutes between"),
        help_text=gettext_lazy("For talking over the impression, and how to do better at the next."),
    )  # fmt: skip
    mode = forms.ChoiceField(choices=InvitationMode.choices, label=gettext_lazy("How a time is found"))
    first_day = forms.DateField(required=False, widget=DayInput(), label=gettext_lazy("First day"))
    last_day = forms.DateField(required=False, widget=DayInput(), label=gettext_lazy("Last day"))
    place = forms.CharField(
        required=False, max_length=240, label=gettext_lazy("Where"),
        help_text=gettext_lazy("Address and how to find the way; the room stands on each time."),
    )  # fmt: skip
    video_link = forms.URLField(required=False, label=gettext_lazy("Video link"), assume_scheme="https")
    programme = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), label=gettext_lazy("Programme"),
        help_text=gettext_lazy("Applicants are told what will happen, a line each."),
    )  # fmt: skip
    bring = forms.CharField(required=False, max_length=400, label=gettext_lazy("What to bring or prepare"))
    test_required = forms.BooleanField(required=False, label=gettext_lazy("A test belongs to this round"))

    def __init__(self, case: RecruitmentCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = possible_panel(case)

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        typed = super().clean() or {}
        first, last = typed.get("first_day"), typed.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        return typed


def _usual(case: RecruitmentCase) -> dict[str, Any]:
    """What the case knows already."""
    settings, days = case.institution.settings, sorted(case.interview_dates)
    workplace = case.workplaces.first()
    address = [workplace.address, f"{workplace.postal_code} {workplace.city}".strip()] if workplace else []
    return {
        "minutes": settings.default_interview_minutes, "pause_minutes": settings.default_pause_minutes,
        "mode": InvitationMode.FIXED, "panel": possible_panel(case), "place": ", ".join(part for part in address if part),
        "first_day": days[0] if days else None, "last_day": days[-1] if days else None,
        "programme": _("Welcome and presentation\nAbout the workplace and the job\nYour experience and your way of working\nPay and terms\nYour questions, and what happens next"),
    }  # fmt: skip


@screen
def new_round(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A round with what the case knows already."""
    case = case_for(request, case_id, Permission.INTERVIEW_PLAN_SLOTS)
    form = RoundForm(case, request.POST) if request.method == "POST" else RoundForm(case, initial=_usual(case))
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            round_ = make_round(case, actor=actor_of(request), panel=typed.pop("panel"), **typed)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The round has been made. Now make the times."))
            return redirect("workbench:interview_times", case.pk, round_.pk)
    return _show_form(request, case, form, _("New round of interviews"))


@screen
def edit_round(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """Facts of the round; times that are made keep theirs."""
    case = case_for(request, case_id, Permission.INTERVIEW_PLAN_SLOTS)
    round_ = round_for(case, round_id)
    present = {name: getattr(round_, name) for name in RoundForm.base_fields if name != "panel"}
    present["panel"] = round_.panel.all()
    form = RoundForm(case, request.POST) if request.method == "POST" else RoundForm(case, initial=present)
    if request.method == "POST" and form.is_valid():
        typed = dict(form.cleaned_data)
        try:
            change_round(round_, actor=actor_of(request), panel=typed.pop("panel"), **typed)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The round has been saved."))
            return redirect(f"{reverse('workbench:interviews', args=[case.pk])}?round={round_.number}")
    return _show_form(request, case, form, _("Round %d") % round_.number)


def _show_form(request: HttpRequest, case: RecruitmentCase, form: RoundForm, title: str) -> HttpResponse:
    return show_case(
        request, "workbench/interviews/round.html", case, tab="interviews", title=title, form=form, crumbs=crumbs_of(case),
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
