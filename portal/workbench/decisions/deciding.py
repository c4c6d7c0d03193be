"""Writing the decision, concluding it with its offers, correcting it; and the ways in which nobody is hired."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.decisions.candidates import candidates_for, order_of
from portal.workbench.decisions.decision import TAB, case_at_decision, crumb
from portal.workbench.fields import Colleague, DayInput
from portal.workbench.places import blockers
from portal.workbench.screens import BAD_INPUT, blame, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.access.queries import holders
from recruitment.cases.lifecycle import CANCEL_RUNNING, CONCLUDE, CONCLUDE_UNFILLED, DECIDE_AGAIN
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions import deciding
from recruitment.decisions.deciding import Words
from recruitment.decisions.guards import excluded_people, passed_over
from recruitment.decisions.models import HiringDecision, Place
from recruitment.decisions.offering import usual_answer_day
from recruitment.decisions.queries import decision_in_force, draft_of, interviewed, names_of
from recruitment.lifecycle import obstacles
from recruitment.references.queries import too_few


def _words(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class WordsForm(forms.Form):
    """What the decision says."""

    decider = Colleague(required=False, label=gettext_lazy("Who decides"), empty_label="–")
    start_date = forms.DateField(required=False, label=gettext_lazy("First day at work"), widget=DayInput())
    factors = forms.CharField(
        required=False, max_length=1500, label=gettext_lazy("Decisive factors"), widget=_words(),
        help_text=gettext_lazy("What spoke for the chosen, in general words. They complete the sentence “In the selection we have attached importance to …” in the letters to the others; write nothing about the others themselves."),
    )  # fmt: skip
    factors_en = forms.CharField(
        required=False, max_length=1500, label=gettext_lazy("Decisive factors in English"), widget=_words(2),
        help_text=gettext_lazy("Only where somebody gets letters in English."),
    )  # fmt: skip
    comparison = forms.CharField(
        required=False, max_length=5000, label=gettext_lazy("Comparison with the applicant who has preferential access"), widget=_words(4),
        help_text=gettext_lazy("Compulsory where such an applicant is passed over: in what respects is the chosen one better qualified?"),
    )  # fmt: skip
    no_interview_reason = forms.CharField(
        required=False, max_length=2000, label=gettext_lazy("Why somebody is chosen without an interview"), widget=_words(2)
    )  # fmt: skip
    set_aside_note = forms.CharField(
        required=False, max_length=2000, label=gettext_lazy("How a disqualified person's rating was set aside"), widget=_words(2)
    )  # fmt: skip

    def __init__(self, case: RecruitmentCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decider"].queryset = holders(
            Permission.DECISION_RECORD, institution=case.institution_id, unit_path=case.unit.path, case=case.pk
        )
        if not case.applications.filter(language="en").exists():
            del self.fields["factors_en"]

    def words(self) -> Words:
        """As typed."""
        return Words(**self.cleaned_data)


def _initial(case: RecruitmentCase, row: HiringDecision | None) -> dict[str, Any]:
    if row is None:
        return {"decider": case.hiring_manager, "start_date": case.start_date}
    return {name: getattr(row, name) for name in WordsForm.base_fields}


@screen
def write(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The draft: whom, in which order of reserve, and why. It is kept as it is; what is missing is told beside it."""
    case = case_at_decision(request, case_id, Permission.DECISION_RECORD)
    draft = draft_of(case)
    typed = request.POST if request.method == "POST" else None
    form = WordsForm(case, typed, initial=_initial(case, draft))
    lines = candidates_for(request, case, draft)
    if typed is not None and form.is_valid():
        try:
            deciding.write_decision(
                case, form.words(), chosen=[line.application for line in lines if line.place == Place.CHOSEN],
                reserve=[line.application for line in sorted(lines, key=order_of) if line.place == Place.RESERVE], actor=actor_of(request),
            )  # fmt: skip
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The draft has been saved. What is still missing stands below."))
            return redirect("workbench:decision", case.pk)
    _leave_out_what_nobody_needs(form, case)
    return show_case(
        request, "workbench/decisions/write.html", case, tab=TAB, title=_("Write the decision"), form=form, lines=lines,
        crumbs=crumb(case), places=Place.choices, blockers=blockers(obstacles(CONCLUDE, case), case) if draft else [],
        status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


def _leave_out_what_nobody_needs(form: WordsForm, case: RecruitmentCase) -> None:
    """Questions that only some cases raise are asked there and nowhere else, unless something has been written."""
    needed = {"comparison": passed_over(case, []), "set_aside_note": bool(excluded_people(case))}
    for name, is_needed in needed.items():
        if not is_needed and not form[name].value():
            form.fields[name].widget = forms.HiddenInput()


class ConcludeForm(forms.Form):
    """Until when they answer; the terms stand beside each name."""

    answer_by = forms.DateField(label=gettext_lazy("Answer at the latest"), widget=DayInput(), initial=usual_answer_day)


@screen
def conclude(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Look at it once more, write the terms, and let it stand."""
    case = case_at_decision(request, case_id, Permission.DECISION_RECORD)
    draft = draft_of(case)
    typed = request.POST if request.method == "POST" else None
    form = ConcludeForm(typed)
    chosen = list(names_of(draft)) if draft else []
    terms = {row.pk: (typed or {}).get(f"terms-{row.pk}", "").replace("\x00", "")[:3000] for row in chosen}
    if typed is not None and form.is_valid():
        try:
            deciding.conclude(case, terms=terms, answer_by=form.cleaned_data["answer_by"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The decision stands, and the offer waits in the applicant's inbox."))
            return redirect("workbench:decision", case.pk)
    return show_case(
        request, "workbench/decisions/conclude.html", case, tab=TAB, title=_("Conclude the decision"), form=form, draft=draft,
        chosen=[(row, terms[row.pk]) for row in chosen], reserve=list(names_of(draft, Place.RESERVE)) if draft else [],
        met=interviewed(case), crumbs=crumb(case), blockers=blockers(obstacles(CONCLUDE, case), case),
        few_references=[row for row in chosen if too_few(row)], status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


class CorrectForm(WordsForm):
    """The words once more, and why they are corrected."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is corrected"), widget=_words(2), max_length=2000, required=False
    )

    def words(self) -> Words:
        """As typed, without the reason."""
        return Words(**{name: value for name, value in self.cleaned_data.items() if name != "reason"})


