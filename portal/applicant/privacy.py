"""Everything kept about me: to look at, to take along, and who has looked. Only after sign-in."""

import uuid

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from portal.applicant.apply import contact_of
from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import ask_for_more
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from portal.proof import has_second_factor
from recruitment.applications.own_data import kept_letters, looks, package
from recruitment.applications.summary import summary_in_force
from recruitment.documents.discretion import papers_of_staff, without_papers_of_staff
from recruitment.documents.names import content_disposition
from recruitment.interviews.queries import invitations_of_application
from recruitment.mail.queries import has_confidential_letters
from recruitment.organisation.queries import retention_text


@require_safe
@signed_in_only
def kept(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """What is kept about the applicant in this application, and who has looked at it."""
    application = owned_by_person(request, application_id)
    if has_confidential_letters(application) and not has_second_factor(request):
        return ask_for_more(request)
    context = {
        "application": application, "case": application.case, "round": application.round, "section": "mine",
        "contact": contact_of(application), "blocks": summary_in_force(application), "looks": looks(application),
        "documents": without_papers_of_staff(application.documents.all(), messages=True), "papers": papers_of_staff(application.documents.all()),
        "invitations": invitations_of_application(application), "letters": kept_letters(application),
        "consents": application.consents.all(), "versions": application.versions.count(),
        "retention": retention_text(application.case.institution, request.LANGUAGE_CODE[:2]),
    }  # fmt: skip
    response = render(request, "applicant/kept.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@signed_in_only
def take_along(request: HttpRequest, application_id: uuid.UUID) -> FileResponse | HttpResponse:
    """All of it in one file. By POST, so that no link opened by a program makes it."""
    application = owned_by_person(request, application_id)
    if has_confidential_letters(application) and not has_second_factor(request):
        return ask_for_more(request)
    response = FileResponse(package(application, actor=actor_of(request)), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition(f"{application.reference}.zip")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
