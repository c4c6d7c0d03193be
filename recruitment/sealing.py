"""Secrets that we must be able to read and nobody else: sealed with keys made of CHANNEL_SECRET_KEY or SECRET_KEY, one for each purpose."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretLost(Exception):
    """The key was changed and the old one is not among the fallbacks: the secret must be made anew."""


def seal(secret: str, *, purpose: str) -> str:
    """The secret as it may lie in the database; empty for none."""
    return _keys(purpose).encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str, *, purpose: str) -> str:
    """The secret. Raises SecretLost where no key of ours for this purpose opens it."""
    if not sealed:
        return ""
    try:
        return _keys(purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise SecretLost from wrong


def _keys(purpose: str) -> MultiFernet:
    """The newest key seals; older ones still open."""
    own: list[str] = [settings.CHANNEL_SECRET_KEY] if settings.CHANNEL_SECRET_KEY else []
    return MultiFernet(
        [_made_of(str(key), purpose) for key in (*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    )


def _made_of(key: str, purpose: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
