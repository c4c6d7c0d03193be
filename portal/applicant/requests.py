"""What an applicant may ask for: their own papers, the list of applicants where there is one, reasons in writing."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.applicant.apply import contact_of
from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import strongly
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.applications.applicant_list import has_applicant_list, wants_discretion, wish_discretion
from recruitment.applications.models import Application
from recruitment.documents.names import content_disposition
from recruitment.fairness import access_requests as asked_for
from recruitment.fairness import reasons as written
from recruitment.fairness.handing_out import package
from recruitment.fairness.hearings import shown_to_applicant
from recruitment.fairness.request_models import AccessKind, AccessRequest, WrittenReasonsRequest
from recruitment.references.queries import has_something, waits_for_applicant

BAD_INPUT = 422


def fairness_of(application: Application) -> dict[str, Any]:
    """For the page of one application: what waits for the applicant here, and what they may ask for."""
    return {
        "hearings": list(shown_to_applicant(application)), "has_referees": has_something(application),
        "referees_wait": waits_for_applicant(application), "may_ask_reasons": written.may_ask(application),
        "reasons_request": WrittenReasonsRequest.objects.filter(application=application).first(),
        "access_requests": asked_for.requests_of(application),
    }  # fmt: skip


def _page(
    request: HttpRequest, template: str, application: Application, *, status: int = 200, **context: Any
) -> HttpResponse:
    frame = {
        "application": application, "case": application.case, "round": application.round, "section": "mine",
        "contact": contact_of(application),
    }  # fmt: skip
    response = render(request, f"applicant/{template}", {**frame, **context}, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def access(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Ask to see what is kept about oneself in the case; and, for a civil servant's post, who else has applied."""
    application = owned_by_person(request, application_id)
    fault = ""
    if request.method == "POST":
        try:
            asked_for.ask_access(
                application, actor=actor_of(request), kind=request.POST.get("kind", AccessKind.PARTY_ACCESS),
                words=request.POST.get("words", ""),
            )  # fmt: skip
        except ValidationError as refusal:
            fault = " ".join(refusal.messages)
        else:
            messages.success(request, _("We have received your request and write to you when the papers are ready."))
            return redirect("applicant:access", application.pk)
    rows, has_list = list(asked_for.requests_of(application)), has_applicant_list(application.case)
    waiting = {row.kind for row in rows if row.state != "DELIVERED"}
    return _page(
        request, "access.html", application, rows=rows, may_ask=len(waiting) < (2 if has_list else 1), fault=fault, has_list=has_list,
        wants_discretion=wants_discretion(application), words=request.POST.get("words", ""),
        status=BAD_INPUT if fault else 200,
    )  # fmt: skip


@require_POST
@signed_in_only
def discretion(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """To stand on the list of applicants or not."""
    application = owned_by_person(request, application_id)
    try:
        wish_discretion(application, actor=actor_of(request), wished=request.POST.get("wished") == "on")
        messages.success(request, _("Your wish has been kept."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("applicant:access", application.pk)


def _delivered(application: Application, request_id: uuid.UUID) -> AccessRequest:
    found: AccessRequest = get_object_or_404(asked_for.requests_of(application), pk=request_id, state="DELIVERED")
    return found


@require_safe
@signed_in_only
@strongly
def papers(request: HttpRequest, application_id: uuid.UUID, request_id: uuid.UUID) -> HttpResponse:
    """What was given, with what was held back and why."""
    application = owned_by_person(request, application_id)
    found = _delivered(application, request_id)
    return _page(
        request,
        "access_papers.html",
        application,
        asked=found,
        items=asked_for.given_items(found),
        held=found.items.filter(is_given=False),
    )


@require_POST
@signed_in_only
@strongly
def take_papers(request: HttpRequest, application_id: uuid.UUID, request_id: uuid.UUID) -> FileResponse:
    """All that was given, in one file. By POST, so that no link opened by a program makes it."""
    found = _delivered(owned_by_person(request, application_id), request_id)
    response = FileResponse(package(found, actor=actor_of(request)), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition(f"{found.application.reference}-aktindsigt.zip")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in_only
@strongly
def paper(request: HttpRequest, application_id: uuid.UUID, request_id: uuid.UUID, item_id: uuid.UUID) -> FileResponse:
    """One file of the package, as an attachment."""
    document = asked_for.given_document(_delivered(owned_by_person(request, application_id), request_id), item_id)
    if document is None or not document.may_be_served:
        raise Http404
    response = FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.filename,
        content_type="application/octet-stream",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
def reasons(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Ask for the reasons in writing, within fourteen days of the answer."""
    application = owned_by_person(request, application_id)
    if written.last_day_to_ask(application) is None:
        raise Http404
    fault = ""
    if request.method == "POST":
        try:
            written.ask_reasons(application, actor=actor_of(request))
        except ValidationError as refusal:
            fault = " ".join(refusal.messages)
        else:
            messages.success(
                request,
                _("We have received your request. You have the answer, or hear how far we are, within 14 days."),
            )
            return redirect("applicant:reasons", application.pk)
    return _page(
        request, "reasons.html", application, fault=fault, last_day=written.last_day_to_ask(application), may_ask=written.may_ask(application),
        asked=WrittenReasonsRequest.objects.filter(application=application).first(), status=BAD_INPUT if fault else 200,
    )  # fmt: skip
