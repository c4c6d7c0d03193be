"""The offer of a job, read and answered by the one it was made to."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.applicant.apply import contact_of
from portal.applicant.ownership import owned_by_person
from portal.applicant.second_factor import strongly
from portal.applicant.signed_in import signed_in_only
from portal.guard import actor_of
from recruitment.applications.models import ApplicationState
from recruitment.decisions import offering
from recruitment.decisions.models import Offer, OfferAnswer
from recruitment.decisions.queries import offer_to_answer
from recruitment.errors import NotPossible, Obstacle, StaleRow

BAD_INPUT, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_only
@strongly
def offer(request: HttpRequest, application_id: uuid.UUID) -> HttpResponse:
    """After a second factor, since the terms are confidential; who has none answers by telephone. An answer is asked for once more before it counts."""
    application = owned_by_person(request, application_id)
    found = offer_to_answer(application)
    if found is None:
        raise Http404
    faults, status = [], 200
    wanted = request.POST.get("button", "")
    if request.method == "POST" and request.POST.get("confirmed"):
        try:
            told = _answer(request, found, wanted)
        except ValidationError as refusal:
            faults, status = refusal.messages, CONFLICT if isinstance(refusal, StaleRow) else BAD_INPUT
        else:
            messages.success(request, told)
            return redirect("applicant:offer", application.pk)
    waits = found.answer == OfferAnswer.NONE and application.state == ApplicationState.OFFERED
    response = render(request, "applicant/offer.html", {
        "application": application, "case": application.case, "round": application.round, "section": "mine", "offer": found, "faults": faults,
        "waits": waits, "asks": wanted if waits and wanted in {"accept", "decline"} else "", "words": request.POST.get("words", ""),
        "contact": contact_of(application),
    }, status=status)  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(request: HttpRequest, found: Offer, wanted: str) -> str:
    actor = actor_of(request)
    if wanted == "accept":
        offering.accept(found, actor=actor)
        return _("Thank you! We have your yes, and write to you about the contract of employment.")
    if wanted == "decline":
        offering.decline(found, words=request.POST.get("words", "").replace("\x00", ""), actor=actor)
        return _("Thank you for telling us. We wish you all the best.")
    raise NotPossible([Obstacle("no_answer", _("Choose an answer."))])
