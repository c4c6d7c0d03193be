"""Asking applicants into a pool, from the profile and from the list."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.guard import actor_of
from portal.workbench.bulk import chosen
from portal.workbench.reader import application_for, refuse_if_hidden
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.assessments.furnishing import icons_for
from recruitment.assessments.marks import CandidateIcon
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor
from recruitment.talent.actions import invite, invite_many, why_not_invited
from recruitment.talent.models import PoolProposal, TalentPool
from recruitment.talent.proposing import decline, open_proposals, propose
from recruitment.talent.queries import pools_to_ask_into


class PoolChoice(forms.Form):
    """Which pool; only open ones of the employer."""

    pool = forms.ModelChoiceField(
        queryset=TalentPool.objects.none(), label=gettext_lazy("Talent pool"), empty_label=None, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a pool.")},
    )  # fmt: skip

    def __init__(self, *args: Any, case: RecruitmentCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pools: Any = self.fields["pool"]
        pools.queryset = pools_to_ask_into(case)


class AskForm(PoolChoice):
    """Pool, icons and note."""

    icons = forms.ModelMultipleChoiceField(
        required=False, queryset=CandidateIcon.objects.none(), widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Icons"),
    )  # fmt: skip
    note = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Note"),
        help_text=gettext_lazy("What would you like to find them by? The member may ask to see it."),
    )  # fmt: skip

    def __init__(self, *args: Any, case: RecruitmentCase, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        icons: Any = self.fields["icons"]
        icons.queryset = icons_for(case.institution)


@screen
def ask(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """One applicant, from the profile."""
    case = case_for(request, case_id, Permission.TALENTPOOL_ADD_MEMBER)
    application, actor = application_for(request, case, application_id), actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    proposals = list(open_proposals(application))
    first = {"pool": proposals[0].pool, "note": proposals[0].note} if proposals else None
    declined = request.POST.get("button") == "decline"
    if declined and _decline(request, proposals, actor):
        return redirect("workbench:application", case.pk, application.pk)
    form = AskForm(request.POST if request.method == "POST" and not declined else None, case=case, initial=first)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            invite(application, typed["pool"], actor=actor, note=typed["note"], icons=typed["icons"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The applicant has been asked. In the pool they are when they have said yes."))
            return redirect("workbench:application", case.pk, application.pk)
    name = application.candidate.full_name or application.reference
    crumbs = [
        (_("Applicants"), reverse("workbench:applications", args=[case.pk])),
        (name, reverse("workbench:application", args=[case.pk, application.pk])),
    ]
    return show_case(
        request, "workbench/talent/ask.html", case, tab="applications", title=_("Ask into a talent pool"), crumbs=crumbs,
        form=form, back=reverse("workbench:application", args=[case.pk, application.pk]), proposals=proposals, declined=declined,
        status=BAD_INPUT if form.is_bound or declined else 200,
    )  # fmt: skip


def _decline(request: HttpRequest, proposals: list[PoolProposal], actor: Actor) -> bool:
    """HR says no to what was proposed; a refusal is told above the form."""
    chosen = next((row for row in proposals if str(row.pk) == request.POST.get("proposal")), None)
    if chosen is None:
        raise Http404
    try:
        decline(chosen, reason=request.POST.get("reason", ""), actor=actor)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, _("Saved."))
    return True


class ProposeForm(PoolChoice):
    """Pool and note."""

    note = forms.CharField(
        required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Note"),
        help_text=gettext_lazy("What would you like to find them by? The member may ask to see it."),
    )  # fmt: skip


@screen
def suggest(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The manager thinks of one applicant for a pool; HR decides."""
    case = case_for(request, case_id, Permission.TALENTPOOL_PROPOSE)
    application, actor = application_for(request, case, application_id), actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    refuse_if_hidden(application)
    form = ProposeForm(request.POST if request.method == "POST" else None, case=case)
    if form.is_bound and form.is_valid():
        try:
            propose(application, form.cleaned_data["pool"], actor=actor, note=form.cleaned_data["note"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Proposed. HR decides whether the applicant is asked."))
            return redirect("workbench:application", case.pk, application.pk)
    back = reverse("workbench:application", args=[case.pk, application.pk])
    name = application.candidate.full_name or application.reference
    return show_case(
        request, "workbench/talent/propose.html", case, tab="applications", title=_("Propose for a talent pool"), form=form, back=back,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk])), (name, back)],
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def ask_many(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Those chosen in the list; who cannot be asked is shown with the reason before anything is sent."""
    case = case_for(request, case_id, Permission.TALENTPOOL_ADD_MEMBER)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    rows = chosen(request, case)
    form = PoolChoice(request.POST if request.method == "POST" else None, case=case)
    if request.method == "POST" and form.is_valid() and rows:
        left_out = invite_many(rows, form.cleaned_data["pool"], actor=actor)
        asked = len(rows) - len(left_out)
        messages.success(request, ngettext("%d has been asked.", "%d have been asked.", asked) % asked)
        for application, why in left_out:
            messages.warning(request, f"{application.candidate.full_name or application.reference}: {why.message}")
        return redirect("workbench:applications", case.pk)
    pools = list(form.fields["pool"].queryset)  # type: ignore[attr-defined]
    return show_case(
        request, "workbench/talent/ask.html", case, tab="applications", title=_("Ask into a talent pool"),
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk]))], form=form, chosen=rows, is_many=True,
        forecast=[(pool, [(a, why_not_invited(a, pool)) for a in rows]) for pool in pools],
        back=reverse("workbench:applications", args=[case.pk]), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
