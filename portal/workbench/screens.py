"""What every screen shares: who asks, which row, how it is laid out, and how a refusal looks."""

import uuid
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.guard import actor_of
from portal.workbench.advised import advice_beside
from portal.workbench.tabs import case_tabs
from recruitment.access.decide import may, seats_of, visible
from recruitment.access.permissions import CONCERNS_APPLICANTS, Permission
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import ConflictNotDeclared, NotPossible

View = Callable[..., HttpResponse]
Crumb = tuple[str, str]
BAD_INPUT = 422


def screen(view: View) -> View:
    """A view of the workbench: a missing right answers 403 in words, an undeclared conflict of interest asks first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except ConflictNotDeclared as unasked:
            back = (
                request.get_full_path() if request.method == "GET" else request.META.get("HTTP_REFERER", request.path)
            )
            address = reverse("workbench:declare", args=[unasked.case_id])
            return redirect(f"{address}?{urlencode({'next': back})}")
        except PermissionDenied:
            return show(request, "workbench/refused.html", title=_("This is not open to you"), status=403)

    return guarded


def show(
    request: HttpRequest, template: str, *, title: str, crumbs: Iterable[Crumb] = (), status: int = 200, icon: str = "",
    **context: Any,
) -> HttpResponse:  # fmt: skip
    """The template in Wagtail's frame, with the way back above it."""
    home = {"url": reverse("wagtailadmin_home"), "label": _("Desk")}
    way = [{"url": url, "label": label} for label, url in crumbs]
    frame = {
        "header_title": title, "page_title": title, "header_icon": icon,
        "breadcrumbs_items": [home, *way, {"url": request.path, "label": title}],
    }  # fmt: skip
    return render(request, template, {**frame, **context}, status=status)


def show_case(
    request: HttpRequest, template: str, case: RecruitmentCase, *, tab: str, title: str, status: int = 200,
    crumbs: Iterable[Crumb] = (), **context: Any,
) -> HttpResponse:  # fmt: skip
    """A screen of one case, with its tabs."""
    way = [(_("Cases"), reverse("workbench:cases"))]
    if tab != "overview":
        way.append((case.title, reverse("workbench:case", args=[case.pk])))
    tabs = case_tabs(actor_of(request), case, tab)
    frame = {"case": case, "tabs": tabs, "advice": advice_beside(case, tab), **context}
    return show(request, template, title=title, crumbs=[*way, *crumbs], status=status, **frame)


def in_reach(request: HttpRequest, permission: Permission, queryset: QuerySet[Any], key: Any) -> Any:
    """The row, or 404 where the person does not meet it under this right."""
    return get_object_or_404(visible(actor_of(request), permission, queryset), pk=key)


def case_for(request: HttpRequest, case_id: uuid.UUID, permission: Permission) -> RecruitmentCase:
    """The case: 404 for one out of reach, PermissionDenied for one whose facts may be known but not this.

    For somebody with a conflict of interest there are no applicants here: 404, not a door that is shut (INV-7).
    """
    cases = RecruitmentCase.objects.select_related("institution__settings", "unit", "hiring_manager", "hr_responsible")
    case: RecruitmentCase = in_reach(request, Permission.CASE_READ_AD_FACTS, cases, case_id)
    actor = actor_of(request)
    if not may(actor, permission, case):
        if permission in CONCERNS_APPLICANTS and case.pk in seats_of(actor).excluded_from:
            raise Http404
        raise PermissionDenied
    return case


def blame(form: forms.BaseForm, error: ValidationError) -> None:
    """Put a refusal of the domain at the fields it is about, the rest above the form."""
    if isinstance(error, NotPossible):
        for obstacle in error.obstacles:
            field = obstacle.place.rpartition(".")[2].rpartition("#")[2]
            form.add_error(field if field in form.fields else None, obstacle.message)
        return
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, errors in by_field.items():
        for each in errors:
            form.add_error(field if field in form.fields else None, each)


def own_address(request: HttpRequest, address: str, otherwise: str) -> str:
    """The address if it leads to the workbench itself, else the other: nobody is sent elsewhere."""
    return address if address.startswith("/admin/") and "\\" not in address else otherwise
