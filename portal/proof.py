"""Who has proved to own the address they sign in with, and who by more than a mailed code; only they reach what was written to it."""

from typing import Any

from allauth.account.authentication import get_authentication_records
from django.conf import settings
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


ENROLLED = "second_factor_of"  # in the session: who has made a second factor here
BACK = "second_factor_back"  # in the session: where they were going


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this sign-in is more than a mailed code: a passkey, an authenticator or recovery code, OpenID Connect.

    Who makes a second factor now has it from now on; that it was made is told by mail. While the demo is on nobody is asked.
    """
    if settings.DEMO or not settings.SECURE_INBOX_MFA_REQUIRED:
        return True
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") in {"mfa", "socialaccount"} for record in records) or (
        request.session.get(ENROLLED) == request.user.pk
    )


BY_LINK = "case_link"  # how somebody signed in by the link of an invitation to a case
MAILED = frozenset({"code", BY_LINK})


def came_by_mail_alone(request: HttpRequest) -> bool:
    """Whether all that this sign-in shows is that the person can read the mailbox."""
    if not request.user.is_authenticated or request.session.get(ENROLLED) == request.user.pk:
        return False
    methods = {str(record.get("method")) for record in get_authentication_records(request, request.user)}
    return bool(methods) and methods <= MAILED


def note_second_factor(request: HttpRequest, user: Any) -> None:
    """The person has made a second factor in this session."""
    request.session[ENROLLED] = user.pk
