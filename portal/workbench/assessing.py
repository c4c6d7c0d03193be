"""What is said of one application: levels, comments and icons. Forms without JavaScript; saved by themselves with it."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.reader import application_for
from portal.workbench.screens import BAD_INPUT, case_for, screen
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.assessments.actions import put_icons, rate, rate_criteria, save_comment
from recruitment.assessments.candidates import still_to_rate
from recruitment.assessments.furnishing import icons_for
from recruitment.cases.models import RecruitmentCase

CRITERION = "criterion_"
Deed = Callable[[Application], object]


@screen
@require_POST
def rating(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """One's own level, and those for the competences that were sent along."""
    case = case_for(request, case_id, Permission.APPLICATION_RATE)
    actor = actor_of(request)

    def save(application: Application) -> None:
        sent = request.POST
        if "value" in sent:
            rate(application, _level(sent["value"]), actor=actor)
        criteria = {name.removeprefix(CRITERION): _level(sent[name]) for name in sent if name.startswith(CRITERION)}
        if criteria:
            rate_criteria(application, criteria, actor=actor)

    return _carry_out(request, case, application_id, save)


def _level(sent: str) -> int | None:
    if not sent.strip():
        return None
    if not (sent.isascii() and sent.isdecimal() and len(sent) == 1):
        raise ValidationError(_("The scale has no such level."), code="not_a_level")
    return int(sent)


@screen
@require_POST
def comment(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Written under the key that the page gave it, so that sending twice makes one comment."""
    case = case_for(request, case_id, Permission.APPLICATION_COMMENT)
    sent = request.POST

    def save(application: Application) -> None:
        visibility = sent.get("visibility", "")
        save_comment(application, _key(sent), sent.get("text", ""), visibility=visibility, actor=actor_of(request))

    return _carry_out(request, case, application_id, save)


def _key(sent: Mapping[str, Any]) -> uuid.UUID:
    try:
        return uuid.UUID(sent.get("key", ""))
    except ValueError:
        raise ValidationError(_("Open the page anew and send it again."), code="no_key") from None


@screen
@require_POST
def icons(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """The application carries those that were sent."""
    case = case_for(request, case_id, Permission.APPLICATION_COMMENT)

    def save(application: Application) -> None:
        sent = set(request.POST.getlist("icon"))
        chosen = [icon for icon in icons_for(case.institution) if str(icon.pk) in sent]
        if len(chosen) != len(sent):
            raise ValidationError(_("This icon is not in use."), code="not_an_icon")
        put_icons(application, chosen, actor=actor_of(request))

    return _carry_out(request, case, application_id, save)


def _carry_out(request: HttpRequest, case: RecruitmentCase, application_id: uuid.UUID, save: Deed) -> HttpResponse:
    """Do it; the answer is a page to go on from, or JSON for the script that asked for it."""
    application = application_for(request, case, application_id)
    by_script = "application/json" in request.headers.get("Accept", "")
    try:
        save(application)
    except ValidationError as refusal:
        if by_script:
            return JsonResponse({"saved": False, "message": " ".join(refusal.messages)}, status=BAD_INPUT)
        messages.error(request, " ".join(refusal.messages))
        return _back(request, case, application)
    if by_script:
        left = still_to_rate(actor_of(request), case)
        return JsonResponse({"saved": True, "message": _("Saved."), "left": left_words(left)})
    messages.success(request, _("Saved."))
    return _back(request, case, application)


def left_words(left: int) -> str:
    """How many the person still lacks a rating on."""
    return _("You lack %d.") % left if left else _("You have rated everybody.")


def _back(request: HttpRequest, case: RecruitmentCase, application: Application) -> HttpResponse:
    query = request.GET.urlencode()
    address = reverse("workbench:application", args=[case.pk, application.pk])
    return redirect(f"{address}?{query}#assessment" if query else f"{address}#assessment")
