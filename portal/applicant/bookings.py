"""The applicant's interview: when, where, whom they meet; and their answer."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.applicant.apply import contact_of
from portal.applicant.ownership import held_by_browser, owned
from portal.guard import actor_of
from portal.proof import take_over_what_came_since
from recruitment.applications.models import Application
from recruitment.errors import NotPossible, Obstacle, StaleRow
from recruitment.interviews import answering, lifecycle
from recruitment.interviews.entries import PUBLISH, for_applicant
from recruitment.interviews.guides import tasks_of
from recruitment.interviews.letters import link_of, people_of, place_of
from recruitment.interviews.models import InterviewInvitation, InterviewSlot
from recruitment.interviews.queries import invitations_of_application

BAD_INPUT, CONFLICT = 422, 409


def _mine(request: HttpRequest, application_id: uuid.UUID, invitation_id: uuid.UUID) -> InterviewInvitation | None:
    """The visitor's invitation; None for somebody who must sign in first; 404 for anybody else's."""
    take_over_what_came_since(request)
    if not request.user.is_authenticated and str(application_id) not in held_by_browser(request):
        return None
    application = owned(request, application_id)
    found = invitations_of_application(application).filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


def interview(request: HttpRequest, application_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    """GET shows it, POST answers. An answer to what has been changed meanwhile shows it as it is now, with what was written."""
    invitation = _mine(request, application_id, invitation_id)
    if invitation is None:
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")
    if request.method != "POST":
        return _show(request, invitation)
    try:
        told = _answer(request, invitation)
    except ValidationError as refusal:
        status = CONFLICT if isinstance(refusal, StaleRow) or _was_taken(refusal) else BAD_INPUT
        fresh = invitations_of_application(invitation.application).get(pk=invitation.pk)
        return _show(request, fresh, faults=refusal.messages, status=status)
    messages.success(request, told)
    return redirect("applicant:interview", application_id, invitation_id)


def _was_taken(refusal: ValidationError) -> bool:
    return isinstance(refusal, NotPossible) and any(o.code == "slot_taken" for o in refusal.obstacles)


def _answer(request: HttpRequest, invitation: InterviewInvitation) -> str:
    version = request.POST.get("version", "")
    typed: dict[str, Any] = {
        "actor": actor_of(request),
        "version": int(version) if version.isdecimal() and len(version) < 10 else -1,
    }
    words = request.POST.get("words", "").replace("\x00", "")
    button = request.POST.get("button", "")
    if button == "accept":
        answering.accept(invitation, **typed)
        return _("Thank you. The interview is agreed, and we have sent you a confirmation.")
    if button == "pick":
        answering.pick(invitation, _chosen(invitation, request.POST.get("slot", "")), **typed)
        return _("Thank you. The interview is agreed, and we have sent you a confirmation.")
    if button == "decline":
        answering.decline(invitation, words=words, **typed)
        return _("Thank you for telling us. You will hear from us.")
    if button == "other":
        answering.ask_new_time(invitation, words=words, **typed)
        return _("Thank you. We will look for another time and write to you.")
    raise NotPossible([Obstacle("no_answer", _("Choose an answer."))])


def _chosen(invitation: InterviewInvitation, key: str) -> InterviewSlot:
    try:
        found = invitation.round.slots.filter(pk=uuid.UUID(key)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotPossible([Obstacle("no_slot", _("Choose one of the times."), "slot")])
    return found


def _show(
    request: HttpRequest, invitation: InterviewInvitation, *, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    application: Application = invitation.application
    state = invitation.state
    context = {
        "application": application, "case": application.case, "round": application.round, "section": "mine",
        "invitation": invitation, "people": tasks_of(invitation.round, people_of(invitation)), "place": place_of(invitation), "faults": faults or [],
        "programme": [line.strip() for line in invitation.round.programme.splitlines() if line.strip()],
        "free": list(answering.free_times(invitation)), "words": request.POST.get("words", ""),
        "may_accept": state in lifecycle.ACCEPT.sources and invitation.slot is not None,
        "may_decline": state in lifecycle.DECLINE.sources, "may_ask": state in lifecycle.ASK_NEW_TIME.sources,
        "chosen": request.POST.get("slot", ""), "contact": contact_of(application),
    }  # fmt: skip
    response = render(request, "applicant/interview.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def entry(request: HttpRequest, application_id: uuid.UUID, invitation_id: uuid.UUID) -> HttpResponse:
    """The agreed time as a file for the applicant's own calendar."""
    invitation = _mine(request, application_id, invitation_id)
    if invitation is None or invitation.slot is None or invitation.state not in {"SENT", "ACCEPTED", "RESCHEDULED"}:
        raise Http404
    file = for_applicant(invitation, link=link_of(invitation) or settings.SITE_URL, method=PUBLISH)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="samtale.ics"'
    response.headers["Cache-Control"] = "no-store"
    return response
