"""The application form of a case: standard fields, documents and questions, with the applicant's view beside them."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.applications.steps import ABOUT, PAPERS, QUESTIONS, asked_in, form_for
from recruitment.cases.estimate import minutes_to_apply
from recruitment.cases.lifecycle import current_round
from recruitment.cases.models import RecruitmentCase
from recruitment.documents.models import DocumentKind
from recruitment.questions.actions import edit_form, set_document_requirements
from recruitment.questions.asking import remarks_on
from recruitment.questions.models import ApplicationForm, Demand, MotivationForm
from recruitment.rows import Language

ASKED_ELSEWHERE = {DocumentKind.COVER_LETTER, DocumentKind.ORIGINAL, DocumentKind.TEST, DocumentKind.INTERVIEW_FORM, DocumentKind.REFERENCE_FORM, DocumentKind.JOB_CENTRE, DocumentKind.MESSAGE}  # fmt: skip


class StandardFieldsForm(forms.Form):
    """What every applicant is asked besides questions."""

    languages = forms.MultipleChoiceField(
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Languages of the form"),
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    phone = forms.ChoiceField(choices=Demand.choices, label=gettext_lazy("Telephone"))
    address = forms.ChoiceField(choices=Demand.choices, label=gettext_lazy("Address"))
    motivation = forms.ChoiceField(choices=MotivationForm.choices, label=gettext_lazy("Motivated application"))
    origin_question = forms.BooleanField(required=False, label=gettext_lazy("Ask whether they work here today"))
    source_question = forms.BooleanField(required=False, label=gettext_lazy("Ask where they saw the ad"))
    priority_question = forms.BooleanField(required=False, label=gettext_lazy("Offer preferential access (disability)"))
    intro_da = forms.CharField(
        required=False,
        label=gettext_lazy("What to have ready, in Danish"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )
    intro_en = forms.CharField(
        required=False,
        label=gettext_lazy("What to have ready, in English"),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
    )


class DocumentForm(forms.Form):
    """One kind of document; no kind, no line."""

    kind = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Document"),
        choices=[("", "–"), *((k.value, k.label) for k in DocumentKind if k not in ASKED_ELSEWHERE)],
    )
    minimum = forms.IntegerField(min_value=0, max_value=10, initial=0, label=gettext_lazy("At least"))
    maximum = forms.IntegerField(min_value=1, max_value=10, initial=1, label=gettext_lazy("At most"))


DocumentFormSet = forms.formset_factory(DocumentForm, extra=2, max_num=9, absolute_max=12)


def form_of(case: RecruitmentCase) -> ApplicationForm:
    """The case's form, made if an old case has none."""
    form, _made = ApplicationForm.objects.get_or_create(case=case, defaults={"languages": [case.language]})
    return form


@screen
def editor(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everything on one page; POST saves the standard fields."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    row = form_of(case)
    form = StandardFieldsForm(request.POST if request.method == "POST" else None, initial=_values(row))
    if request.method == "POST" and form.is_valid():
        try:
            edit_form(row, actor=actor_of(request), changes=form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The form has been saved."))
            return redirect("workbench:form", case.pk)
    return _page(request, case, row, form, _documents(row))


@screen
@require_POST
def documents(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Save which documents are asked for."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    row = form_of(case)
    formset = DocumentFormSet(request.POST, prefix="documents")
    form = StandardFieldsForm(initial=_values(row))
    if formset.is_valid():
        lines = [line for line in formset.cleaned_data if line.get("kind")]
        try:
            set_document_requirements(row, lines, actor=actor_of(request))
        except ValidationError as refusal:
            formset._non_form_errors = formset.error_class(refusal.messages)  # noqa: SLF001 - Django has no public way
        else:
            messages.success(request, _("The form has been saved."))
            return redirect("workbench:form", case.pk)
    return _page(request, case, row, form, formset, status=BAD_INPUT)


def _values(row: ApplicationForm) -> dict[str, Any]:
    return {name: getattr(row, name) for name in StandardFieldsForm.base_fields}


def _documents(row: ApplicationForm) -> Any:
    return DocumentFormSet(
        prefix="documents", initial=list(row.document_requirements.values("kind", "minimum", "maximum"))
    )


def _page(
    request: HttpRequest,
    case: RecruitmentCase,
    row: ApplicationForm,
    form: forms.Form,
    formset: Any,
    *,
    status: int = 200,
) -> HttpResponse:
    questions = list(row.questions.filter(retired_at__isnull=True).select_related("linked_requirement"))
    return show_case(
        request, "workbench/form.html", case, tab="form", title=_("Application form"), row=row, form=form,
        documents=formset, questions=[(question, remarks_on(question)) for question in questions],
        minutes=minutes_to_apply(case), language=request.GET.get("lang", case.language),
        status=BAD_INPUT if form.is_bound else status,
    )  # fmt: skip


@screen
def preview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The applicant's steps as they will look, built by the same code; nothing can be sent from it."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    language = "en" if request.GET.get("lang") == "en" else "da"
    with override(language):
        application = Application(case=case, round=current_round(case), language=language)
        about, papers, questions = (form_for(application, step) for step in (ABOUT, PAPERS, QUESTIONS))
        context = {
            "case": case, "row": case.form, "about": about, "papers": papers, "language": language,
            "asked": asked_in(application, questions), "requirements": case.form.document_requirements.all(),
            "intro": case.form.intro_en if language == "en" else case.form.intro_da,
        }  # fmt: skip
        return render(request, "workbench/form_preview.html", context)
