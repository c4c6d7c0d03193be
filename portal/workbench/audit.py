"""What has happened on a case, and who has seen what."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.workbench.screens import case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.audit.models import AuditEntry
from recruitment.people.models import User

A_PAGE = 100


@screen
def log(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Newest first. Entries hold ids and codes; names come from the users as they are now."""
    case = case_for(request, case_id, Permission.AUDIT_VIEW)
    page = Paginator(AuditEntry.objects.filter(case_id=case.pk), A_PAGE).get_page(request.GET.get("p"))
    names = User.objects.in_bulk({entry.user_id for entry in page if entry.user_id})
    rows = [(entry, names.get(entry.user_id)) for entry in page]
    return show_case(request, "workbench/log.html", case, tab="log", title=_("Log"), page=page, rows=rows)
