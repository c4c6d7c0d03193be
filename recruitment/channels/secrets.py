"""Secrets of channels: we must be able to read them, nobody else. Sealed with a key made of CHANNEL_SECRET_KEY or SECRET_KEY."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class SecretLost(Exception):
    """The key was changed and the old one is not among the fallbacks: the secret must be typed again."""


def seal(secret: str) -> str:
    """The secret as it may lie in the database; empty for none."""
    return _keys().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """The secret. Raises SecretLost where no key of ours opens it."""
    if not sealed:
        return ""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise SecretLost from wrong


def _keys() -> MultiFernet:
    """The newest key seals; older ones still open."""
    own: list[str] = [settings.CHANNEL_SECRET_KEY] if settings.CHANNEL_SECRET_KEY else []
    return MultiFernet([_made_of(str(key)) for key in (*own, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _made_of(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"secrets of channels").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
