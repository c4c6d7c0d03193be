"""What a sign-in means for the domain."""

from typing import Any

from allauth.account.signals import user_logged_in
from django.http import HttpRequest

from portal.proof import proved_address
from recruitment.people.actions import claim_candidates
from recruitment.people.models import User, UserStatus


def connect() -> None:
    """Listen to allauth."""
    user_logged_in.connect(welcome)


def welcome(sender: Any, request: HttpRequest, user: User, **_signal: Any) -> None:
    """Somebody signed in. By a mailed code they have proved the address, so its applications are theirs."""
    if user.status == UserStatus.INVITED:
        user.status = UserStatus.ACTIVE
        user.save(update_fields=["status"])
    if proved_address(request, user):
        claim_candidates(user)
