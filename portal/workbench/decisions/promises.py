"""The promised answer date: moved, with those who wait told of it; and the list of promises that are broken."""

import datetime as dt
import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of, require_seat
from portal.workbench.fields import DayInput
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show, show_case
from recruitment import clock
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.models import AnswerPromise
from recruitment.decisions.promises import move_promise
from recruitment.decisions.queries import broken_promises, promises_kept, unanswered

A_PAGE = 50
A_YEAR = dt.timedelta(days=365)


class DayForm(forms.Form):
    """The new day."""

    day = forms.DateField(label=gettext_lazy("Answer at the latest"), widget=DayInput())


@screen
def promise(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """GET says who is told; POST moves the day and tells them."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    typed = request.POST if request.method == "POST" else None
    form = DayForm(typed, initial={"day": case.expected_answer_date})
    if typed is not None and form.is_valid():
        try:
            move_promise(case, form.cleaned_data["day"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The promise has been moved, and those who wait have been told."))
            return redirect("workbench:case", case.pk)
    return show_case(
        request, "workbench/decisions/promise.html", case, tab="", title=_("Promised answer date"), form=form,
        waiting=unanswered(case).count(), moved=AnswerPromise.objects.filter(case=case).select_related("by_user"),
        status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


@screen
def promises(request: HttpRequest) -> HttpResponse:
    """Every case whose applicants were promised an answer by a day that has gone."""
    actor = require_seat(request, Permission.REJECT_LOG_PHONE)
    page = Paginator(broken_promises(actor), A_PAGE).get_page(request.GET.get("p"))
    listed = RecruitmentCase.objects.filter(pk__in=[case.pk for case in page.object_list])
    may_move = set(visible(actor, Permission.CASE_EDIT, listed).values_list("pk", flat=True))
    return show(
        request, "workbench/decisions/promises.html", title=_("Broken promises"), icon="warning", page=page, today=clock.today(), may_move=may_move, kept=promises_kept(actor, clock.today() - A_YEAR),
        crumbs=[(_("Cases"), reverse("workbench:cases"))],
    )  # fmt: skip
