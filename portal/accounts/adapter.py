"""allauth's questions answered for this portal."""

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.inside import let_in
from recruitment.access.decide import is_staff
from recruitment.organisation.models import InstitutionSettings
from recruitment.people.actor import Actor

logger = logging.getLogger(__name__)


class PortalAccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: staff are invited, applicants get their account by applying."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff to the workbench, applicants to their applications."""
        return "/admin/" if is_staff(Actor.person(request.user)) else "/mine/"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a code. A mail server that is down is told to the person instead of breaking the page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, smtplib.SMTPException):
            logger.exception("a sign-in mail could not be sent")
            if self.request:
                messages.error(self.request, _("The mail could not be sent just now. Try again in a few minutes."))


class WorkAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in with an employer's own provider: staff get their account; others of the employer may only look inside."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Somebody without an account here: their browser is noted as the employer's, and no person is kept."""
        provider = str(sociallogin.account.provider)
        is_employers = InstitutionSettings.objects.filter(sign_in_provider=provider).exists()
        if not sociallogin.is_existing and is_employers:
            let_in(request, provider)
            raise ImmediateHttpResponse(redirect(sociallogin.get_redirect_url(request) or "/"))
