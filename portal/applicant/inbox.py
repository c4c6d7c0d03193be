"""The secure inbox: what may not go by plain mail, read after sign-in by the one it was written to and nobody else."""

import uuid
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.applicant.apply import contact_of
from portal.guard import actor_of
from portal.proof import take_over_what_came_since
from recruitment.mail.actions import open_message
from recruitment.mail.queries import secure_inbox

View = Callable[..., HttpResponse]


def signed_in_only(view: View) -> View:
    """The view for somebody who is signed in; anybody else is led to the code by mail, and back here."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")
        take_over_what_came_since(request)
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@signed_in_only
def inbox(request: HttpRequest) -> HttpResponse:
    """Every letter, newest first; the unread are marked."""
    letters = secure_inbox(request.user)  # type: ignore[arg-type]
    return render(request, "applicant/inbox.html", {"letters": letters, "section": "mine"})


@require_safe
@signed_in_only
def message(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """One letter. Opening it is what counts as having read it."""
    found = secure_inbox(request.user).filter(pk=message_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    if request.method == "GET":
        found.read_at = open_message(found, actor=actor_of(request)).read_at
    contact = contact_of(found.application) if found.application else None
    response = render(request, "applicant/message.html", {"letter": found, "contact": contact, "section": "mine"})
    response.headers["Cache-Control"] = "no-store"
    return response
