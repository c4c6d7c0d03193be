"""The committee's recommendation, written by its chair."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.decisions.candidates import FAR_BEHIND, candidates_for, order_of
from portal.workbench.decisions.decision import TAB, case_at_decision, crumb
from portal.workbench.screens import BAD_INPUT, blame, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.assessments.actions import is_chair
from recruitment.decisions.queries import newest_recommendation
from recruitment.decisions.recommending import Named
from recruitment.decisions.recommending import recommend as recommend_deed


class ComparisonForm(forms.Form):
    """How they compare, in one text."""

    comparison = forms.CharField(
        required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}), label=gettext_lazy("How they compare"),
        help_text=gettext_lazy("Measured against the requirements of the job profile. An applicant may ask to see what is written about them."),
    )  # fmt: skip


@screen
def recommend(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A number and a reason beside each name that is recommended."""
    case = case_at_decision(request, case_id, Permission.APPLICATION_FINAL_RANK)
    actor, newest = actor_of(request), newest_recommendation(case)
    typed = request.POST if request.method == "POST" else None
    form = ComparisonForm(typed, initial={"comparison": newest.comparison if newest else ""})
    lines = candidates_for(request, case)
    if typed is None:
        for line in lines:
            line.order = str(line.recommended or "")
    if typed is not None and form.is_valid():
        ranked = sorted((line for line in lines if order_of(line) < FAR_BEHIND), key=order_of)
        try:
            recommend_deed(
                case, [Named(line.application, line.reason) for line in ranked], comparison=form.cleaned_data["comparison"], actor=actor
            )  # fmt: skip
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The recommendation is with the one who decides."))
            return redirect("workbench:decision", case.pk)
    return show_case(
        request, "workbench/decisions/recommend.html", case, tab=TAB, title=_("Recommend"), form=form, lines=lines,
        on_behalf=not is_chair(actor, case), crumbs=crumb(case), status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip
