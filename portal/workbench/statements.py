"""The assessment committee's assessments: written together, handed in, checked by HR, commented on by the applicant, final."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.reader import application_for
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application
from recruitment.applications.queries import candidate_list
from recruitment.assessments import expert
from recruitment.assessments.lifecycle import CHECK, FINISH, MOVES, RETURN, SEND, SUBMIT
from recruitment.assessments.statements import Assessment, AssessmentState, AssessmentStateChange, Conclusion
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import StaleRow
from recruitment.lifecycle import is_open, obstacles
from recruitment.people.actor import Actor

DEEDS: dict[str, Callable[..., Any]] = {
    SUBMIT.name: expert.submit,
    RETURN.name: expert.send_back,
    CHECK.name: expert.check_legality,
    FINISH.name: expert.finish,
}


class WordsForm(forms.Form):
    """The assessment's words and its one conclusion."""

    text = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 18}), max_length=expert.LONGEST, label=gettext_lazy("The assessment"),
        help_text=gettext_lazy("Measure this applicant against the job as it was advertised. No order, and no other applicant's name: the applicant will read it."),
    )  # fmt: skip
    conclusion = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("not decided yet")), *Conclusion.choices],
        label=gettext_lazy("Conclusion"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class StepForm(forms.Form):
    """What HR's steps ask for."""

    reason = forms.CharField(
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Note, or what must be changed"),
    )
    until = forms.DateField(
        required=False, widget=forms.DateInput(attrs={"type": "date"}), label=gettext_lazy("The applicant may comment until"),
        help_text=gettext_lazy("Empty: in fourteen days."),
    )  # fmt: skip


@screen
def assessments(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Everybody with how far their assessment has come; by name, for there is no order between them (INV-27)."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    seen = {each.application_id: each for each in expert.assessments_seen(actor, case)}
    rows = candidate_list(actor, case).exclude(state__in=["WITHDRAWN", "LATE"]).defer("draft", "motivation_text")
    mask = mask_for(actor, case)
    by_name = ("blind_number",) if mask.is_on else ("candidate__family_name", "candidate__given_name")
    lines = [(mask.put_on(row), seen.get(row.pk)) for row in rows.order_by(*by_name, "pk")]
    return show_case(
        request, "workbench/assessments.html", case, tab="applications", title=_("Assessments"), crumbs=_crumbs(case), lines=lines,
        writes=may(actor, Permission.ASSESSMENT_WRITE, case), uses_committee=expert.uses_committee(case),
    )  # fmt: skip


def _crumbs(case: RecruitmentCase) -> list[tuple[str, str]]:
    return [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]


@screen
def assessment(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """One applicant's: the committee writes, the others read."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    application, actor = application_for(request, case, application_id), actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    found = expert.assessments_seen(actor, case).filter(application=application).first()
    writes = may(actor, Permission.ASSESSMENT_WRITE, case)
    if found is None and not writes:
        raise Http404
    if request.method == "POST":
        case_for(request, case_id, Permission.ASSESSMENT_WRITE)
    form = WordsForm(request.POST if request.method == "POST" else None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            expert.write_assessment(application, actor=actor, **form.cleaned_data)
        except StaleRow as stale:
            form = _with_newer_version(request, application)
            blame(form, stale)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:assessment", case.pk, application.pk)
    return _show(request, case, application, found, form=form, steps=StepForm())


def _initial(found: Assessment | None) -> dict[str, Any]:
    if found is None:
        return {"version": 0}
    return {"text": found.text, "conclusion": found.conclusion, "version": found.version}


def _with_newer_version(request: HttpRequest, application: Application) -> WordsForm:
    """The words that were sent, over the version that is there now: sending them again is then a choice."""
    typed = request.POST.copy()
    typed["version"] = str(Assessment.objects.get(application=application).version)
    return WordsForm(typed)


def _show(
    request: HttpRequest, case: RecruitmentCase, application: Application, found: Assessment | None, *, form: WordsForm,
    steps: StepForm,
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    may_write = may(actor, Permission.ASSESSMENT_WRITE, case) and (
        found is None or found.state == AssessmentState.DRAFT
    )
    newest = Assessment.objects.filter(application=application).first() if form.is_bound else found
    return show_case(
        request, "workbench/assessment.html", case, tab="applications", title=application.candidate.full_name or application.reference,
        crumbs=[*_crumbs(case), (_("Assessments"), reverse("workbench:assessments", args=[case.pk]))], application=application,
        assessment=newest, form=form, steps=steps, may_write=may_write, moves=_moves(found, actor),
        history=_history(found), asks_steps=may(actor, Permission.ASSESSMENT_CHECK, case), status=BAD_INPUT if form.is_bound or steps.is_bound else 200,
    )  # fmt: skip


def _history(found: Assessment | None) -> list[AssessmentStateChange]:
    steps = list(found.history.select_related("by_user")) if found else []
    for step in steps:
        step.to_words = AssessmentState(step.to_state).label
    return steps


def _moves(found: Assessment | None, actor: Actor) -> list[tuple[str, str, list[str]]]:
    """Name, label and what stands in the way, of those that are this person's to make."""
    if found is None:
        return []
    open_ones = [move for move in MOVES if is_open(move, found, actor=actor)]
    return [(move.name, str(move.label), [o.message for o in obstacles(move, found)]) for move in open_ones]


@screen
@require_POST
def move(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, name: str) -> HttpResponse:
    """One step of the assessment's way."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    application, actor = application_for(request, case, application_id), actor_of(request)
    found = get_object_or_404(expert.assessments_seen(actor, case), application=application)
    if name not in {*DEEDS, SEND.name}:
        raise Http404
    steps = StepForm(request.POST)
    if steps.is_valid():
        try:
            _carry_out(request, found, name, steps.cleaned_data)
        except ValidationError as refusal:
            blame(steps, refusal)
        else:
            return redirect("workbench:assessment", case.pk, application.pk)
    return _show(request, case, application, found, form=WordsForm(initial=_initial(found)), steps=steps)


def _carry_out(request: HttpRequest, found: Assessment, name: str, typed: dict[str, Any]) -> None:
    actor = actor_of(request)
    if name != SEND.name:
        DEEDS[name](found, actor=actor, reason=typed["reason"])
        messages.success(request, _("Saved."))
    elif expert.send_for_comment(found, actor=actor, until=typed["until"]):
        messages.success(request, _("It lies in the applicant's secure inbox."))
    else:
        messages.warning(request, _("The applicant has no e-mail address: send it on paper today."))
