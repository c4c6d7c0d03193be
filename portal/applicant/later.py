"""Saving for later, and the way back on another computer. A GET never signs anyone in nor hands a draft over."""

import uuid

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.applicant.ownership import owned, remember
from portal.applicant.wording import address_of
from recruitment.applications.actions import discard_draft, mail_resume_link
from recruitment.applications.letters import RESUME_SALT
from recruitment.applications.models import Application

LINK_LASTS = 60 * 60 * 24 * 60  # seconds; the draft itself goes thirty days after the deadline


def later(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """The draft is saved; a mail brings it to another browser if the applicant asks."""
    application = owned(request, application_id)
    if not application.is_draft:
        return redirect(address_of(application))
    if request.method == "POST":
        try:
            mail_resume_link(application)
            messages.success(request, _("We have sent you a link. It may take a few minutes."))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("applicant:later", application.pk)
    address = (application.draft.get("about", {}).get("email") or [""])[0]
    return render(request, "applicant/later.html", {"application": application, "case": application.case,
                  "round": application.round, "address": address})  # fmt: skip


def resume(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the mailed link: a button, because mail scanners open links."""
    try:
        application_id = signing.loads(token, salt=RESUME_SALT, max_age=LINK_LASTS)
    except signing.BadSignature:
        return render(request, "applicant/link_expired.html", status=410)
    application = Application.objects.filter(pk=application_id).select_related("case__institution", "round").first()
    if application is None or not application.is_draft:
        return render(request, "applicant/link_expired.html", status=410)
    if request.method == "POST":
        remember(request, application)
        return redirect(address_of(application))
    return render(
        request,
        "applicant/resume.html",
        {"application": application, "case": application.case, "round": application.round},
    )


def discard(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Ask, then delete the draft for good."""
    application = get_object_or_404(Application, pk=owned(request, application_id).pk)
    if not application.is_draft:
        raise Http404
    if request.method == "POST":
        case = application.case
        discard_draft(application)
        messages.success(request, _("Your draft has been deleted."))
        return redirect(f"/{case.institution.slug}/")
    return render(
        request,
        "applicant/discard.html",
        {"application": application, "case": application.case, "round": application.round},
    )
