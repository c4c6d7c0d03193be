"""Questions to applicants after receipt: written once, sent to all in the same state, answers counted."""

import uuid

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
from recruitment.applications.asking_again import ASKED_IN, ask_again
from recruitment.applications.followups import FollowUpRound
from recruitment.applications.models import ApplicationState
from recruitment.cases.dates import in_copenhagen


class FollowUpForm(forms.Form):
    """What, to whom, why, and until when."""

    state = forms.ChoiceField(
        choices=[(state.value, ApplicationState(state).label) for state in ASKED_IN], label=gettext_lazy("To everybody who is"),
        help_text=gettext_lazy("All in the same state are asked the same; nobody is picked out."),
    )  # fmt: skip
    questions = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}), label=gettext_lazy("Questions, one a line"),
        help_text=gettext_lazy("Only what clarifies the application: nothing new that the ad did not ask for, and nothing that can wait for the interview."),
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


@screen
def follow_ups(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Earlier rounds with how many have answered, and a new one."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_CHANGE_STATE, case)
    form = FollowUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            sent = ask_again(
                case, state=typed["state"], questions=typed["questions"].splitlines(), justification=typed["justification"],
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
        request, "workbench/follow_ups.html", case, tab="applications", title=_("Further questions"), form=form, rounds=rounds,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk]))], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
