"""My tasks across cases, what mail I want of them, and when I am away."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of, require_seat
from portal.workbench.fields import DayInput
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.cases.entries import as_file
from recruitment.cases.models import RecruitmentCase
from recruitment.planning.models import Absence, MailWish, TaskMail
from recruitment.planning.own import case_day_entries, choose_mail, forget_absence, note_absence, task_entries
from recruitment.planning.queries import my_tasks

SOON = dt.timedelta(days=7)


class MailForm(forms.ModelForm):
    """How one is told."""

    class Meta:
        model = TaskMail
        fields = ("wish", "days_ahead")
        widgets = {"wish": forms.RadioSelect}


class AwayForm(forms.Form):
    """Days on which one is away."""

    begins = forms.DateField(label=gettext_lazy("First day away"), widget=DayInput())
    ends = forms.DateField(label=gettext_lazy("Last day away"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """In the right order."""
        cleaned = self.cleaned_data
        if cleaned.get("begins") and cleaned.get("ends") and cleaned["ends"] < cleaned["begins"]:
            self.add_error("ends", _("The last day comes before the first."))
        return cleaned


@screen
def tasks(request: HttpRequest) -> HttpResponse:
    """Everything open, in the order of urgency."""
    actor = require_seat(request, Permission.CASE_VIEW)
    today = clock.today()
    groups: dict[str, list[tuple[Any, int | None]]] = {
        _("Overdue"): [], _("Within a week"): [], _("Later"): [], _("Without a day"): [],
    }  # fmt: skip
    overdue, soon, later, undated = groups.values()
    for task in my_tasks(actor):
        if task.due_date is None:
            undated.append((task, None))
            continue
        chosen = overdue if task.due_date < today else soon if task.due_date <= today + SOON else later
        chosen.append((task, (task.due_date - today).days))
    return show(
        request, "workbench/planning/tasks.html", title=_("My tasks"), icon="tasks",
        groups=[(name, rows) for name, rows in groups.items() if rows], count=sum(map(len, groups.values())),
    )  # fmt: skip


@screen
def settings(request: HttpRequest) -> HttpResponse:
    """Mail and absences; each form saves itself."""
    actor = require_seat(request, Permission.CASE_VIEW)
    wants_away = "begins" in request.POST
    chosen = TaskMail.objects.filter(user=request.user).first() or TaskMail(user=request.user)
    mail = MailForm(request.POST if request.method == "POST" and not wants_away else None, instance=chosen)
    away = AwayForm(request.POST if wants_away else None)
    form = away if wants_away else mail
    if request.method == "POST" and form.is_valid():
        try:
            _save(actor, form)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:task_settings")
    return show(
        request, "workbench/planning/task_settings.html", title=_("Mail and days away"), icon="tasks", mail=mail, away=away,
        absences=_own_absences(request.user), crumbs=[(_("My tasks"), "/admin/tasks/")], status=BAD_INPUT if request.method == "POST" else 200,
    )  # fmt: skip


def _save(actor: Any, form: forms.BaseForm) -> None:
    typed = form.cleaned_data
    if isinstance(form, AwayForm):
        note_absence(actor, begins=typed["begins"], ends=typed["ends"])
    else:
        choose_mail(actor, wish=MailWish(typed["wish"]), days_ahead=typed["days_ahead"])


def _own_absences(user: Any) -> list[Absence]:
    """Each once, though a person of two institutions has one at each."""
    rows = Absence.objects.filter(user=user, ends__gte=clock.today()).order_by("begins", "institution")
    return list({row.begins: row for row in rows}.values())


@screen
@require_POST
def back(request: HttpRequest, absence_id: uuid.UUID) -> HttpResponse:
    """One is there after all."""
    actor = require_seat(request, Permission.CASE_VIEW)
    absence = get_object_or_404(Absence, pk=absence_id, user=request.user)
    forget_absence(actor, absence)
    messages.success(request, _("The days have been taken out."))
    return redirect("workbench:task_settings")


@screen
def case_dates(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The interview days of the case and one's own tasks on it, as a file for any calendar."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    actor = actor_of(request)
    days = case_day_entries(actor, RecruitmentCase.objects.filter(pk=case.pk))
    steps = task_entries(actor, my_tasks(actor).filter(plan__case=case))
    answer = HttpResponse(as_file([*days, *steps], name=case.case_number), content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{case.case_number}.ics"'
    return answer