@screen
def correct(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """A new version of the concluded decision."""
    case = case_at_decision(request, case_id, Permission.DECISION_RECORD)
    typed = request.POST if request.method == "POST" else None
    form = CorrectForm(case, typed, initial=_initial(case, decision_in_force(case)))
    if typed is not None and form.is_valid():
        try:
            deciding.correct_decision(case, form.words(), reason=form.cleaned_data["reason"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The corrected version is in force; the one before is kept."))
            return redirect("workbench:decision", case.pk)
    _leave_out_what_nobody_needs(form, case)
    return show_case(
        request, "workbench/decisions/reasoned.html", case, tab=TAB, title=_("Correct the decision"), form=form, crumbs=crumb(case),
        lead=_("Who is chosen is not corrected here: that is decided again. Letters that have gone stay as they were."),
        button=_("Let the correction stand"), status=BAD_INPUT if form.errors else 200,
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Why"), widget=_words(), max_length=2000, required=False)


class UnfilledForm(ReasonForm):
    """Why nobody is hired, and what the letters may say of it."""

    factors = forms.CharField(
        required=False, max_length=1500, label=gettext_lazy("What the post asks for, in general words"), widget=_words(2),
        help_text=gettext_lazy("Completes “we have attached importance to …” in letters to those who were interviewed. May be left empty."),
    )  # fmt: skip


def _reasoned(
    request: HttpRequest, case: RecruitmentCase, form: forms.Form, deed: Callable[..., Any], *, done: str, to: str = "decision",
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page that says what will happen, asks why, and does it."""
    if form.is_bound and form.is_valid():
        try:
            deed(case, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, done)
            return redirect(f"workbench:{to}", case.pk)
    return show_case(
        request, "workbench/decisions/reasoned.html", case, tab=TAB, form=form, crumbs=crumb(case),
        status=BAD_INPUT if form.errors else 200, **context,
    )  # fmt: skip


@screen
def nobody(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Nobody is hired."""
    case = case_at_decision(request, case_id, Permission.CASE_CLOSE)
    return _reasoned(
        request, case, UnfilledForm(request.POST or None), deciding.conclude_unfilled, title=_("Nobody is hired"),
        done=_("It is decided that nobody is hired. The answers to the applicants come next."), to="answers",
        lead=_("The case goes on to its conclusion without a hire. Everybody who applied gets an answer that says so."),
        button=_("Decide that nobody is hired"), blockers=blockers(obstacles(CONCLUDE_UNFILLED, case), case),
    )  # fmt: skip


@screen
def again(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Back to the decision."""
    case = case_at_decision(request, case_id, Permission.CASE_BEGIN_DECISION)
    return _reasoned(
        request, case, ReasonForm(request.POST or None), deciding.decide_again, title=_("Decide again"),
        done=_("The case is at its decision again. What was decided before is kept."),
        lead=_("For when an offer was declined and nobody in reserve is wanted, or somebody hired withdrew before the first day."),
        button=_("Decide again"), blockers=blockers(obstacles(DECIDE_AGAIN, case), case),
    )  # fmt: skip


@screen
def cancel(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Decide to end the recruitment; the letters go first."""
    case = case_at_decision(request, case_id, Permission.CASE_CANCEL_RUNNING)
    found = [each for each in obstacles(CANCEL_RUNNING, case) if each.code == "wrong_state"]
    return _reasoned(
        request, case, ReasonForm(request.POST or None), deciding.decide_to_cancel, title=_("Cancel the recruitment"), to="answers",
        done=_("It is decided. Answer the applicants now; then the case can be closed."),
        lead=_("Nobody who has applied is left without an answer: write down why the recruitment ends, answer the applicants, and then cancel the case. The ad stays up until then, so take it down first if it is still out."),
        button=_("Decide, and go on to the answers"), blockers=blockers(found, case),
    )  # fmt: skip
