"""Secrets of channels, sealed."""

from recruitment import sealing
from recruitment.sealing import SecretLost

PURPOSE = "secrets of channels"

__all__ = ["SecretLost", "seal", "unseal"]


def seal(secret: str) -> str:
    """The secret as it may lie in the database; empty for none."""
    return sealing.seal(secret, purpose=PURPOSE)


def unseal(sealed: str) -> str:
    """The secret. Raises SecretLost where no key of ours opens it: it must be typed again."""
    return sealing.unseal(sealed, purpose=PURPOSE)
