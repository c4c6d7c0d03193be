"""Whose application it is: the browser that began it, or the person who has proved the address. Nobody else's exists."""

import uuid

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest

from recruitment.applications.models import Application, ApplicationState
from recruitment.applications.queries import own_applications

SESSION_KEY = "applications"


def remember(request: HttpRequest, application: Application) -> None:
    """Note that this browser began (or was handed) the application, so that it can always finish it."""
    held = [key for key in request.session.get(SESSION_KEY, []) if key != str(application.pk)]
    request.session[SESSION_KEY] = [*held[-30:], str(application.pk)]


def held_by_browser(request: HttpRequest) -> list[str]:
    """Ids of the applications this browser holds."""
    return list(request.session.get(SESSION_KEY, []))


def owned(request: HttpRequest, application_id: uuid.UUID) -> Application:
    """The visitor's application, or 404 with nothing said about whether it exists."""
    rows = Application.objects.select_related("case__institution", "case__form", "round", "candidate")
    try:
        if str(application_id) in held_by_browser(request):
            return rows.get(pk=application_id)
        if request.user.is_authenticated:
            return own_applications(request.user).select_related("case__form").get(pk=application_id)  # type: ignore[arg-type]
    except (Application.DoesNotExist, ValidationError) as missing:
        raise Http404 from missing
    raise Http404


def owned_by_person(request: HttpRequest, application_id: uuid.UUID) -> Application:
    """The signed-in person's own, by proved address; holding it in the browser is not enough."""
    mine = own_applications(request.user).select_related("case__form")  # type: ignore[arg-type]
    found = mine.filter(pk=application_id).exclude(state=ApplicationState.STARTED).first()
    if found is None:
        raise Http404
    return found


def draft_for_round(request: HttpRequest, round_id: int) -> Application | None:
    """What this visitor already has for the round: of the browser, else of the person."""
    held = Application.objects.filter(pk__in=held_by_browser(request), round_id=round_id).exclude(state="WITHDRAWN")
    if found := held.first():
        return found
    if request.user.is_authenticated:
        mine = own_applications(request.user)  # type: ignore[arg-type]
        return mine.filter(round_id=round_id).exclude(state="WITHDRAWN").first()
    return None
