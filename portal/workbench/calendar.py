"""The calendar of ads: a month, its list, and one's own address for it."""

import calendar as months
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of, require_seat
from portal.workbench.screens import screen, show
from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.advertising.calendar import KINDS, Entry, Wanted, end_feed, entries, make_feed
from recruitment.advertising.models import Medium
from recruitment.advertising.records import CalendarFeed
from recruitment.organisation.models import OrganisationalUnit

YEARS = range(2000, 2100)
A_CELL = 4  # lines that a day shows; the list below has them all


@dataclass(frozen=True)
class Line:
    """What happens to one ad on one day, on these media."""

    entry: Entry
    media: list[str]

    @property
    def what(self) -> str:
        """In words."""
        kind = str(KINDS[self.entry.kind])
        return f"{kind}: {', '.join(self.media)}" if self.media else kind


class CalendarSearch(forms.Form):
    """What the month is narrowed to; it lives in the address."""

    unit = forms.ModelChoiceField(
        required=False, label=gettext_lazy("Unit"), queryset=OrganisationalUnit.objects.none(), empty_label=gettext_lazy("all")
    )  # fmt: skip
    medium = forms.ModelChoiceField(
        required=False, label=gettext_lazy("Medium"), queryset=Medium.objects.none(), empty_label=gettext_lazy("all")
    )
    kind = forms.ChoiceField(
        required=False, label=gettext_lazy("What"), choices=[("", gettext_lazy("all")), *KINDS.items()]
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = visible(actor_of(request), Permission.CASE_READ_AD_FACTS, OrganisationalUnit.objects.all())
        self.fields["unit"].queryset = units.order_by("path")
        shared = Medium.objects.filter(institution__isnull=True)
        own = Medium.objects.filter(institution__in=units.values("institution"))
        self.fields["medium"].queryset = (shared | own).order_by("name_da")

    def wanted(self) -> Wanted:
        """What was chosen; what could not be understood does not narrow."""
        self.is_valid()
        chosen = self.cleaned_data
        unit, kind = chosen.get("unit"), chosen.get("kind")
        return Wanted(
            unit_path=unit.path if unit else "", medium=chosen.get("medium"),
            kinds=frozenset({kind}) if kind else frozenset(KINDS),
        )  # fmt: skip


@screen
def month(request: HttpRequest) -> HttpResponse:
    """One month as a grid of weeks, with the same as a list below it."""
    actor = require_seat(request, Permission.CASE_READ_AD_FACTS)
    first = _first_day(request.GET.get("month", ""))
    last = first.replace(day=months.monthrange(first.year, first.month)[1])
    search = CalendarSearch(request, request.GET)
    found = entries(actor, first, last, search.wanted())
    return show(
        request, "workbench/calendar.html", title=_("Calendar of ads"), icon="date", search=search, weeks=_weeks(first, found),
        found=found, first=first, name=formats.date_format(first, "YEAR_MONTH_FORMAT"), today=clock.today(),
        previous=f"{first - dt.timedelta(days=1):%Y-%m}", following=f"{last + dt.timedelta(days=1):%Y-%m}",
        weekdays=[formats.date_format(day, "D") for day in _a_week()], has_feed=CalendarFeed.objects.filter(user=request.user).exists(),
        is_filtered=any(request.GET.get(name) for name in search.fields),
    )  # fmt: skip


def _first_day(typed: str) -> dt.date:
    try:
        first = dt.date.fromisoformat(f"{typed}-01")
    except ValueError:
        first = clock.today().replace(day=1)
    return first if first.year in YEARS else clock.today().replace(day=1)


def _a_week() -> list[dt.date]:
    monday = dt.date(2026, 11, 23)
    return [monday + dt.timedelta(days=n) for n in range(7)]


def _weeks(first: dt.date, found: list[Entry]) -> list[list[dict[str, Any]]]:
    """Rows of seven days; days of other months are empty."""
    by_day: dict[dt.date, list[Line]] = {}
    for entry in found:
        lines = by_day.setdefault(entry.day, [])
        same = next(
            (line for line in lines if (line.entry.case_id, line.entry.kind) == (entry.case_id, entry.kind)), None
        )
        if same is None:
            lines.append(Line(entry, [entry.medium] if entry.medium else []))
        elif entry.medium not in same.media:
            same.media.append(entry.medium)
    weeks = months.Calendar(firstweekday=0).monthdatescalendar(first.year, first.month)
    return [
        [
            {"day": day, "inside": day.month == first.month, "entries": by_day.get(day, [])[:A_CELL],
             "more": max(0, len(by_day.get(day, [])) - A_CELL)}
            for day in week
        ]
        for week in weeks
    ]  # fmt: skip


@screen
def feed(request: HttpRequest) -> HttpResponse:
    """One's own address: made, renewed or ended. The address is shown once."""
    actor = require_seat(request, Permission.CASE_READ_AD_FACTS)
    address = ""
    if request.method == "POST" and request.POST.get("button") == "end":
        end_feed(actor.user, actor=actor)  # type: ignore[arg-type]
        messages.success(request, _("The address opens nothing any more."))
        return redirect("workbench:calendar")
    if request.method == "POST":
        token = make_feed(actor.user, actor=actor)  # type: ignore[arg-type]
        address = f"{settings.SITE_URL}/kalender/{token}.ics"
    return show(
        request, "workbench/calendar_feed.html", title=_("The calendar in your own"), icon="date", address=address,
        has_feed=CalendarFeed.objects.filter(user=request.user).exists(),
        crumbs=[(_("Calendar of ads"), "/admin/calendar/")],
    )  # fmt: skip
