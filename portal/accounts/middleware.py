"""At each request of somebody signed in: a second factor for HR, administrators and who came by mail, and when a session was last used."""

import datetime as dt
from collections.abc import Callable

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.entrance import ask_for_factor
from portal.guard import actor_of
from portal.proof import came_by_mail_alone
from recruitment.access.decide import is_staff, seats_of
from recruitment.access.roles import HR_ROLES, Role

NEEDS_SECOND_FACTOR = frozenset({*HR_ROLES, Role.ADMINISTRATOR})
#: Where staff use their rights: the workbench, the console that gives tokens, and ads that a colleague wants looked at.
HELD_SHUT = ("/admin/", "/graphql/console/", "/gennemsyn/", "/en/gennemsyn/")
SEEN_ANEW = dt.timedelta(minutes=5)


class LastSeenMiddleware:
    """Notes when and from where a session was last used, to five minutes: in place of allauth's, which writes at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """For who looks over their own sessions and ends one. Pages that ask nobody's name leave the session alone."""
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            now = timezone.now()
            UserSession.objects.filter(
                session_key=request.session.session_key, last_seen_at__lt=now - SEEN_ANEW
            ).update(last_seen_at=now, ip=get_adapter().get_client_ip(request))
        return response


class SecondFactorMiddleware:
    """Sends those who must have a second factor and have none to the page that makes one.

    HR and administrators always; everybody else who came by a mailed code or link alone: a mailbox opens no case.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The account pages stay open, and everything that is for anybody."""
        if not request.path.startswith(HELD_SHUT):
            return self.get_response(request)
        if self.is_missing(request):
            messages.warning(request, _("Choose a second factor first: an authenticator app or a passkey."))
            return redirect("mfa_index")
        if self.is_held(request) and came_by_mail_alone(request):
            return ask_for_factor(request)
        return self.get_response(request)

    def is_held(self, request: HttpRequest) -> bool:
        """Whether second factors are asked for here, and this person uses the workbench."""
        return settings.STAFF_MFA_REQUIRED and not settings.DEMO and is_staff(actor_of(request))

    def is_missing(self, request: HttpRequest) -> bool:
        """Whether this person needs a second factor and has none."""
        if settings.DEMO or not settings.STAFF_MFA_REQUIRED or not request.user.is_authenticated:
            return False
        roles = {role for role, *_rest in (*seats_of(actor_of(request)).levels, *seats_of(actor_of(request)).cases)}
        return bool(roles & NEEDS_SECOND_FACTOR) and not is_mfa_enabled(request.user)
