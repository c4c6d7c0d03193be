"""What a sign-in means for the domain."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import user_logged_in
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.signals import social_account_added
from django.http import HttpRequest

from portal.proof import note_second_factor, proved_address
from recruitment.people.actions import claim_candidates
from recruitment.people.models import User, UserStatus


def connect() -> None:
    """Listen to allauth."""
    user_logged_in.connect(welcome)
    authenticator_added.connect(note_factor)
    social_account_added.connect(note_provider)


def welcome(sender: Any, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Somebody signed in. By a mailed code they have proved the address, so its applications are theirs."""
    if user.status == UserStatus.INVITED:
        user.status = UserStatus.ACTIVE
        user.save(update_fields=["status"])
    if proved_address(request, user):
        claim_candidates(user)


def note_factor(sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    """A passkey or an app has been added, and used by that: nobody is asked for it again to see their recovery codes.

    Recovery codes alone are no second factor.
    """
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)
        note_second_factor(request, user)


def note_provider(sender: Any, request: HttpRequest, sociallogin: Any, **_signal: Any) -> None:
    """An identity provider has been tied to the account."""
    note_second_factor(request, sociallogin.user)
