"""My applications: status in plain words, everything that was sent, correcting, withdrawing."""

import uuid

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.applicant.apply import contact_of
from portal.applicant.ownership import held_by_browser, owned
from portal.applicant.requests import fairness_of
from portal.applicant.waiting import waiting_for
from portal.applicant.wording import progress_of
from portal.guard import actor_of
from portal.proof import take_over_what_came_since
from recruitment import clock
from recruitment.advertising.models import JobAdvertisement
from recruitment.applications.actions import withdraw
from recruitment.applications.asking_again import replies_of
from recruitment.applications.lifecycle import WITHDRAW
from recruitment.applications.models import Application
from recruitment.applications.queries import own_applications
from recruitment.applications.summary import has_unconfirmed_corrections, summary_in_force
from recruitment.assessments.expert import shown_to_applicant
from recruitment.cases.profile import CaseContact
from recruitment.decisions.queries import offer_to_answer
from recruitment.documents.discretion import without_papers_of_staff
from recruitment.documents.names import content_disposition
from recruitment.errors import NotPossible
from recruitment.interviews.queries import invitations_of_application, invitations_to_answer
from recruitment.mail.models import UNREAD, Channel, MessageState
from recruitment.mail.queries import in_the_inbox, unread_by_application
from recruitment.talent.queries import own_memberships


def mine(request: HttpRequest) -> HttpResponse:
    """A card for each application; those this browser holds are shown without signing in."""
    take_over_what_came_since(request)
    held = Application.objects.filter(pk__in=held_by_browser(request))
    rows = held.select_related("case__institution", "round", "candidate").order_by("-started_at")
    applications = list(rows)
    if request.user.is_authenticated:
        known = {a.pk for a in applications}
        applications += [a for a in own_applications(request.user) if a.pk not in known]  # type: ignore[arg-type]
    prefetch_related_objects(applications, Prefetch("case__contacts", CaseContact.objects.filter(publish_in_ad=True), "in_ad"))  # fmt: skip
    waiting = unread_by_application(a.pk for a in applications)
    asked = invitations_to_answer(a.pk for a in applications)
    to_answer = waiting_for(applications, request.user)
    cards = [
        (row, progress_of(row), waiting.get(row.pk, 0), asked.get(row.pk), to_answer.get(row.pk, ()))
        for row in applications
    ]
    pools = [m.state for m in own_memberships(request.user)] if request.user.is_authenticated else []  # type: ignore[arg-type]
    return render(
        request, "applicant/mine.html",
        {"cards": cards, "unread": sum(waiting.values()), "section": "mine", "pools": pools, "asked_into": pools.count("INVITED")},
    )  # fmt: skip


def one(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """One application as it was sent, with the ad as it was."""
    application = owned(request, application_id)
    if application.is_draft:
        return redirect("applicant:step", application.pk, "about")
    is_signed_in_owner = request.user.is_authenticated and application.candidate.user_id == request.user.pk
    secure = in_the_inbox(application.messages).order_by("-created_at")
    context = {
        "application": application, "case": application.case, "round": application.round, "section": "mine",
        "progress": progress_of(application), "blocks": summary_in_force(application),
        "contact": contact_of(application), "is_signed_in_owner": is_signed_in_owner,
        "has_unconfirmed": has_unconfirmed_corrections(application),
        "secure_letters": secure if is_signed_in_owner else [],
        "letters_waiting": 0 if is_signed_in_owner else secure.filter(state__in=UNREAD).count(),
        "asked_later": replies_of(application) if is_signed_in_owner else (),
        **(fairness_of(application) if is_signed_in_owner else {}),
        "has_assessment": is_signed_in_owner and shown_to_applicant(application) is not None,
        "offer": offer_to_answer(application) if is_signed_in_owner else None,
        "is_editable": application.is_editable_at(clock.now()),
        "may_withdraw": application.state in WITHDRAW.sources,
        "documents": without_papers_of_staff(application.documents.filter(replaced_at__isnull=True)), "ad": ad_as_it_was(application),
        "letters": application.messages.filter(channel=Channel.EMAIL, state__in=[MessageState.SENT, MessageState.DELIVERED]),
        "consent": application.consents.first(), "invitations": invitations_of_application(application),
    }  # fmt: skip
    return render(request, "applicant/one.html", context)


def ad_as_it_was(application: Application) -> JobAdvertisement | None:
    """The version that was public when the application came."""
    versions = JobAdvertisement.objects.filter(round=application.round).order_by("-published_at")
    at = application.received_at or clock.now()
    return versions.filter(published_at__lte=at).first() or versions.first()


def withdraw_one(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """Ask first: it cannot be undone."""
    application = owned(request, application_id)
    if request.method == "POST":
        try:
            withdraw(application, actor=actor_of(request))
            messages.success(request, _("Your application has been withdrawn. We have sent you a confirmation."))
        except NotPossible as refusal:
            messages.error(request, " ".join(refusal.messages))
        return redirect("applicant:one", application.pk)
    return render(
        request,
        "applicant/withdraw.html",
        {"application": application, "case": application.case, "round": application.round},
    )


def download(request: HttpRequest, application_id: uuid.UUID, document_id: uuid.UUID) -> FileResponse:
    """One's own file back, as an attachment."""
    application = owned(request, application_id)
    document = without_papers_of_staff(application.documents.filter(pk=document_id)).first()
    if document is None:
        raise Http404
    response = FileResponse(document.file.open("rb"), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = content_disposition(document.filename)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
