"""An employer's own pages, which its communications staff build alone: about us, people, process, questions."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponseForbidden
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, PublishingPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from portal.guard import actor_of
from portal.pages.about_blocks import AboutBlocks
from portal.pages.base import KeptPage
from portal.pages.permissions import AboutPermissionTester
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution


class AboutPage(KeptPage):
    """One page about the employer, beside its list of jobs."""

    intro = models.TextField(gettext_lazy("introduction"), blank=True, max_length=600)
    body = StreamField(AboutBlocks(), verbose_name=gettext_lazy("contents"), blank=True)

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]
    settings_panels: ClassVar[list[Any]] = [PublishingPanel()]
    parent_page_types: ClassVar[list[str]] = ["pages.InstitutionPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "pages/about.html"

    class Meta:
        verbose_name = gettext_lazy("page about the employer")
        verbose_name_plural = gettext_lazy("pages about the employer")

    @property
    def institution(self) -> Institution:
        """The employer whose page it lies under."""
        found: Institution = self.get_parent().specific.institution
        return found

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """In the employer's usual layout, with the way to its other pages."""
        employer = self.get_parent().specific
        return {
            **super().get_context(request, *args, **kwargs),
            **about_menu(employer),
            "layout": employer.dress["layout"],
        }

    def permissions_for_user(self, user: Any) -> AboutPermissionTester:
        """The communications role of the employer."""
        return AboutPermissionTester(user, self)


def about_menu(employer: Any) -> dict[str, Any]:
    """What `pages/about_menu.html` needs: the employer's page, and its published pages in their order."""
    pages = AboutPage.objects.child_of(employer).live().order_by("path").only("title", "slug", "path", "depth")
    return {"employer_page": employer, "institution": employer.institution, "about_pages": pages}


def refuse_page_about_employer(
    request: HttpRequest, parent_page: Page, page_class: type[Page]
) -> HttpResponseForbidden | None:
    """HR may add ads below the employer's page; pages about the employer are for who edits the career site."""
    if page_class is not AboutPage or request.user.is_superuser:
        return None
    if may(actor_of(request), Permission.CAREERSITE_EDIT, parent_page.specific.institution):
        return None
    return HttpResponseForbidden(_("Pages about the employer are written by its communications staff."))
