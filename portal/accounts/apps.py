"""Sign-in as an app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Ties candidates to the person who has proved the address."""

    name = "portal.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of sign-ins."""
        from portal.accounts import signals  # noqa: PLC0415 - models must be loaded first

        signals.connect()
