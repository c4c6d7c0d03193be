"""Where applicants come from and what the media cost (ST3, ST4): one case, or many. Chart and table show the same figures."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.fields import DayInput
from portal.workbench.funnel import funnel_rows
from portal.workbench.screens import case_for, screen, show, show_case
from recruitment import clock
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.organisation.classification import Classification
from recruitment.organisation.models import OrganisationalUnit
from recruitment.statistics.media import STAGES, Line, MediaResponse, media_response
from recruitment.statistics.slices import Slice

PRICED = ("received", "screened", "interviewed", "hired")


class SliceForm(forms.Form):
    """Which cases; lives in the address."""

    unit = forms.ModelChoiceField(
        required=False,
        queryset=OrganisationalUnit.objects.none(),
        label=gettext_lazy("Unit"),
        empty_label=gettext_lazy("all"),
    )
    category = forms.ModelChoiceField(
        required=False,
        queryset=Classification.objects.filter(scheme="POSITION_CATEGORY"),
        label=gettext_lazy("Field of work"),
        empty_label=gettext_lazy("all"),
    )
    after = forms.DateField(required=False, label=gettext_lazy("Deadline from"), widget=DayInput())
    before = forms.DateField(required=False, label=gettext_lazy("Deadline until"), widget=DayInput())

    def chosen(self) -> Slice:
        """As the statistics want it; what could not be understood does not narrow."""
        self.is_valid()
        typed = self.cleaned_data
        last = typed.get("before")
        return Slice(
            units=[typed["unit"].path] if typed.get("unit") else None,
            categories=[typed["category"].code] if typed.get("category") else (),
            deadline_from=_midnight(typed.get("after")),
            deadline_to=_midnight(last + dt.timedelta(days=1)) if last and last.year < 9999 else None,
        )


def _midnight(day: dt.date | None) -> dt.datetime | None:
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.COPENHAGEN) if day else None


@screen
def of_case(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """One case."""
    case = case_for(request, case_id, Permission.STATS_CASE)
    figures = media_response(actor_of(request), Slice(cases=[case.pk]))
    return show_case(
        request, "workbench/statistics.html", case, tab="statistics", title=_("Statistics"), **laid_out(figures)
    )


@screen
def of_many(request: HttpRequest) -> HttpResponse:
    """Every case in reach, narrowed by the address; totals only for those who may not see single cases."""
    actor = actor_of(request)
    sees_cases = may(actor, Permission.STATS_CASE)
    form = SliceForm(request.GET)
    form.fields["unit"].queryset = visible(
        actor, Permission.STATS_INSTITUTION, OrganisationalUnit.objects.all()
    ).order_by("path")
    if not sees_cases:
        del form.fields["unit"], form.fields["category"]
    figures = media_response(actor, form.chosen())
    return show(
        request, "workbench/statistics.html", title=_("Statistics"), icon="order", form=form, **laid_out(figures)
    )


def laid_out(figures: MediaResponse) -> dict[str, Any]:
    """Rows for the table and bars for the chart; the longest bar is the medium with most applications."""
    most = max([line.received for line in figures.lines], default=0) or 1
    return {
        "rows": [_row(line, most) for line in figures.lines],
        "total": _row(figures.total, most, is_total=True),
        "has_figures": bool(figures.lines),
        "funnel": funnel_rows(figures.funnel),
        "disagreement": figures.disagreement,
    }


def _row(line: Line, most: int, *, is_total: bool = False) -> dict[str, Any]:
    name = _("Total") if is_total else str(line.medium) if line.medium else _("Not known")
    return {
        "name": name, "counts": [getattr(line, stage) for stage in STAGES], "cost": line.cost, "untyped": line.untyped_costs,
        "prices": [line.cost_per(stage) for stage in PRICED], "received": line.received, "screened": line.screened,
        "received_width": round(1000 * line.received / most) / 10, "screened_width": round(1000 * line.screened / most) / 10,
    }  # fmt: skip
