"""Registration only."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from portal.guard import actor_of
from portal.workbench import closed
from portal.workbench.desk import desk_panels
from portal.workbench.search import TELEPHONED, may_search
from recruitment.access.decide import may
from recruitment.access.permissions import Permission

hooks.register("construct_main_menu", closed.only_our_menu)
hooks.register("construct_homepage_summary_items", closed.no_summary)
hooks.register("construct_page_chooser_queryset", closed.narrow_chooser)


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLResolver]:
    """All of the workbench."""
    return [path("", include("portal.workbench.urls"))]


class RightItem(MenuItem):
    """Shown to those who hold one of the rights somewhere."""

    def __init__(self, *args: Any, rights: tuple[Permission, ...], **kwargs: Any) -> None:
        self.rights = rights
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked anew at every request."""
        return any(may(actor_of(request), right) for right in self.rights)


ITEMS: tuple[tuple[Any, ...], ...] = (
    (_("Cases"), "workbench:cases", "cases", "folder-open-1", 50, (Permission.CASE_READ_AD_FACTS,)),
    (_("My tasks"), "workbench:tasks", "my-tasks", "tasks", 45, (Permission.CASE_VIEW,)),
    (_("Hand work over"), "workbench:hand_over", "hand-over", "group", 65, (Permission.CASE_EDIT,)),
    (
        _("Calendar of ads"),
        "workbench:calendar",
        "ad-calendar",
        "date",
        55,
        (Permission.AD_PROPOSE, Permission.STATS_MEDIA_AGGREGATED),
    ),
    (
        _("Find an application"),
        "workbench:search_applications",
        "find-application",
        "search",
        60,
        TELEPHONED,
    ),
    (
        _("Talent pools"),
        "workbench:pools",
        "talent-pools",
        "group",
        62,
        (Permission.TALENTPOOL_SEARCH, Permission.TALENTPOOL_CREATE),
    ),
    (
        _("Statistics"),
        "workbench:statistics",
        "statistics",
        "order",
        70,
        (Permission.STATS_INSTITUTION, Permission.STATS_MEDIA_AGGREGATED),
    ),
    (_("Case templates"), "workbench:templates", "templates", "copy", 790, (Permission.CASE_TEMPLATE_EDIT,)),
    (_("Rules for ads"), "workbench:own_ad_rules", "ad-rules", "tasks", 800, (Permission.CONTENT_TEMPLATE_EDIT,)),
    (
        _("Letter templates"),
        "workbench:own_letters",
        "letter-templates",
        "mail",
        805,
        (Permission.MESSAGE_TEMPLATE_PROPOSE,),
    ),
    (_("Scales and icons"), "workbench:own_marks", "marks", "tag", 810, (Permission.ICONS_SCALES_EDIT,)),
    (_("Set-up"), "workbench:setup", "set-up", "cogs", 900, (Permission.INSTITUTION_EDIT_MASTER_DATA,)),
)


def _item(line: tuple[Any, ...]) -> Callable[[], MenuItem]:
    label, url, name, icon, order, rights = line
    return lambda: RightItem(label, reverse(url), name=name, icon_name=icon, order=order, rights=rights)


for item in ITEMS:
    hooks.register("register_admin_menu_item", _item(item))


class ApplicationSearchArea(SearchArea):
    """Beside Wagtail's own areas."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who are telephoned."""
        return may_search(request)


@hooks.register("register_admin_search_area")
def application_search_area() -> SearchArea:
    """Somebody phones."""
    return ApplicationSearchArea(
        _("Applications"), reverse("workbench:search_applications"), name="applications", icon_name="user", order=50
    )


@hooks.register("construct_homepage_panels")
def desk(request: HttpRequest, panels: list[Any]) -> None:
    """Ours instead of Wagtail's, which know no rows; the operator keeps both."""
    if not request.user.is_superuser:
        panels.clear()
    panels.extend(desk_panels(request))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    """What Wagtail has no word for."""
    return format_html('<link rel="stylesheet" href="{}">', static("build/workbench.css"))


@hooks.register("insert_global_admin_js")
def scripts() -> SafeString:
    """Keys in the reader, remarks while writing, copying a link."""
    return format_html('<script src="{}" defer></script>', static("build/workbench.js"))
