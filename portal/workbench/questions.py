"""One question of the form: asked, changed, moved, retired, and looked over while it is written."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.form_editor import form_of
from portal.workbench.option_rows import BUTTON, OptionRowsField
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.interviews.moved_questions import move_to_interview
from recruitment.questions.actions import retire_question, save_question, shift_question
from recruitment.questions.asking import remarks_on
from recruitment.questions.models import ApplicationForm, QuestionKind, ScreeningQuestion
from recruitment.rows import DataClass

ROWS = ("options", "scale")
#: Fields that mean something to some kinds only; a script hides them for the others.
FOR_KINDS = {
    "options": "SINGLE MULTIPLE PRIORITISED CLASSIFIED", "scale": "CLASSIFIED", "allow_other": "SINGLE MULTIPLE",
    "max_length": "FREE_TEXT SINGLE MULTIPLE", "min_choices": "MULTIPLE PRIORITISED", "max_choices": "MULTIPLE PRIORITISED",
}  # fmt: skip
FAR = 1000  # places
LIMITS = ("max_length", "min_choices", "max_choices")


class QuestionForm(forms.Form):
    """Words in two languages; options and grades are rows of both."""

    kind = forms.ChoiceField(choices=QuestionKind.choices, label=gettext_lazy("Kind"))
    text_da = forms.CharField(required=False, max_length=400, label=gettext_lazy("Question in Danish"))
    text_en = forms.CharField(required=False, max_length=400, label=gettext_lazy("Question in English"))
    help_da = forms.CharField(required=False, max_length=400, label=gettext_lazy("Help in Danish"))
    help_en = forms.CharField(required=False, max_length=400, label=gettext_lazy("Help in English"))
    linked_requirement = forms.ModelChoiceField(
        required=False,
        queryset=Competence.objects.none(),
        label=gettext_lazy("Belongs to the requirement"),
        empty_label=gettext_lazy("none"),
    )
    justification = forms.CharField(
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label=gettext_lazy("Why it is asked, where no requirement fits"),
    )
    required = forms.BooleanField(required=False, initial=True, label=gettext_lazy("Must be answered"))
    options = OptionRowsField(
        label=gettext_lazy("Options"),
        help_text=gettext_lazy("For one answer, several, answers in order, and the rows of a scale."),
    )
    scale = OptionRowsField(
        label=gettext_lazy("Grades, lowest first"), help_text=gettext_lazy("For answers on a scale.")
    )
    allow_other = forms.BooleanField(required=False, label=gettext_lazy("Offer “other”"))
    max_length = forms.IntegerField(
        required=False, min_value=1, max_value=20_000, label=gettext_lazy("Most characters")
    )
    min_choices = forms.IntegerField(required=False, min_value=1, max_value=50, label=gettext_lazy("Fewest answers"))
    max_choices = forms.IntegerField(required=False, min_value=1, max_value=50, label=gettext_lazy("Most answers"))
    data_class = forms.ChoiceField(choices=DataClass.choices, label=gettext_lazy("Kind of data"))

    def __init__(self, row: ApplicationForm, question: ScreeningQuestion | None, *args: Any, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, initial=_values(question) if question else None, **kwargs)
        self.fields["linked_requirement"].queryset = Competence.objects.filter(profile__case=row.case_id)
        for name, kinds in FOR_KINDS.items():
            self.fields[name].widget.attrs["data-for-kinds"] = kinds
        for name in ROWS:
            self.fields[name].known = getattr(question, name) if question else []
            self.fields[name].widget.fixed = row.locked_at is not None

    def plain_fields(self) -> list[forms.BoundField]:
        """All but the rows, which stand across the whole width."""
        return [field for field in self if field.name not in ROWS]

    def rows(self) -> list[forms.BoundField]:
        """Options and grades."""
        return [self[name] for name in ROWS]

    def fields_of_question(self) -> dict[str, Any]:
        """As the deed wants them."""
        typed = dict(self.cleaned_data)
        typed["limits"] = {name: value for name in LIMITS if (value := typed.pop(name))}
        return typed


def _values(question: ScreeningQuestion) -> dict[str, Any]:
    plain = (
        "kind",
        "text_da",
        "text_en",
        "help_da",
        "help_en",
        "justification",
        "required",
        "allow_other",
        "data_class",
    )
    return (
        {name: getattr(question, name) for name in plain}
        | {name: getattr(question, name) for name in ROWS}
        | question.limits
        | {"linked_requirement": question.linked_requirement_id}
    )


@screen
def new(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask something more."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    return _question(request, case, None, _("New question"))


@screen
def edit(request: HttpRequest, case_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """Change a question."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    return _question(request, case, _asked(case, question_id), _("Question"))


