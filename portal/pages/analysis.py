"""Somebody who was asked about a job answers by link, without signing in. Nothing of the case is shown but its title and its unit."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from recruitment.planning.analysis import LONGEST, answer, contribution_behind
from recruitment.planning.analysis_models import Contribution


def _words(label: Any, help_text: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AnswerForm(forms.Form):
    """The guide's questions (p. 11), each of which may be left out."""

    name = forms.CharField(label=gettext_lazy("Your name"), required=False, max_length=120)
    tasks = _words(
        gettext_lazy("Which tasks are the most important?"), gettext_lazy("One a line, the most important first."), 5
    )
    movable_tasks = _words(
        gettext_lazy("Which of today's tasks could colleagues take over?"),
        gettext_lazy("Now is the time to move tasks. Applicants never see this."), 3,
    )  # fmt: skip
    professional = _words(
        gettext_lazy("What must the new colleague know and be able to do?"), gettext_lazy("One a line.")
    )
    personal = _words(gettext_lazy("Which personal qualities does the job ask for?"), gettext_lazy("One a line."))
    success_criteria = _words(gettext_lazy("When has the new colleague succeeded after a year?"))
    preconditions = _words(gettext_lazy("What must be in place for it?"), rows=3)
    remarks = _words(gettext_lazy("What else should we know?"), rows=3)


@never_cache
def contribute(request: HttpRequest, token: str) -> HttpResponse:
    """The questions with what was answered before; then thanks. 404 for a link that has ended."""
    try:
        row = contribution_behind(token)
    except Contribution.DoesNotExist:
        return render(request, "pages/analysis_ended.html", status=404)
    present = {name: getattr(row, name) for name in AnswerForm.base_fields}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=present)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        try:
            answer(row, said, name=said.pop("name"))
        except ValidationError as refusal:
            form.add_error("tasks", refusal.messages)
        else:
            return redirect(f"{request.path}?tak=1")
    return render(
        request, "pages/analysis.html",
        {"row": row, "case": row.analysis.case, "form": form, "is_kept": "tak" in request.GET and row.answered_at is not None,
         "title": _("What should a %s be able to do?") % row.analysis.case.title},
        status=422 if form.errors else 200,
    )  # fmt: skip
