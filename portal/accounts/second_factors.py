"""Second factors at rest: what an authenticator app and we share lies sealed in the database."""

import base64
import logging
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter

from recruitment.sealing import SecretLost, seal, unseal

logger = logging.getLogger(__name__)
PURPOSE = "second factors"
MARK = "sealed:"  # what was kept before there was a seal has none, and still opens


class SealedSecrets(DefaultMFAAdapter):
    """allauth's hooks for the secrets of authenticator apps and the seeds of recovery codes."""

    def encrypt(self, text: str) -> str:
        """As it lies in the database."""
        return MARK + seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """As it is used. A seal that no key opens gives a secret that nobody has, so no code fits it."""
        if not encrypted_text.startswith(MARK):
            return encrypted_text
        try:
            return unseal(encrypted_text.removeprefix(MARK), purpose=PURPOSE)
        except SecretLost:
            logger.exception("a second factor was sealed with a key that is no longer there")
            return base64.b32encode(secrets.token_bytes(20)).decode()
