"""Row rules for Wagtail's own admin views, which ask about the table only (house-style 6.1). Used by pages and workbench."""

from typing import Any

from django.apps import apps
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_list_or_404
from wagtail import hooks
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Page
from wagtail.permissions import policy_registry

from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.people.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The request's actor, made once so that what access looked up is kept for the whole request."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        user = getattr(request, "user", None)
        actor = Actor.person(
            user, ip=request.META.get("REMOTE_ADDR"), request_id=request.headers.get("X-Request-Id", "")[:60]
        )
        if user is not None:
            actor.memo = actor_of_user(user).memo
        request.actor = actor  # type: ignore[attr-defined]
    return actor


def actor_of_user(user: Any) -> Actor:
    """For Django's and Wagtail's own questions, which come without a request: one actor for each user object.

    Every request loads its user anew, so what was looked up is as old as the request and no older.
    """
    if not hasattr(user, "_seat_actor"):
        user._seat_actor = Actor.person(user)  # noqa: SLF001 - our own note on the request's user
    actor: Actor = user._seat_actor  # noqa: SLF001
    return actor


class RowGuard:
    """Put in front of any generic admin view: rows outside the actor's reach do not exist for it."""

    guarding: "GuardedRows"
    lends = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for a row out of reach, before the view has looked at anything."""
        key = kwargs.get("pk", kwargs.get("object_id", args[0] if args else None))
        if key is not None and not self.guarding.holds(request, unquote(str(key)), lent=self.lends):
            raise Http404
        wanted = [k for k in request.GET.getlist("id") if k]
        if wanted and not all(self.guarding.holds(request, k, lent=self.lends) for k in wanted):
            raise Http404
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def get_base_queryset(self) -> Any:
        """Lists, exports and searches begin here."""
        rows = super().get_base_queryset()  # type: ignore[misc]
        return self.guarding.narrow(self.request, rows, lent=self.lends)  # type: ignore[attr-defined]

    def get_object_list(self) -> Any:
        """Choosers begin here."""
        rows = super().get_object_list()  # type: ignore[misc]
        return self.guarding.narrow(self.request, rows, lent=self.lends)  # type: ignore[attr-defined]


class GuardedRows:
    """Mixin for ViewSets on our tables: every view they build is behind a RowGuard.

    `row_permission` is the right by which rows are seen. Rows without institution ship with the portal and belong to
    everybody: only `lending_views` meet them, for whoever changed one would change it for all.
    """

    row_permission: Permission
    lending_views: tuple[type, ...] = ()
    copy_view_enabled = False

    def rows(self, request: HttpRequest, *, lent: bool = False) -> QuerySet[Any]:
        """The rows that the request's actor meets; with those of everybody where they are `lent`."""
        model = self.model  # type: ignore[attr-defined]
        seen = visible(actor_of(request), self.row_permission, model._default_manager.all())
        if lent or (self.lending_views and request.user.is_superuser):
            seen = seen | model._default_manager.filter(**{f"{model.REACH.institution}__isnull": True})
        return seen

    def holds(self, request: HttpRequest, key: str, *, lent: bool = False) -> bool:
        """Whether the row is among them; what is not a key is not a row."""
        try:
            return self.rows(request, lent=lent).filter(pk=key).exists()
        except (ValueError, ValidationError):
            return False

    def narrow(self, request: HttpRequest, queryset: Any, *, lent: bool = False) -> Any:
        """The queryset without rows out of reach."""
        if getattr(queryset, "model", None) is not self.model:  # type: ignore[attr-defined]
            return queryset
        return queryset.filter(pk__in=self.rows(request, lent=lent).values("pk"))

    def construct_view(self, view_class: type, **kwargs: Any) -> Any:
        """Build the view behind the guard."""
        about = {"guarding": self, "lends": issubclass(view_class, self.lending_views)}
        guarded = type(f"Guarded{view_class.__name__}", (RowGuard, view_class), about)
        return super().construct_view(guarded, **kwargs)  # type: ignore[misc]


def require_seat(request: HttpRequest, permission: Permission) -> Actor:
    """The actor, if they hold the right anywhere; otherwise PermissionDenied."""
    actor = actor_of(request)
    if not may(actor, permission):
        raise PermissionDenied
    return actor


def explorable(request: HttpRequest, pages: Any) -> Any:
    """The pages as the explorer narrows them: by the rules of whoever knows what the pages are."""
    for narrow in hooks.get_hooks("construct_explorer_page_queryset"):
        pages = narrow(None, pages, request)
    return pages


def bulk_in_reach(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponseBase:
    """Wagtail's bulk actions ask about the table only and name the rows that they refuse: here they meet what is in reach.

    On tables with a reach of their own there are none.
    """
    model = _model(app_label, model_name)
    bulk = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if bulk is None or hasattr(model, "REACH") or app_label == "recruitment":
        raise Http404

    def get_queryset(_bulk: type, _model: type, keys: Any) -> list[Any]:
        return get_list_or_404(_in_reach(request, model), pk__in=keys)

    guarded = type(bulk.__name__, (bulk,), {"get_queryset": classmethod(get_queryset)})
    answer: HttpResponseBase = guarded(request, model).dispatch(request)
    return answer


def _model(app_label: str, model_name: str) -> Any:
    try:
        return apps.get_model(app_label, model_name)
    except LookupError as unknown:
        raise Http404 from unknown


def _in_reach(request: HttpRequest, model: Any) -> QuerySet[Any]:
    """Pages as in the explorer; pictures and files of the collections that the person may choose from or change."""
    if request.user.is_superuser:
        return model._default_manager.all()
    if issubclass(model, Page):
        return explorable(request, model.objects.all())
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_any_permission_for(request.user, {"choose", "change", "delete"})
