"""What a sign-in means for the domain."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.signals import user_logged_in
from django.http import HttpRequest

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


def proved_address(request: HttpRequest, user: User) -> bool:
    """Whether this sign-in, or an earlier verification, proves that the person owns the address."""
    by_code = any(
        record.get("method") == "code" and record.get("email", "").lower() == user.email.lower()
        for record in get_authentication_records(request)
    )
    return by_code or user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists()
