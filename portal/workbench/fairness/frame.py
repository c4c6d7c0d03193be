"""What these screens share: whose page it is, the way back, and how a deed's refusal is shown where it was asked for."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, Crumb, blame, case_for, in_reach, show_case
from recruitment.access.decide import may, require
from recruitment.access.permissions import Permission
from recruitment.applications.masking import mask_for
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.queries import handed_in
from recruitment.cases.models import RecruitmentCase
from recruitment.lifecycle import Move, is_open, obstacles
from recruitment.people.actor import Actor

#: The pages of one applicant, in this order, with the right that each is met under.
PAGES = (
    ("references", gettext_lazy("References"), Permission.REFERENCE_MANAGE),
    ("facts", gettext_lazy("Facts and hearings"), Permission.HEARING_VIEW),
    ("claim", gettext_lazy("Preferential access"), Permission.PRIORITY_VIEW),
    ("access_requests", gettext_lazy("Access to papers"), Permission.ACCESS_DECIDE),
    ("reasons", gettext_lazy("Written reasons"), Permission.REJECT),
)


def words_field(label: Any, *, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Several lines; whether they may be empty is the deed's to say."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=help_text,
    )


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class ReasonForm(forms.Form):
    """Why; whether it must be said is the move's to ask."""

    reason = words_field(gettext_lazy("Why"), rows=2)


def case_and_applicant(
    request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID, permission: Permission
) -> tuple[RecruitmentCase, Application]:
    """Both, for somebody who holds the right and has declared that they are impartial (INV-7)."""
    case = case_for(request, case_id, permission)
    rows = handed_in(Application.objects.filter(case=case))
    rows = rows.select_related("candidate", "case__institution__settings", "round")
    application: Application = in_reach(request, permission, rows, application_id)
    actor = actor_of(request)
    require(actor, permission, application)
    return case, mask_for(actor, case).put_on(application)


def crumbs_for(case: RecruitmentCase, application: Application | None = None) -> list[Crumb]:
    """The way back to the case's list, and to the applicant."""
    way = [(str(_("References and hearings")), reverse("workbench:fairness", args=[case.pk]))]
    if application is not None:
        name = application.candidate.full_name or application.reference
        way.append((name, reverse("workbench:application", args=[case.pk, application.pk])))
    return way


def pages_of(actor: Actor, application: Application, active: str = "") -> list[tuple[str, str, bool]]:
    """Label, address and whether it is this one, of those that the person may open."""
    found = []
    unclaimed = not PriorityClaim.objects.filter(application=application).exists()
    for name, label, right in PAGES:
        # nobody but who may register a claim is shown a page that could only say "none"
        needed = Permission.PRIORITY_MANAGE if name == "claim" and unclaimed else right
        if may(actor, needed, application):
            address = reverse(f"workbench:{name}", args=[application.case_id, application.pk])
            found.append((str(label), address, name == active))
    return found


def show_applicant(
    request: HttpRequest, template: str, case: RecruitmentCase, application: Application, *, page: str, title: str,
    crumbs: list[Crumb] | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """A page of one applicant in the case's frame, with the others beside it."""
    forms_shown = [value for value in context.values() if isinstance(value, forms.BaseForm)]
    status = BAD_INPUT if any(form.is_bound for form in forms_shown) else 200
    return show_case(
        request, f"workbench/fairness/{template}", case, tab="fairness", title=title, application=application,
        crumbs=[*crumbs_for(case, application), *(crumbs or [])], pages=pages_of(actor_of(request), application, page),
        status=context.pop("status", status), **context,
    )  # fmt: skip


def done(form: forms.BaseForm, deed: Callable[[dict[str, Any]], Any]) -> bool:
    """Whether the form holds and the deed was carried out; a refusal stands at its field."""
    if not form.is_valid():
        return False
    try:
        deed(form.cleaned_data)
    except ValidationError as refusal:
        blame(form, refusal)
        return False
    return True


def pressed(request: HttpRequest) -> str:
    """Which button of the page it was."""
    return request.POST.get("button", "") if request.method == "POST" else ""


def bound(form: type[forms.Form], request: HttpRequest, *buttons: str, initial: Any = None) -> Any:
    """The form with what was sent, if one of its buttons was pressed; otherwise as it begins."""
    if pressed(request) in buttons:
        return form(request.POST, request.FILES, initial=initial)
    return form(initial=initial)


def open_moves(row: Any, moves: tuple[Move, ...], actor: Actor) -> dict[str, list[str]]:
    """By name: what stands in the way of each move that is this person's to make now."""
    return {
        move.name: [each.message for each in obstacles(move, row)] for move in moves if is_open(move, row, actor=actor)
    }
