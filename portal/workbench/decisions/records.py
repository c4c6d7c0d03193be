"""What leaves the house: the hired person to HR and pay systems, the case file to the records system."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from portal.guard import actor_of
from portal.workbench.reader import sealed
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.handing_over import acknowledge, fetch
from recruitment.closing.packaging import KEPT, open_package, order_package
from recruitment.closing.records import CaseFilePackage, HandOver, PackageState
from recruitment.documents.names import content_disposition

TAB = "closing"


class PurposeForm(forms.Form):
    """What the package is for."""

    purpose = forms.CharField(
        required=False, max_length=400, label=gettext_lazy("What is it for"),
        help_text=gettext_lazy("For example: filed in the records system. It is noted in the log."),
    )  # fmt: skip


class ReceiptForm(forms.Form):
    """Where the person stands now."""

    receiver = forms.CharField(
        required=False, max_length=80, label=gettext_lazy("Which system"),
        help_text=gettext_lazy("For example the HR or the pay system."),
    )  # fmt: skip
    receipt = forms.CharField(required=False, max_length=80, label=gettext_lazy("Number there"))


def _for(request: HttpRequest, case_id: uuid.UUID) -> RecruitmentCase:
    case, actor = case_for(request, case_id, Permission.REJECT), actor_of(request)
    if not (may(actor, Permission.EXPORT_APPLICANTS, case) or may(actor, Permission.APPLICATION_CHANGE_STATE, case)):
        raise PermissionDenied
    return case


@screen
def records(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Both lists; POST orders the next package."""
    case, actor = _for(request, case_id), actor_of(request)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            order_package(case, purpose=form.cleaned_data["purpose"], actor=actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The package is being made. Look again in a moment."))
            return redirect("workbench:records", case.pk)
    may_pack = may(actor, Permission.EXPORT_APPLICANTS, case)
    hired = HandOver.objects.filter(application__case=case).select_related("application__candidate", "acknowledged_by")
    return show_case(
        request, "workbench/decisions/records.html", case, tab=TAB, title=_("Hand over"), form=form, may_pack=may_pack, hired=hired,
        packages=case.packages.select_related("made_by") if may_pack else (), days=KEPT.days, ready=PackageState.READY,
        crumbs=[(_("Closing"), reverse("workbench:closing", args=[case.pk]))], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_GET
def package_file(request: HttpRequest, case_id: uuid.UUID, package_id: uuid.UUID) -> HttpResponseBase:
    """The package, as an archive."""
    case = _for(request, case_id)
    require(actor_of(request), Permission.EXPORT_APPLICANTS, case)
    package = get_object_or_404(CaseFilePackage.objects.select_related("case"), case=case, pk=package_id)
    try:
        stream = open_package(package, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("workbench:records", case.pk)
    except FileNotFoundError as lost:
        raise Http404 from lost
    name = f"{case.case_number}-{package.number:02}.zip"
    answer: HttpResponseBase = sealed(
        FileResponse(stream, as_attachment=True, filename=name, content_type="application/zip")
    )
    return answer


def _hired(request: HttpRequest, case: RecruitmentCase, hand_over_id: uuid.UUID) -> HandOver:
    rows = HandOver.objects.select_related("application__case", "application__candidate")
    found: HandOver = get_object_or_404(rows, application__case=case, pk=hand_over_id)
    return found


@screen
@require_GET
def hand_over_file(request: HttpRequest, case_id: uuid.UUID, hand_over_id: uuid.UUID) -> HttpResponse:
    """The hired person's data as JSON."""
    case = _for(request, case_id)
    found = _hired(request, case, hand_over_id)
    response = HttpResponse(fetch(found, actor=actor_of(request)), content_type="application/json")
    response.headers["Content-Disposition"] = content_disposition(f"{found.application.reference}.json")
    sealed_answer: HttpResponse = sealed(response)
    return sealed_answer


@screen
def receipt(request: HttpRequest, case_id: uuid.UUID, hand_over_id: uuid.UUID) -> HttpResponse:
    """Note that the person stands in the other system."""
    case = _for(request, case_id)
    found = _hired(request, case, hand_over_id)
    require(actor_of(request), Permission.APPLICATION_CHANGE_STATE, case)
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            acknowledge(found, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The receipt has been noted."))
            return redirect("workbench:records", case.pk)
    return show_case(
        request, "workbench/decisions/receipt.html", case, tab=TAB, title=_("Note the receipt"), form=form, hand_over=found,
        crumbs=[(_("Closing"), reverse("workbench:closing", args=[case.pk])), (_("Hand over"), reverse("workbench:records", args=[case.pk]))],
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
