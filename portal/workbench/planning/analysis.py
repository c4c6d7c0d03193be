"""The job analysis of a case: whom one asks, what they say side by side, and what is taken over into the profile."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fields import Addresses
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment import clock
from recruitment.access.permissions import Permission
from recruitment.planning.analysis import COLUMNS, ask_about_job, end_link, write_profile_from
from recruitment.planning.analysis_models import Contribution, JobAnalysis

RIGHT = Permission.CASE_PROPOSE_PROFILE
#: What stands side by side, and whether its lines can be taken over into the profile.
ROWS = (
    ("tasks", gettext_lazy("The most important tasks"), True),
    ("movable_tasks", gettext_lazy("Tasks that could be moved to colleagues"), True),
    ("professional", gettext_lazy("Professional competences"), True),
    ("personal", gettext_lazy("Personal competences"), True),
    ("success_criteria", gettext_lazy("Success after a year"), True),
    ("preconditions", gettext_lazy("What must be in place"), True),
    ("remarks", gettext_lazy("Further remarks"), False),
)
TAKEN = (*COLUMNS, "professional", "personal")


class AskForm(forms.Form):
    """Whom to ask."""

    addresses = Addresses(
        label=gettext_lazy("E-mail addresses, one a line"),
        help_text=gettext_lazy("Colleagues, the nearest manager, whoever has the job today, partners outside the house. They need no account."),
    )  # fmt: skip
    role_in_job = forms.CharField(
        required=False, max_length=80, label=gettext_lazy("Who they are to the job"), help_text=gettext_lazy("For example: colleagues in the team.")
    )  # fmt: skip


@screen
def analysis(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Asking, and the answers side by side."""
    case = case_for(request, case_id, RIGHT)
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            asked = ask_about_job(case, typed["addresses"], actor=actor_of(request), role_in_job=typed["role_in_job"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            told = ngettext("%d person has been asked.", "%d people have been asked.", len(asked)) % len(asked)
            messages.success(request, told)
            return redirect("workbench:analysis", case.pk)
    row = JobAnalysis.objects.filter(case=case).first()
    people = list(row.contributions.select_related("user")) if row else []
    answered = [person for person in people if person.answered_at]
    table = [(name, label, takes, [_said(person, name) for person in answered]) for name, label, takes in ROWS]
    return show_case(
        request, "workbench/planning/analysis.html", case, tab="profile", title=_("Job analysis"), form=form, analysis=row, people=people,
        answered=answered, table=table, now=clock.now(), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _said(person: Contribution, name: str) -> list[str]:
    return [line.strip() for line in getattr(person, name).splitlines() if line.strip()]


@screen
@require_POST
def take_over(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The ticked lines go into the profile; then on to the profile itself."""
    case = case_for(request, case_id, RIGHT)
    get_object_or_404(JobAnalysis, case=case)
    chosen: dict[str, Any] = {name: [line[:400] for line in request.POST.getlist(name)][:60] for name in TAKEN}
    try:
        write_profile_from(case, chosen, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("workbench:analysis", case.pk)
    messages.success(
        request, _("The lines stand in the profile. Give the competences their weight, and say which are necessary.")
    )
    return redirect("workbench:profile", case.pk)


@screen
@require_POST
def end(request: HttpRequest, case_id: uuid.UUID, contribution_id: uuid.UUID) -> HttpResponse:
    """A link opens nothing any more."""
    case = case_for(request, case_id, RIGHT)
    row = get_object_or_404(
        Contribution.objects.select_related("analysis__case"), analysis__case=case, pk=contribution_id
    )
    end_link(row, actor=actor_of(request))
    messages.success(request, _("The link has ended. What was answered stays."))
    return redirect("workbench:analysis", case.pk)
