"""The content app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PagesConfig(AppConfig):
    """Pages, layouts and templates; keeps its own tree and groups in step with the domain."""

    name = "portal.pages"
    label = "pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hear of new institutions, changed seats and pages that go live."""
        from wagtail.models import Page  # noqa: PLC0415 - models must be loaded first
        from wagtail.permissions import register_permission_policy  # noqa: PLC0415

        from portal.pages import editors, publishing, shipped, site  # noqa: PLC0415 - models must be loaded first
        from portal.pages.permissions import AdsInReach  # noqa: PLC0415
        from recruitment.access.actions import SeatsChanged  # noqa: PLC0415
        from recruitment.events import listen  # noqa: PLC0415
        from recruitment.organisation.actions import InstitutionCreated  # noqa: PLC0415

        register_permission_policy(Page, AdsInReach(Page))
        listen(InstitutionCreated, site.welcome_institution)
        listen(SeatsChanged, editors.bring_up_to_date)
        publishing.connect()
        post_migrate.connect(site.ensure_site_after_migrate, sender=self)
        post_migrate.connect(shipped.load_after_migrate, sender=self)
