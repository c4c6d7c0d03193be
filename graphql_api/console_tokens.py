"""Tokens of a quarter of an hour with which a signed-in person tries the API as themselves."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core import signing
from django.utils.crypto import constant_time_compare

from graphql_api.oauth import TOKEN_SECONDS

PREFIX = "console."
SALT = "graphql.console"


def mint(user: Any) -> str:
    """A token that dies with the quarter of an hour, with the person's password, and with their account."""
    return PREFIX + signing.dumps({"user": user.pk, "session": user.get_session_auth_hash()}, salt=SALT)


def person_of(token: str) -> Any | None:
    """The person whose token it is, or None when it is not one, is too old, or the person may no longer sign in."""
    try:
        claim = signing.loads(token.removeprefix(PREFIX), salt=SALT, max_age=TOKEN_SECONDS)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=claim["user"], is_active=True).first()
    if user is None or not constant_time_compare(claim["session"], user.get_session_auth_hash()):
        return None
    return user
