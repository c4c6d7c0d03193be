"""Which applications the asker may see, and whose contents: the one place where this face asks."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet

from graphql_api.cohort import for_each
from graphql_api.columns import slim
from graphql_api.context import Info
from graphql_api.nodes import readable
from graphql_api.oauth import Scope
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.applications.masking import hidden_from
from recruitment.applications.models import Application
from recruitment.applications.queries import declared_for, handed_in
from recruitment.people.actor import ActorKind


def visible_applications(info: Info) -> QuerySet[Application]:
    """Applications that were handed in and that the asker may list, with the columns that the document asks for.

    Drafts are nobody's but the applicant's.
    """
    rows = handed_in(visible(info.context.actor, Permission.APPLICATION_LIST, Application.objects.all()))
    return slim(rows, "Application", info, "case").annotate(institution_id=F("case__institution"))


@readable("Application", Application)
def applications_by_id(info: Info) -> QuerySet[Application] | None:
    """The same by id; nothing for a token without the scope."""
    return visible_applications(info) if Scope.APPLICATIONS in info.context.scopes else None


def require_contents(application: Any, info: Info) -> None:
    """Raises PermissionDenied unless the asker may open this application.

    People must hold the right on the case and have declared that they are not disqualified on it (INV-7).
    """
    if not for_each(application, "may be opened", lambda cohort: _openable(cohort, info)):
        raise PermissionDenied("Not allowed to open this application, or a conflict of interest is not declared yet.")


def _openable(cohort: list[Any], info: Info) -> dict[Any, bool]:
    actor = info.context.actor
    rows = Application.objects.filter(pk__in=[member.pk for member in cohort])
    rows = visible(actor, Permission.APPLICATION_READ_DOCUMENTS, rows)
    if actor.kind == ActorKind.PERSON:
        rows = declared_for(actor, rows)
    rows = rows.exclude(pk__in=hidden_from(actor, Application.objects.all()).values("pk"))
    return dict.fromkeys(rows.values_list("pk", flat=True), True)


def is_hidden(application: Any, info: Info) -> bool:
    """Whether blind screening hides who applied from the asker; asked once for all rows of a page."""
    return bool(for_each(application, "is hidden", lambda cohort: _hidden(cohort, info)))


def _hidden(cohort: list[Any], info: Info) -> dict[Any, bool]:
    rows = Application.objects.filter(pk__in=[member.pk for member in cohort])
    return dict.fromkeys(hidden_from(info.context.actor, rows).values_list("pk", flat=True), True)
