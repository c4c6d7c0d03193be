"""Which case a new one begins as, and a case kept as a template."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of, require_seat
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from portal.workbench.setup.units import Place
from recruitment.access.decide import visible
from recruitment.access.permissions import Permission
from recruitment.cases.adapted import CaseTemplate
from recruitment.cases.copying import end_template, frame_of, keep_as_template
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import JobProfile
from recruitment.cases.queries import templates_in
from recruitment.organisation.models import OrganisationalUnit
from recruitment.people.actor import Actor


def source_of(actor: Actor, key: str) -> RecruitmentCase | None:
    """The case that the address names: one that the person sees, or a template of a unit where they make cases; else 404."""
    if not key:
        return None
    try:
        wanted = uuid.UUID(key)
    except ValueError:
        raise Http404 from None
    seen = visible(actor, Permission.CASE_VIEW, RecruitmentCase.objects.all()).filter(pk=wanted)
    units = visible(actor, Permission.CASE_CREATE, OrganisationalUnit.objects.all())
    kept = RecruitmentCase.objects.filter(pk=wanted, pk__in=templates_in(units).values("case"))
    found = seen.first() or kept.first()
    if found is None:
        raise Http404
    return found


def filled_as(source: RecruitmentCase | None) -> dict[str, Any]:
    """What the short form shows of the earlier case."""
    if source is None:
        return {}
    profile = JobProfile.objects.filter(case=source).first()
    requirements = profile.competences.values_list("name_da", flat=True) if profile else ()
    return {
        **frame_of(source), "unit": source.unit_id, "hiring_manager": source.hiring_manager_id,
        "tasks": profile.tasks if profile else "", "competences": "\n".join(requirements),
    }  # fmt: skip


class KeepForm(forms.Form):
    """Under which name, and for whom."""

    name = forms.CharField(max_length=120, label=gettext_lazy("Name of the template"))
    unit = Place(
        queryset=OrganisationalUnit.objects.none(),
        label=gettext_lazy("For the unit and everything below"),
        empty_label=None,
    )


@screen
def keep(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Keep the case as a template."""
    case = case_for(request, case_id, Permission.CASE_VIEW)
    actor = require_seat(request, Permission.CASE_TEMPLATE_EDIT)
    units = visible(
        actor, Permission.CASE_TEMPLATE_EDIT, OrganisationalUnit.objects.filter(institution=case.institution_id)
    )
    form = KeepForm(
        request.POST if request.method == "POST" else None, initial={"name": case.title, "unit": case.unit_id}
    )
    form.fields["unit"].queryset = units.order_by("path")
    if request.method == "POST" and form.is_valid():
        try:
            keep_as_template(case, form.cleaned_data["unit"], actor=actor, name=form.cleaned_data["name"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("New cases can begin as this one."))
            return redirect("workbench:templates")
    return show_case(
        request, "workbench/case_keep.html", case, tab="", title=_("Keep as a template"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_POST
def end(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """No new case begins as it any more."""
    actor = actor_of(request)
    rows = visible(actor, Permission.CASE_TEMPLATE_EDIT, CaseTemplate.objects.filter(active=True))
    end_template(get_object_or_404(rows, pk=template_id), actor=actor)
    messages.success(request, _("The template is no longer in use."))
    return redirect("workbench:templates")
