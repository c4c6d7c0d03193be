"""Taking applicants out: a sheet of the list, and the PDF folder with its progress."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.guard import actor_of
from portal.workbench.bulk import chosen
from portal.workbench.candidate_search import A_PAGE, field_of
from portal.workbench.reader import sealed
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.exports.folder import (
    MOST,
    open_folder,
    order_folder,
    set_aside_beside,
    usual_references,
)
from recruitment.assessments.exports.models import ApplicantExport, ExportKind, ExportState
from recruitment.assessments.exports.sheets import LONGEST_PURPOSE, export_sheet
from recruitment.cases.models import RecruitmentCase


class PurposeForm(forms.Form):
    """What it is for; it stands in what is taken out and in the trail."""

    purpose = forms.CharField(
        max_length=LONGEST_PURPOSE, label=gettext_lazy("What it is for"), error_messages={"required": gettext_lazy("Write what it is for.")},
        help_text=gettext_lazy("It stands in the file and is kept with your name and the time."),
    )  # fmt: skip


class SheetForm(PurposeForm):
    """And as what."""

    kind = forms.ChoiceField(
        choices=[(kind.value, kind.label) for kind in (ExportKind.XLSX, ExportKind.CSV)], label=gettext_lazy("As")
    )


class FolderForm(PurposeForm):
    """And whether what is handled as one with a chosen one is bound beside it."""

    beside = forms.BooleanField(
        required=False, initial=True, label=gettext_lazy("Also the papers of applications that are handled as one with these"),
    )  # fmt: skip


def _crumbs(case: RecruitmentCase) -> list[tuple[str, str]]:
    return [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]


@screen
def export(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The chosen, or everybody whom the list shows, as a sheet."""
    case = case_for(request, case_id, Permission.EXPORT_APPLICANTS)
    require(actor_of(request), Permission.EXPORT_APPLICANTS, case)
    rows = chosen(request, case) or (list(field_of(request, case).rows[:A_PAGE]) if request.method == "GET" else [])
    form = SheetForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = export_sheet(case, [row.reference for row in rows], actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            response = HttpResponse(sheet.content, content_type=sheet.content_type)
            response["Content-Disposition"] = f'attachment; filename="{sheet.filename}"'
            response["Cache-Control"] = "private, no-store"
            return response
    return show_case(
        request, "workbench/export.html", case, tab="applications", title=_("Take the list out"), crumbs=_crumbs(case), form=form, chosen=rows,
        made=case.exports.exclude(kind=ExportKind.FOLDER).select_related("made_by")[:20], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def folders(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Order a folder: of the chosen, else of those who are to be invited."""
    case = case_for(request, case_id, Permission.APPLICATION_FOLDER)
    actor = actor_of(request)
    require(actor, Permission.APPLICATION_FOLDER, case)
    rows = chosen(request, case)
    if not rows and request.method == "GET":
        rows = _by_reference(request, case, usual_references(actor, case))
    form = FolderForm(request.POST if request.method == "POST" else None)
    aside = set_aside_beside(rows, actor)
    if not aside:
        del form.fields["beside"]
    if request.method == "POST" and form.is_valid():
        bound = [*rows, *aside] if form.cleaned_data.get("beside") else rows
        try:
            folder = order_folder(
                case,
                [row.reference for row in bound],
                purpose=form.cleaned_data["purpose"],
                actor=actor,
                language=get_language() or "da",
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            return redirect("workbench:folder", case.pk, folder.pk)
    mine = case.exports.filter(kind=ExportKind.FOLDER, made_by=actor.user)[:20]
    return show_case(
        request, "workbench/folders.html", case, tab="applications", title=_("PDF folder"), crumbs=_crumbs(case), form=form, chosen=rows,
        aside=aside, mine=mine, most=MOST, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _by_reference(request: HttpRequest, case: RecruitmentCase, references: list[str]) -> list[Application]:
    request.GET = request.GET.copy()
    request.GET.setlist("only", references)
    return chosen(request, case)


def _own(request: HttpRequest, case: RecruitmentCase, folder_id: uuid.UUID) -> ApplicantExport:
    """A folder is its maker's and nobody else's."""
    rows = case.exports.filter(kind=ExportKind.FOLDER, made_by=actor_of(request).user)
    found: ApplicantExport = get_object_or_404(rows.select_related("case"), pk=folder_id)
    return found


@screen
@require_GET
def folder(request: HttpRequest, case_id: uuid.UUID, folder_id: uuid.UUID) -> HttpResponse:
    """How far it is; with JavaScript it counts by itself."""
    case = case_for(request, case_id, Permission.APPLICATION_FOLDER)
    found = _own(request, case, folder_id)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"state": found.state, "done": found.done, "words": words_of_state(found)})
    return show_case(
        request, "workbench/folder.html", case, tab="applications", title=_("PDF folder"), folder=found, all=len(found.references), words=words_of_state(found),
        crumbs=[*_crumbs(case), (_("PDF folder"), reverse("workbench:folders", args=[case.pk]))], is_waiting=found.state in {ExportState.QUEUED, ExportState.WORKING},
    )  # fmt: skip


def words_of_state(folder: ApplicantExport) -> str:
    """In a sentence."""
    everybody = len(folder.references)
    if folder.state == ExportState.READY:
        return ngettext("The folder is ready: %d page.", "The folder is ready: %d pages.", folder.pages) % folder.pages
    if folder.state in {ExportState.QUEUED, ExportState.WORKING}:
        return _("%(done)d of %(all)d applications are bound.") % {"done": folder.done, "all": everybody}
    if folder.state == ExportState.FORGOTTEN:
        return _("The folder has been deleted; order it again if you need it.")
    return _("The folder could not be made. Order it again.")


@screen
@require_GET
def folder_file(request: HttpRequest, case_id: uuid.UUID, folder_id: uuid.UUID) -> HttpResponseBase:
    """The file, to the one who ordered it."""
    case = case_for(request, case_id, Permission.APPLICATION_FOLDER)
    found = _own(request, case, folder_id)
    try:
        stream = open_folder(found, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("workbench:folder", case.pk, found.pk)
    except FileNotFoundError as lost:
        raise Http404 from lost
    name = f"{case.case_number}-{found.made_at:%Y%m%d}.pdf"
    response: HttpResponseBase = sealed(
        FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
    )
    return response
