"""The domain as one Django app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecruitmentConfig(AppConfig):
    """One app, many rooms, one folder of migrations."""

    name = "recruitment"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Wire the rooms together; what ships with the portal is loaded after every migrate."""
        from recruitment import wiring  # noqa: PLC0415 - models must be loaded first

        wiring.connect()
        post_migrate.connect(load_what_ships, sender=self)


def load_what_ships(using: str = "default", plan: object = None, **_signal: object) -> None:
    """Load code lists, media and standard texts, once the tables are there."""
    from recruitment.shipped.load import load  # noqa: PLC0415 - models must be loaded first

    load()
