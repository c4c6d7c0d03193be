"""Wagtail's own screens that know tables but no rows: shut for everybody but the operator (ux 4.3)."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.models import Page, Revision

from portal.guard import actor_of, explorable
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission

#: Namespaces and names whose lists, counts or forms show rows of every institution.
SHUT_NAMESPACES = {
    "wagtailadmin_reports", "wagtailadmin_workflows", "wagtailadmin_collections", "wagtailusers_groups", "wagtailusers_users",
    "wagtailsites", "wagtailredirects", "wagtail_localize_locales", "wagtaillocales", "wagtailsearchpromotions",
}  # fmt: skip
SHUT_NAMES = {"wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete", "wagtailadmin_error_test"}
SHUT_ROUTES = ("admin/reports/", "admin/localize/", "admin/api/main/images/", "admin/api/main/documents/")
PAGE_KEYS = ("page_id", "parent_page_id", "page_pk", "parent_page_pk", "page_to_move_id", "destination_id", "parent_id")
MENU_ITEMS = {"reports", "settings", "help", "documents"}


class ClosedScreensMiddleware:
    """Answers 404 for a shut screen, and for a page that the explorer would not show this person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing here; the address is looked at once it has been resolved."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        """Raise Http404 for what is shut."""
        match = request.resolver_match
        if (
            match is None
            or not request.path.startswith("/admin/")
            or request.user.is_superuser
            or request.user.is_anonymous
        ):
            return
        if (
            SHUT_NAMESPACES & set(match.namespaces)
            or match.url_name in SHUT_NAMES
            or match.route.startswith(SHUT_ROUTES)
        ):
            raise Http404
        keys = [kwargs[name] for name in PAGE_KEYS if isinstance(kwargs.get(name), int)]
        if "wagtailadmin_api" in match.namespaces and "pages" in match.namespaces and isinstance(kwargs.get("pk"), int):
            keys.append(kwargs["pk"])
        keys += _pages_of_revisions(kwargs)
        if "wagtailadmin_editing_sessions" in match.namespaces and "object_id" in kwargs:
            keys += _edited_pages(request, kwargs)
        if not all(_is_explorable(request, key) for key in keys):
            raise Http404


def _edited_pages(request: HttpRequest, kwargs: dict[str, Any]) -> list[int]:
    """Who else edits this: told of pages in reach, and of snippets whose row the person may edit. Raises Http404."""
    if (kwargs["app_label"], kwargs["model_name"]) == ("wagtailcore", "page"):
        return [int(kwargs["object_id"])] if str(kwargs["object_id"]).isdigit() else []
    try:
        model = apps.get_model(kwargs["app_label"], kwargs["model_name"])
        rows = visible(actor_of(request), Permission.LAYOUT_EDIT, model._default_manager.all())
        found = rows.filter(pk=kwargs["object_id"]).exists()
    except (LookupError, AttributeError, ValueError) as unknown:
        raise Http404 from unknown
    if not found:
        raise Http404
    return []


def _pages_of_revisions(kwargs: dict[str, Any]) -> list[int]:
    names = [name for name in kwargs if name.startswith("revision_id") and str(kwargs[name]).isdigit()]
    revisions = Revision.page_revisions.filter(pk__in=[kwargs[name] for name in names])
    return [int(key) for key in revisions.values_list("object_id", flat=True)]


def _is_explorable(request: HttpRequest, key: int) -> bool:
    page = Page.objects.filter(pk=key)
    return not page.exists() or explorable(request, page).exists()


def narrow_chooser(pages: Any, request: HttpRequest) -> Any:
    """Choosing a page to link to follows the explorer."""
    return (
        pages
        if request.user.is_superuser
        else pages.filter(pk__in=explorable(request, Page.objects.all()).values("pk"))
    )


def only_our_menu(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's menus of reports and settings are the operator's."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name not in MENU_ITEMS]


def no_summary(request: HttpRequest, items: list[Any]) -> None:
    """Counts of pages, images and files are of all institutions."""
    if not request.user.is_superuser:
        items.clear()
