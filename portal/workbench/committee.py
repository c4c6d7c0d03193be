"""The committee's table of ratings, the chair's ranking, and how far everybody has come."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.screens import case_for, in_reach, screen, show_case
from recruitment.access.decide import require, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.applications.queries import handed_in
from recruitment.assessments.actions import is_chair, lock_ratings, put_in_bucket, rank_in_order
from recruitment.assessments.furnishing import scale_of
from recruitment.assessments.insight import are_locked, insight_of
from recruitment.assessments.models import Bucket
from recruitment.assessments.overview import committee_overview
from recruitment.assessments.progress import STEPS, status_matrix
from recruitment.cases.models import RecruitmentCase


@screen
def overview(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Applicants by raters. Opens like an application: whoever has not declared is asked first."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    insight = insight_of(actor, case)
    return show_case(
        request, "workbench/committee.html", case, tab="applications", title=_("Committee overview"), crumbs=_crumbs(case),
        overview=committee_overview(actor, case, insight), insight=insight, levels=scale_of(case).levels.all(), buckets=Bucket.choices,
        may_rank=insight.sees_missing, is_chair=is_chair(actor, case), locked=are_locked(case),
    )  # fmt: skip


@screen
def progress(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The status matrix of the case."""
    case = case_for(request, case_id, Permission.APPLICATION_READ_DOCUMENTS)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, case)
    return show_case(
        request, "workbench/progress.html", case, tab="applications", title=_("Status of everybody"), crumbs=_crumbs(case),
        lines=status_matrix(actor, case, insight_of(actor, case)), steps=STEPS,
    )  # fmt: skip


def _crumbs(case: RecruitmentCase) -> list[tuple[str, str]]:
    return [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]


@screen
@require_POST
def bucket(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The chair's A, B or C for one applicant."""
    case = case_for(request, case_id, Permission.APPLICATION_FINAL_RANK)
    rows = handed_in(Application.objects.filter(case=case)).select_related("case__institution")
    application = in_reach(request, Permission.APPLICATION_FINAL_RANK, rows, application_id)
    return _done(
        request, case, lambda: put_in_bucket(application, request.POST.get("bucket", ""), actor=actor_of(request))
    )


@screen
@require_POST
def order(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The chair's order: the whole list as it stands, with one applicant moved by `step` places."""
    case = case_for(request, case_id, Permission.APPLICATION_FINAL_RANK)
    rows = visible(actor_of(request), Permission.APPLICATION_FINAL_RANK, Application.objects.filter(case=case))
    by_reference = {row.reference: row for row in rows}
    sent = [by_reference[each] for each in request.POST.getlist("ranked") if each in by_reference]
    reference, _colon, step = request.POST.get("moved", "").partition(":")
    if reference in by_reference:
        sent = _with_moved(sent, by_reference[reference], step)
    return _done(request, case, lambda: rank_in_order(case, sent, actor=actor_of(request)))


def _with_moved(ranked: list[Application], moved: Application, step: str) -> list[Application]:
    """`step` is a number of places, or "out"; somebody without a rank comes in last."""
    others = [row for row in ranked if row != moved]
    if step == "out":
        return others
    if moved not in ranked:
        return [*others, moved]
    places = int(step) if step.removeprefix("-").isdecimal() and len(step) < 5 else 0
    place = max(0, min(ranked.index(moved) + places, len(others)))
    return [*others[:place], moved, *others[place:]]


@screen
@require_POST
def lock(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Close the ratings for changes, or open them again."""
    case = case_for(request, case_id, Permission.APPLICATION_FINAL_RANK)
    locked = request.POST.get("locked") == "yes"
    return _done(request, case, lambda: lock_ratings(case, actor=actor_of(request), locked=locked))


def _done(request: HttpRequest, case: RecruitmentCase, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Saved."))
    return redirect("workbench:committee", case.pk)
