"""Questions to applicants after receipt: written once, sent to all in the same state, answers counted."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.asking_again import (
    ASKED_IN,
    LONGEST_QUESTION,
    MOST_QUESTIONS,
    Asked,
    ask_again,
    requirements_of,
)
from recruitment.applications.followups import FollowUpRound
from recruitment.applications.models import ApplicationState
from recruitment.cases.dates import in_copenhagen
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import Competence


class FollowUpForm(forms.Form):
    """What, to whom, why, and until when."""

    state = forms.ChoiceField(
        choices=[(state.value, ApplicationState(state).label) for state in ASKED_IN], label=gettext_lazy("To everybody who is"),
        help_text=gettext_lazy("All in the same state are asked the same; nobody is picked out."),
    )  # fmt: skip
    justification = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("Why it is asked now"),
        help_text=gettext_lazy("Kept with the case."),
    )
    deadline = forms.DateTimeField(
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), label=gettext_lazy("Answer by"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )  # fmt: skip


class AskedForm(forms.Form):
    """One question, and what it clarifies. A line without a question is none."""

    text = forms.CharField(required=False, max_length=LONGEST_QUESTION, label=gettext_lazy("Question"))
    clarifies = forms.ModelChoiceField(
        required=False, queryset=Competence.objects.none(), label=gettext_lazy("Clarifies the requirement"), empty_label="–"
    )  # fmt: skip

    def __init__(self, *args: Any, case: RecruitmentCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clarifies"].queryset = requirements_of(case)

    def asked(self) -> Asked:
        """As the domain takes it."""
        chosen = self.cleaned_data.get("clarifies")
        return Asked(self.cleaned_data.get("text", ""), str(chosen.pk) if chosen else "")


AskedSet = forms.formset_factory(
    AskedForm, extra=MOST_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS, validate_max=True
)


@screen
def follow_ups(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Earlier rounds with how many have answered, and a new one."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_CHANGE_STATE, case)
    sent_form = request.POST if request.method == "POST" else None
    form, lines = FollowUpForm(sent_form), AskedSet(sent_form, prefix="asked", form_kwargs={"case": case})
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        typed = form.cleaned_data
        try:
            sent = ask_again(
                case, state=typed["state"], questions=[line.asked() for line in lines], justification=typed["justification"],
                deadline=in_copenhagen(typed["deadline"].replace(tzinfo=None)), actor=actor,
            )  # fmt: skip
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            asked = sent.round.replies.count()
            messages.success(
                request, ngettext("%d applicant has been asked.", "%d applicants have been asked.", asked) % asked
            )
            if sent.on_paper:
                names = ", ".join(each.candidate.full_name or each.reference for each in sent.on_paper)
                messages.warning(request, _("No e-mail address, so ask on paper: %s.") % names)
            return redirect("workbench:follow_ups", case.pk)
    answered = Count("replies", filter=Q(replies__answered_at__isnull=False))
    rounds = (
        FollowUpRound.objects.filter(case=case)
        .select_related("sent_by")
        .annotate(asked=Count("replies"), answered=answered)
    )
    return show_case(
        request, "workbench/follow_ups.html", case, tab="applications", title=_("Further questions"), form=form, lines=lines, rounds=rounds,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk]))], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
