"""Who has proved to own the address they sign in with; only they reach what was written to it."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from recruitment.people.actions import claim_candidates


def proved_address(request: HttpRequest, user: Any) -> bool:
    """Whether this sign-in, or an earlier verification, proves that the person owns the address."""
    by_code = any(
        record.get("method") == "code" and record.get("email", "").lower() == user.email.lower()
        for record in get_authentication_records(request, user)
    )
    return by_code or user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists()


def take_over_what_came_since(request: HttpRequest) -> None:
    """Applications that were sent from elsewhere after the person signed in here are theirs as well."""
    if request.user.is_authenticated and proved_address(request, request.user):
        claim_candidates(request.user)  # type: ignore[arg-type]
