"""The domain as one Django app."""

from django.apps import AppConfig


class RecruitmentConfig(AppConfig):
    """One app, many rooms, one folder of migrations."""

    name = "recruitment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire the rooms together."""
        from recruitment import wiring  # noqa: PLC0415 - models must be loaded first

        wiring.connect()
