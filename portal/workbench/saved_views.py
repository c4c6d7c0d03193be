"""A person's own views of a list: filters and sorting under a name, saved, opened by a link, and deleted."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.guard import require_seat
from portal.workbench.screens import own_address, screen
from recruitment.access.permissions import Permission
from recruitment.people.actions import forget_view, save_view
from recruitment.people.models import SavedView

#: The lists that have views, and what of an address belongs to one.
LISTS: dict[str, frozenset[str]] = {
    "cases": frozenset({"q", "state", "unit", "category", "responsible", "after", "before", "order"}),
    "applications": frozenset(
        {"q", "state", "origin", "channel", "unread", "order", "mine", "icon", "bucket", "unassessed", "col"}
    ),
}
#: What an applicant answered is kept too; on a case without the question it narrows nothing.
ANSWERS = "a_"


def views_for(request: HttpRequest, name: str) -> dict[str, Any]:
    """What the list's template needs: the person's views, and what would be saved now."""
    now = narrowed(name, request.GET)
    views = [(view, view.query == now) for view in request.user.saved_views.filter(screen=name)]
    return {
        "saved_views": views,
        "view_list": name,
        "view_query": now,
        "is_saved": any(shown for _view, shown in views),
    }


def narrowed(name: str, query: QueryDict) -> str:
    """The part of a query that a view keeps, always in the same order."""
    kept = QueryDict(mutable=True)
    for key in sorted(
        key for key in query if key in LISTS[name] or (name == "applications" and key.startswith(ANSWERS))
    ):
        if any(values := query.getlist(key)):
            kept.setlist(key, values)
    return kept.urlencode()


@screen
@require_POST
def save(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the filters as they stand, and stay on the list."""
    if name not in LISTS:
        raise Http404
    require_seat(request, Permission.CASE_READ_AD_FACTS)
    try:
        view = save_view(
            request.user,
            name,
            request.POST.get("name", ""),
            narrowed(name, QueryDict(request.POST.get("query", "")[:4000])),
        )
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The view “%s” has been saved.") % view)
    return _back(request)


@screen
@require_POST
def forget(request: HttpRequest, view_id: uuid.UUID) -> HttpResponse:
    """Delete one of the person's own."""
    require_seat(request, Permission.CASE_READ_AD_FACTS)
    try:
        name = forget_view(request.user, view_id)
    except SavedView.DoesNotExist as unknown:
        raise Http404 from unknown
    messages.success(request, _("The view “%s” has been deleted.") % name)
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    return redirect(own_address(request, request.POST.get("next", ""), "/admin/cases/"))
