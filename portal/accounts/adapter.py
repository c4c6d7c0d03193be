"""allauth's questions answered for this portal."""

import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from recruitment.access.decide import is_staff
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
