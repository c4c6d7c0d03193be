"""Several applicants at once: chosen in the list, looked at, moved, and led back."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.candidate_search import A_PAGE
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, BulkMove
from recruitment.applications.moving import FOR_MANY, forecast, move_many, undo
from recruitment.applications.queries import handed_in
from recruitment.assessments.actions import assess_together
from recruitment.assessments.guards import warning_before_invitations
from recruitment.cases.models import RecruitmentCase


class ReasonForm(forms.Form):
    """Why these; asked for where the answers to the others will be written from it."""

    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), label=gettext_lazy("Why these"),
        help_text=gettext_lazy("Which requirements decided it? The answers to the others are written from these words, and the applicant may ask to see them."),
    )  # fmt: skip


class CriterionForm(forms.Form):
    """What they have in common."""

    criterion = forms.CharField(
        max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), label=gettext_lazy("The criterion"),
        error_messages={"required": gettext_lazy("Write the criterion.")},
        help_text=gettext_lazy("For example: has not the authorisation that the law requires for the post."),
    )  # fmt: skip


def chosen(request: HttpRequest, case: RecruitmentCase) -> list[Application]:
    """Those of the case whose references were sent, in the order received; references of others are nobody's."""
    sent = (request.POST if request.method == "POST" else request.GET).getlist("only")[:A_PAGE]
    rows = handed_in(Application.objects.filter(case=case, reference__in=sent)).select_related("candidate", "case")
    actor = actor_of(request)
    found = visible(actor, Permission.APPLICATION_READ_DOCUMENTS, rows).order_by("received_at", "pk")
    return mask_for(actor, case).put_on_all(list(found))


@screen
def move(request: HttpRequest, case_id: uuid.UUID, name: str) -> HttpResponse:
    """GET shows who moves and who stays; POST moves."""
    if name not in FOR_MANY:
        raise Http404
    case = case_for(request, case_id, Permission.APPLICATION_SHORTLIST)
    require(actor_of(request), Permission.APPLICATION_SHORTLIST, case)
    rows, wanted = chosen(request, case), FOR_MANY[name]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            done = move_many(case, name, rows, actor=actor_of(request), reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            moved = len(done.lines)
            messages.success(request, ngettext("%d applicant was moved.", "%d applicants were moved.", moved) % moved)
            return redirect("workbench:applications", case.pk)
    crumbs = [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]
    return show_case(
        request, "workbench/bulk.html", case, tab="applications", title=str(wanted.label), crumbs=crumbs, move=wanted, form=form,
        forecast=forecast(wanted, rows), chosen=rows, warning=warning_before_invitations(case) if wanted.reason_required else None,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_POST
def undo_move(request: HttpRequest, case_id: uuid.UUID, bulk_id: uuid.UUID) -> HttpResponse:
    """Lead back those who have not moved on."""
    case = case_for(request, case_id, Permission.APPLICATION_SHORTLIST)
    done = get_object_or_404(BulkMove.objects.select_related("case"), case=case, pk=bulk_id, made_by=request.user)
    try:
        back = undo(done, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, ngettext("%d applicant was led back.", "%d applicants were led back.", back) % back)
    return redirect("workbench:applications", case.pk)


@screen
def together(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Assess the chosen against one written criterion (GRD-8)."""
    case = case_for(request, case_id, Permission.APPLICATION_SHORTLIST)
    require(actor_of(request), Permission.APPLICATION_SHORTLIST, case)
    rows = chosen(request, case)
    form = CriterionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            assess_together(case, rows, form.cleaned_data["criterion"], actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Noted: assessed together."))
            return redirect("workbench:applications", case.pk)
    crumbs = [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]
    made = list(case.joint_assessments.select_related("made_by").prefetch_related("applications__candidate"))
    for joint in made:
        mask_for(actor_of(request), case).put_on_all(joint.applications.all())
    return show_case(
        request, "workbench/together.html", case, tab="applications", title=_("Assessed together"), crumbs=crumbs, form=form,
        chosen=rows, made=made, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
