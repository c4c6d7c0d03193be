"""Somebody phones: one search by name, telephone or reference, within the caller's reach."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.guard import actor_of, require_seat
from portal.workbench.screens import screen, show
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.applications.models import Application
from recruitment.applications.queries import find

TELEPHONED = (Permission.APPLICATION_SEE_OTHERS, Permission.APPLICATION_REGISTER_MANUAL)


@screen
def find_applications(request: HttpRequest) -> HttpResponse:
    """At most fifty; who may not read contents gets the way to the list instead."""
    actor = require_seat(request, Permission.APPLICATION_LIST)
    words = request.GET.get("q", "").strip()[:100]
    hits = list(find(actor, words))
    readable = visible(
        actor, Permission.APPLICATION_READ_DOCUMENTS, Application.objects.filter(pk__in=[h.pk for h in hits])
    )
    return show(
        request, "workbench/search.html", title=_("Find an application"), icon="search", words=words, hits=hits,
        readable=set(readable.values_list("pk", flat=True)),
    )  # fmt: skip


def may_search(request: HttpRequest) -> bool:
    """Whether the search is offered: to who is telephoned. A committee finds its applicants in its case's list."""
    return any(may(actor_of(request), right) for right in TELEPHONED)
