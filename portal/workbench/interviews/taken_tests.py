"""Tests that an applicant took: shown to few, each with how it is used in the interview (INV-28)."""

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
from portal.workbench.advised import advice_beside
from portal.workbench.screens import BAD_INPUT, blame, case_for, in_reach, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.applications.queries import handed_in
from recruitment.cases.advice import AdviceStep
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.results import note_feedback, open_tests, record_test


class ResultForm(forms.Form):
    """What the test is for, and how it enters the interview."""

    test_name = forms.CharField(max_length=120, label=gettext_lazy("Test"))
    purpose = forms.CharField(max_length=240, label=gettext_lazy("What it is to throw light on"))
    used_in_interview = forms.CharField(
        max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("How it is used in the interview"),
        help_text=gettext_lazy("A test never stands alone: it is a way to better questions."),
    )  # fmt: skip
    file = forms.FileField(required=False, label=gettext_lazy("The result, as a file"))


def _application(request: HttpRequest, case: RecruitmentCase, application_id: uuid.UUID) -> Application:
    rows = handed_in(Application.objects.filter(case=case)).select_related("candidate", "case__institution")
    application: Application = in_reach(request, Permission.TEST_VIEW, rows, application_id)
    return application


@screen
def tests(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The applicant's tests, and one more."""
    case = case_for(request, case_id, Permission.TEST_VIEW)
    application = _application(request, case, application_id)
    actor = actor_of(request)
    rows = open_tests(application, actor=actor)
    if request.method == "POST":
        case_for(request, case_id, Permission.TEST_RECORD)
    form = ResultForm(request.POST, request.FILES) if request.method == "POST" else ResultForm()
    if request.method == "POST" and form.is_valid():
        typed: dict[str, Any] = dict(form.cleaned_data)
        file = typed.pop("file")
        try:
            record_test(application, actor=actor, file=(file, file.name) if file else None, **typed)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The test has been kept."))
            return redirect("workbench:tests_taken", case.pk, application.pk)
    name = application.candidate.full_name or application.reference
    return show_case(
        request, "workbench/interviews/tests.html", case, tab="applications", title=_("Tests"), rows=rows, form=form,
        advice=advice_beside(case, "applications", AdviceStep.TESTS),
        application=application, may_record=may(actor, Permission.TEST_RECORD, case), status=BAD_INPUT if form.errors else 200,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk])),
                (name, reverse("workbench:application", args=[case.pk, application.pk]))],
    )  # fmt: skip


@screen
@require_POST
def feedback(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, result_id: uuid.UUID) -> HttpResponse:
    """The applicant has been told the result."""
    case = case_for(request, case_id, Permission.TEST_RECORD)
    application = _application(request, case, application_id)
    note_feedback(get_object_or_404(application.test_results, pk=result_id), actor=actor_of(request))
    messages.success(request, _("Noted: the applicant has been told the result."))
    return redirect("workbench:tests_taken", case.pk, application.pk)
