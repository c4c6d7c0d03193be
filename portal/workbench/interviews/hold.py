"""At the interview: the guide with what has been asked, notes, the debrief in the pause, the form; and comparing afterwards."""

import uuid
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from portal.guard import actor_of
from portal.workbench.interviews.calls import invitation_for
from portal.workbench.interviews.plan import crumbs_of, rights_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.errors import StaleRow
from recruitment.interviews import lifecycle
from recruitment.interviews.comparison import compare
from recruitment.interviews.guides import guide_of, roles_of, sections_of
from recruitment.interviews.holding import attach_form, debrief, hold, mark_asked, write_notes
from recruitment.interviews.letters import people_of
from recruitment.interviews.models import InterviewInvitation
from recruitment.interviews.queries import invitations_of
from recruitment.interviews.records import Interview, InterviewOutcome
from recruitment.lifecycle import is_open

LEVELS = [("", "–"), *((str(n), str(n)) for n in range(1, 6))]
CONFLICT = 409


class NotesForm(forms.Form):
    """One's own."""

    notes = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 8}), label=gettext_lazy("Your own notes"),
        help_text=gettext_lazy("Applicants may ask to see what is written about them."),
    )  # fmt: skip


class DebriefForm(forms.Form):
    """What the panel agrees on in the pause."""

    impression = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("First impression, agreed in the pause")
    )  # fmt: skip
    outcome = forms.ChoiceField(
        required=False, choices=InterviewOutcome.choices, label=gettext_lazy("The panel's view")
    )
    do_better = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), label=gettext_lazy("Do better at the next interview"),
        help_text=gettext_lazy("About yourselves, not about the applicant."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, competences: list[Competence], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for competence in competences:
            key, name = competence.pk, competence.name
            self.fields[f"level-{key}"] = forms.ChoiceField(
                required=False, choices=LEVELS, label=_("%s, from 1 to 5") % name
            )
            self.fields[f"words-{key}"] = forms.CharField(
                required=False, max_length=400, label=_("%s, in words") % name
            )

    def findings(self, competences: list[Competence]) -> dict[Any, tuple[int | None, str]]:
        """By competence."""
        typed = self.cleaned_data
        return {
            row.pk: (int(typed[f"level-{row.pk}"]) if typed[f"level-{row.pk}"] else None, typed[f"words-{row.pk}"])
            for row in competences
        }


class PaperForm(forms.Form):
    """The filled-in form."""

    file = forms.FileField(label=gettext_lazy("The interview form, filled in"))


@screen
def conduct(request: HttpRequest, case_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    """One page for the interview and its pause; each part is saved by its own button."""
    case = case_for(request, case_id, Permission.INTERVIEW_CONDUCT)
    row = invitation_for(case, invitation_id)
    actor = actor_of(request)
    require(actor, Permission.INTERVIEW_CONDUCT, row)
    competences = list(Competence.objects.filter(profile__case=case).order_by("kind", "position", "id"))
    interview = Interview.objects.filter(invitation=row).first()
    button = request.POST.get("button", "")
    forms_shown = _forms(request, row, interview, competences, button)
    refusal: ValidationError | None = None
    if request.method == "POST" and all(form.is_valid() for form in forms_shown.values() if form.is_bound):
        try:
            _save(request, row, forms_shown, competences, button)
        except ValidationError as refused:
            refusal = refused
            _blame(forms_shown, button, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:interview_conduct", case.pk, row.pk)
    failed = refusal is not None or any(form.errors for form in forms_shown.values())
    status = (CONFLICT if isinstance(refusal, StaleRow) else BAD_INPUT) if failed else 200
    return _show(request, case, Page(row, interview, forms_shown, refusal, status))


def _blame(shown: dict[str, forms.Form], button: str, refusal: ValidationError) -> None:
    if button in shown and shown[button].is_bound:
        blame(shown[button], refusal)


def _forms(
    request: HttpRequest,
    row: InterviewInvitation,
    interview: Interview | None,
    competences: list[Competence],
    button: str,
) -> dict[str, forms.Form]:
    own = interview.notes.filter(author=request.user).first() if interview else None  # type: ignore[misc]
    present: dict[str, Any] = {"version": interview.version if interview else 0}
    if interview:
        present |= {name: getattr(interview, name) for name in ("impression", "outcome", "do_better")}
        for finding in interview.findings.all():
            present[f"level-{finding.competence_id}"] = str(finding.level or "")
            present[f"words-{finding.competence_id}"] = finding.words
    return {
        "notes": NotesForm(request.POST if button == "notes" else None, initial={"notes": own.text if own else ""}),
        "debrief": DebriefForm(competences, request.POST if button == "debrief" else None, initial=present),
        "paper": PaperForm(*((request.POST, request.FILES) if button == "paper" else ())),
    }


def _save(
    request: HttpRequest,
    row: InterviewInvitation,
    shown: dict[str, forms.Form],
    competences: list[Competence],
    button: str,
) -> None:
    actor = actor_of(request)
    if button == "asked":
        mark_asked(row, request.POST.getlist("asked"), actor=actor)
    elif button == "notes":
        write_notes(row, shown["notes"].cleaned_data["notes"], actor=actor)
    elif button == "debrief":
        typed, form = shown["debrief"].cleaned_data, shown["debrief"]
        debrief(
            row, actor=actor, impression=typed["impression"], do_better=typed["do_better"], outcome=typed["outcome"],
            findings=form.findings(competences), version=typed["version"],  # type: ignore[attr-defined]
        )  # fmt: skip
    elif button == "paper":
        file = shown["paper"].cleaned_data["file"]
        attach_form(row, file, file.name, actor=actor)
    elif button == "held":
        hold(row, actor=actor)
    else:
        raise ValidationError(_("Choose what to do."), code="no_deed")


@dataclass(frozen=True)
class Page:
    """What the page of one interview is made of."""

    row: InterviewInvitation
    interview: Interview | None
    forms: dict[str, forms.Form]
    refusal: ValidationError | None
    status: int


def _show(request: HttpRequest, case: RecruitmentCase, page: Page) -> HttpResponse:
    actor, row, interview = actor_of(request), page.row, page.interview
    guide = guide_of(row.round)
    asked = {str(key) for key in interview.asked.values_list("question", flat=True)} if interview else set()
    if request.POST.get("button") == "asked":
        asked = set(request.POST.getlist("asked"))
    form = page.forms["debrief"]
    levels = [name for name in form.fields if name.startswith("level-")]
    return show_case(
        request, "workbench/interviews/conduct.html", case, tab="interviews", row=row, interview=interview, guide=guide,
        title=row.application.candidate.full_name or row.application.reference, sections=sections_of(guide), asked=asked,
        roles=[(task, user) for task, user in roles_of(guide) if user], forms=page.forms, refusal=page.refusal,
        pairs=[(form[name], form[name.replace("level-", "words-")]) for name in levels],
        others=_others(request, interview), people=people_of(row), can_be_held=is_open(lifecycle.HOLD, row, actor=actor),
        crumbs=crumbs_of(case), status=page.status, **rights_of(actor, case),
    )  # fmt: skip


def _others(request: HttpRequest, interview: Interview | None) -> Any:
    return interview.notes.exclude(author=request.user).select_related("author") if interview else []  # type: ignore[misc]


@screen
@require_GET
def comparison(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Competences as lines, applicants as columns; what is missing is marked."""
    case = case_for(request, case_id, Permission.INTERVIEW_CONDUCT)
    actor = actor_of(request)
    require(actor, Permission.INTERVIEW_CONDUCT, case)
    found = compare(case, invitations_of(case))
    lines = [
        (row, [None if column.is_to_come else column.cells[n] for column in found.columns])
        for n, row in enumerate(found.competences)
    ]
    return show_case(
        request, "workbench/interviews/compare.html", case, tab="interviews", title=_("Compare"), found=found, lines=lines,
        may_read=may(actor, Permission.APPLICATION_READ_DOCUMENTS, case), crumbs=crumbs_of(case),
    )  # fmt: skip
