"""Hashing of client secrets."""

import hashlib
from typing import Any

from django.contrib.auth.hashers import BasePasswordHasher, mask_hash
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_noop as _


class RandomSecretHasher(BasePasswordHasher):
    """One round of salted SHA-256: enough for 128 random characters, which nobody can guess, and a thousandth of the work.

    Never for anything a person thought up.
    """

    algorithm = "random_sha256"

    def encode(self, password: str, salt: str) -> str:
        """The secret as it is stored."""
        digest = hashlib.sha256(f"{salt}{password}".encode()).hexdigest()
        return f"{self.algorithm}${salt}${digest}"

    def decode(self, encoded: str) -> dict[str, Any]:
        """The parts of a stored secret."""
        algorithm, salt, digest = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": digest}

    def verify(self, password: str, encoded: str) -> bool:
        """Whether this is the secret."""
        return constant_time_compare(encoded, self.encode(password, self.decode(encoded)["salt"]))

    def safe_summary(self, encoded: str) -> dict[Any, Any]:
        """What may be shown of it."""
        decoded = self.decode(encoded)
        return {_("algorithm"): decoded["algorithm"], _("hash"): mask_hash(decoded["hash"])}

    def must_update(self, encoded: str) -> bool:
        """Never: a secret is random and is replaced by rotation."""
        return False

    def harden_runtime(self, password: str, encoded: str) -> None:
        """Nothing to even out: every check takes one round."""