def _asked(case: RecruitmentCase, question_id: uuid.UUID) -> ScreeningQuestion:
    return get_object_or_404(ScreeningQuestion, form__case=case, pk=question_id, retired_at__isnull=True)


def _question(
    request: HttpRequest, case: RecruitmentCase, question: ScreeningQuestion | None, title: str
) -> HttpResponse:
    row = form_of(case)
    form = QuestionForm(row, question, request.POST if request.method == "POST" else None)
    if request.method == "POST" and BUTTON not in request.POST and form.is_valid():
        try:
            save_question(row, form.fields_of_question(), actor=actor_of(request), question=question)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The question has been saved."))
            return redirect("workbench:form", case.pk)
    return show_case(
        request, "workbench/question.html", case, tab="form", title=title, form=form, row=row,
        remarks=_remarks(row, form), status=BAD_INPUT if form.is_bound and BUTTON not in request.POST else 200,
    )  # fmt: skip


def _remarks(row: ApplicationForm, form: QuestionForm) -> list[Any]:
    """What the linter says of what stands in the form now."""
    if not form.is_bound:
        return remarks_on(form.question) if form.question else []
    if not form.is_valid() and not hasattr(form, "cleaned_data"):
        return []
    typed = {
        "kind": "FREE_TEXT",
        "options": [],
        "scale": [],
        **dict.fromkeys(LIMITS),
        **form.cleaned_data,
    }
    form.cleaned_data = typed
    question = ScreeningQuestion(form=row)
    for name, value in form.fields_of_question().items():
        setattr(question, name, value)
    return remarks_on(question) if question.text_da or question.text_en else []


@screen
@require_POST
def remarks(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The linter's remarks on a question while it is written; nothing is saved."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    row = form_of(case)
    form = QuestionForm(row, None, request.POST)
    return render(request, "workbench/_remarks.html", {"remarks": _remarks(row, form)})


@screen
@require_POST
def shift(request: HttpRequest, case_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """So many places up (negative) or down."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    try:
        step = max(-FAR, min(FAR, int(request.POST.get("step", ""))))
    except ValueError:
        return HttpResponseBadRequest(_("Say how many places."))
    return _done(request, case, lambda: shift_question(_asked(case, question_id), step, actor=actor_of(request)))


@screen
@require_POST
def retire(request: HttpRequest, case_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """Ask it no more."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    question = _asked(case, question_id)
    back = reverse("workbench:form", args=[case.pk])
    asked = ask_first(
        request, title=_("Ask no more?"), button=_("Ask no more"), back=back, crumbs=((case.title, back),),
        consequence=_("“%s” leaves the form and cannot be brought back. Answers already given stay readable.") % question.text,
    )  # fmt: skip
    return asked or _done(request, case, lambda: retire_question(question, actor=actor_of(request)))


@screen
@require_POST
def to_interview(request: HttpRequest, case_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """It can wait: it goes to the interview guide."""
    case = case_for(request, case_id, Permission.CASE_EDIT)
    question = _asked(case, question_id)
    answer = _done(request, case, lambda: move_to_interview(question, actor=actor_of(request)))
    if ScreeningQuestion.objects.filter(pk=question.pk, is_for_interview=True).exists():
        messages.success(request, _("“%s” stands in the interview guide instead.") % question.text)
    return answer


def _done(request: HttpRequest, case: RecruitmentCase, deed: Any) -> HttpResponse:
    try:
        deed()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("workbench:form", case.pk)
