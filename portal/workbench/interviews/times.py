"""Making times (a preview comes before anything is written), and changing one."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of
from portal.workbench.fields import CopenhagenTime, Days
from portal.workbench.interviews.plan import People, crumbs_of, round_for
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.interviews.generator import MOST, Proposed, Wish, day_off, propose
from recruitment.interviews.models import InterviewRound, InterviewSlot, MeetingRoom
from recruitment.interviews.rooms import rooms_to_choose
from recruitment.interviews.rounds import (
    block_slot,
    change_slot,
    find_room,
    possible_panel,
    remove_slot,
    write_slots,
)
from recruitment.people.models import User

LONGEST = 31  # days looked through at once


class ClockInput(forms.TimeInput):
    """The browser's own field for a time of day."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class Rooms(forms.ModelMultipleChoiceField):
    """The institution's rooms, each with its seats."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, room: MeetingRoom) -> str:
        """Rum 2.14 (8 seats)."""
        return _("%(room)s (%(seats)d seats)") % {"room": room.name, "seats": room.seats} if room.seats else room.name


class TimesForm(forms.Form):
    """Days, hours, rooms and people."""

    days = Days(
        label=gettext_lazy("Days"), help_text=gettext_lazy("With commas between, for example 3-12-2026, 4-12-2026.")
    )
    opens = forms.TimeField(widget=ClockInput(), label=gettext_lazy("From"), initial=dt.time(9))
    closes = forms.TimeField(widget=ClockInput(), label=gettext_lazy("Until"), initial=dt.time(15, 30))
    lunch_from = forms.TimeField(
        required=False, widget=ClockInput(), label=gettext_lazy("Lunch from"), initial=dt.time(12)
    )
    lunch_until = forms.TimeField(
        required=False, widget=ClockInput(), label=gettext_lazy("Lunch until"), initial=dt.time(12, 30)
    )
    rooms = Rooms(required=False, queryset=MeetingRoom.objects.none(), label=gettext_lazy("Rooms"))
    new_room = forms.CharField(required=False, max_length=80, label=gettext_lazy("Another room"))
    directions = forms.CharField(required=False, max_length=240, label=gettext_lazy("Where the other room is"))
    people = People(queryset=User.objects.none(), label=gettext_lazy("Panel at these times"))
    most = forms.IntegerField(min_value=1, max_value=MOST, initial=12, label=gettext_lazy("At most so many times"))  # fmt: skip

    def __init__(self, round_: InterviewRound, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rooms"].queryset = rooms_to_choose(round_.case.institution_id)
        self.fields["people"].queryset = possible_panel(round_.case)

    def clean(self) -> dict[str, Any]:
        """Hours in order, and not too many days."""
        typed = super().clean() or {}
        opens, closes = typed.get("opens"), typed.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("The day ends before it begins."))
        if len(typed.get("days") or []) > LONGEST:
            self.add_error("days", _("At most %d days at once.") % LONGEST)
        if bool(typed.get("lunch_from")) != bool(typed.get("lunch_until")):
            self.add_error("lunch_until", _("Write both times, or none."))
        return typed

    def wish(self, rooms: list[MeetingRoom]) -> Wish:
        """What the generator is asked."""
        typed = self.cleaned_data
        return Wish(
            days=tuple(typed["days"]), opens=typed["opens"], closes=typed["closes"], people=tuple(typed["people"]),
            rooms=tuple(rooms), lunch_from=typed["lunch_from"], lunch_until=typed["lunch_until"], most=typed["most"],
        )  # fmt: skip


def _usual(round_: InterviewRound) -> dict[str, Any]:
    case, today = round_.case, clock.today()
    days = [day for day in sorted(case.interview_dates) if not day_off(day)]
    if round_.first_day and round_.last_day:
        span = min((round_.last_day - round_.first_day).days, LONGEST - 1)
        within = [round_.first_day + dt.timedelta(days=n) for n in range(span + 1)]
        days = [day for day in days if day in within] or [day for day in within if not day_off(day)][:5]
    days = [day for day in days if day > today] or _next_week(today)
    rooms = rooms_to_choose(case.institution_id).filter(slots__round__case=case).distinct()
    return {"days": days, "people": round_.panel.all(), "rooms": rooms}


def _next_week(today: dt.date) -> list[dt.date]:
    """The first two working days a week from now."""
    days = [today + dt.timedelta(days=n) for n in range(7, 21)]
    return [day for day in days if not day_off(day)][:2]


@screen
def make_times(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID) -> HttpResponse:
    """The wish; then what it gives, to be looked at; then, when that is agreed to, the times."""
    case = case_for(request, case_id, Permission.INTERVIEW_PLAN_SLOTS)
    round_ = round_for(case, round_id)
    form = TimesForm(round_, request.POST) if request.method == "POST" else TimesForm(round_, initial=_usual(round_))
    proposal = None
    if request.method == "POST" and form.is_valid():
        rooms = list(form.cleaned_data["rooms"])
        try:
            if form.cleaned_data["new_room"].strip():
                rooms.append(
                    find_room(
                        case.institution, form.cleaned_data["new_room"], case=case, actor=actor_of(request),
                        directions=form.cleaned_data["directions"],
                    )
                )  # fmt: skip
            if request.POST.get("button") == "write":
                return _write(request, round_, form, rooms)
            proposal = propose(round_, form.wish(rooms))
        except ValidationError as refusal:
            blame(form, refusal)
            proposal = propose(round_, form.wish(rooms))
    return show_case(
        request, "workbench/interviews/times.html", case, tab="interviews", title=_("Make times"), form=form, round=round_,
        proposal=proposal, crumbs=crumbs_of(case), status=BAD_INPUT if form.is_bound and form.errors else 200,
    )  # fmt: skip


def _write(request: HttpRequest, round_: InterviewRound, form: TimesForm, rooms: list[MeetingRoom]) -> HttpResponse:
    """Only times that the generator proposes now and the person has ticked."""
    ticked = set(request.POST.getlist("time"))
    wanted: list[Proposed] = [time for time in propose(round_, form.wish(rooms)).times if time.key in ticked]
    if not wanted or len(wanted) < len(ticked):
        message = _("Some of these times have been taken meanwhile. Look at the new proposal.")
        raise ValidationError(message if ticked else _("Tick the times to make."), code="nothing_to_write")
    made = write_slots(round_, wanted, actor=actor_of(request), people=form.cleaned_data["people"])
    messages.success(request, ngettext("%d time has been made.", "%d times have been made.", len(made)) % len(made))
    return redirect(f"{reverse('workbench:interviews', args=[round_.case_id])}?round={round_.number}")


class SlotForm(forms.Form):
    """One time."""

    starts_at = CopenhagenTime(label=gettext_lazy("From"))
    minutes = forms.IntegerField(min_value=10, max_value=480, label=gettext_lazy("Minutes"))
    room = forms.ModelChoiceField(
        required=False, queryset=MeetingRoom.objects.none(), label=gettext_lazy("Room"), empty_label=gettext_lazy("by video")
    )  # fmt: skip
    people = People(queryset=User.objects.none(), label=gettext_lazy("Panel"))
    note = forms.CharField(
        required=False, max_length=240, label=gettext_lazy("Why it differs from the others"),
        help_text=gettext_lazy("Needed where it is longer or shorter: everybody in a round is treated alike."),
    )  # fmt: skip

    def __init__(self, round_: InterviewRound, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = rooms_to_choose(round_.case.institution_id)
        self.fields["people"].queryset = possible_panel(round_.case)


@screen
def one_time(request: HttpRequest, case_id: uuid.UUID, round_id: uuid.UUID, slot_id: uuid.UUID) -> HttpResponse:
    """Change it, take it out of use, bring it back, or remove it."""
    case = case_for(request, case_id, Permission.INTERVIEW_PLAN_SLOTS)
    round_ = round_for(case, round_id)
    slot = get_object_or_404(round_.slots.select_related("room"), pk=slot_id)
    present = {
        "starts_at": slot.starts_at, "minutes": slot.minutes, "room": slot.room, "note": slot.note,
        "people": User.objects.filter(engagements__slot=slot),
    }  # fmt: skip
    button, refusals = request.POST.get("button", ""), []
    form = SlotForm(round_, request.POST) if button == "save" else SlotForm(round_, initial=present)
    if request.method == "POST" and (button != "save" or form.is_valid()):
        try:
            told = _change(request, slot, form, button)
        except ValidationError as refusal:
            refusals = refusal.messages if button != "save" else []
            if button == "save":
                blame(form, refusal)
        else:
            messages.success(request, told)
            return redirect(f"{reverse('workbench:interviews', args=[case.pk])}?round={round_.number}")
    return show_case(
        request, "workbench/interviews/time.html", case, tab="interviews", title=_("One time"), form=form, slot=slot,
        round=round_, refusals=refusals, crumbs=crumbs_of(case), status=BAD_INPUT if form.errors or refusals else 200,
    )  # fmt: skip


def _change(request: HttpRequest, slot: InterviewSlot, form: SlotForm, button: str) -> str:
    actor = actor_of(request)
    if button == "remove":
        remove_slot(slot, actor=actor)
        return _("The time has been removed.")
    if button in {"block", "free"}:
        block_slot(slot, actor=actor, blocked=button == "block")
        return _("The time is not used.") if button == "block" else _("The time is free.")
    change_slot(slot, actor=actor, **form.cleaned_data)
    return _("The time has been changed.")
