"""Templates that cases begin with: the list, and the steps of a plan's template."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import require_seat
from portal.workbench.screens import BAD_INPUT, Crumb, blame, screen, show
from portal.workbench.setup.units import Place
from recruitment.access.decide import may, visible
from recruitment.access.permissions import Permission
from recruitment.cases.adapted import CaseTemplate
from recruitment.organisation.models import OrganisationalUnit
from recruitment.planning.models import ActivityKind, Anchor, Part, PlanTemplate, TemplateActivity
from recruitment.planning.templates import copy_template, save_template

RIGHT = Permission.CASE_TEMPLATE_EDIT


class CopyForm(forms.Form):
    """A template of one's own, from another."""

    source = forms.ModelChoiceField(
        queryset=PlanTemplate.objects.none(), label=gettext_lazy("Begin with"), empty_label=None
    )
    name = forms.CharField(max_length=120, label=gettext_lazy("Name of the new template"))
    unit = Place(
        queryset=OrganisationalUnit.objects.none(),
        label=gettext_lazy("For the unit and everything below"),
        empty_label=None,
    )


class TemplateForm(forms.ModelForm):
    """What the template is called, and whether new cases get it."""

    class Meta:
        model = PlanTemplate
        fields = ("name_da", "name_en", "is_usual", "active")


class StepForm(forms.Form):
    """One step; the number orders the list. A line without a step is none."""

    kind = forms.ChoiceField(required=False, choices=[("", "–"), *ActivityKind.choices], label=gettext_lazy("Step"))
    title = forms.CharField(required=False, max_length=160, label=gettext_lazy("In own words"))
    part = forms.ChoiceField(choices=Part.choices, initial=Part.HR, label=gettext_lazy("Done by"))
    offset = forms.IntegerField(
        required=False,
        min_value=-250,
        max_value=250,
        label=gettext_lazy("Working days"),
        help_text=gettext_lazy("minus is before"),
    )
    anchor = forms.ChoiceField(choices=Anchor.choices, initial=Anchor.DEADLINE, label=gettext_lazy("Counted from"))


class _Steps(forms.BaseFormSet):
    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place")
        form.fields["DELETE"].label = _("Remove")

    def lines(self) -> list[dict[str, Any]]:
        """The steps in the wanted order."""
        kept = [form.cleaned_data for form in self.ordered_forms if form.cleaned_data.get("kind")]
        return [
            {"kind": line["kind"], "title": line["title"], "part": line["part"], "anchor": line["anchor"], "offset": line["offset"] or 0}
            for line in kept
        ]  # fmt: skip


StepFormSet = forms.formset_factory(
    StepForm, formset=_Steps, extra=3, max_num=60, absolute_max=80, can_order=True, can_delete=True
)


def _crumbs() -> list[Crumb]:
    return [(_("Templates"), "/admin/templates/")]


@screen
def templates(request: HttpRequest) -> HttpResponse:
    """Shipped ones and one's own; POST makes a new one."""
    actor = require_seat(request, RIGHT)
    units = visible(actor, RIGHT, OrganisationalUnit.objects.filter(active=True)).order_by("path")
    own = visible(actor, RIGHT, PlanTemplate.objects.all())
    shipped = PlanTemplate.objects.filter(institution__isnull=True)
    form = CopyForm(request.POST if request.method == "POST" else None)
    form.fields["unit"].queryset = units
    form.fields["source"].queryset = PlanTemplate.objects.filter(
        Q(pk__in=own.values("pk")) | Q(institution__isnull=True)
    )
    if request.method == "POST" and form.is_valid():
        made = copy_template(
            form.cleaned_data["source"], form.cleaned_data["unit"], actor=actor, name=form.cleaned_data["name"]
        )
        messages.success(request, _("The template has been made. Adapt it below."))
        return redirect("workbench:plan_template", made.pk)
    return show(
        request, "workbench/planning/templates.html", title=_("Templates"), icon="copy", form=form,
        own=own.select_related("unit").annotate(steps=Count("activities")), shipped=shipped.annotate(steps=Count("activities")),
        may_create=may(actor, Permission.CASE_CREATE), cases=visible(actor, RIGHT, CaseTemplate.objects.filter(active=True)).select_related("unit", "case"),
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def plan_template(request: HttpRequest, template_id: uuid.UUID) -> HttpResponse:
    """One template with its steps; works without JavaScript."""
    actor = require_seat(request, RIGHT)
    row = get_object_or_404(visible(actor, RIGHT, PlanTemplate.objects.select_related("unit")), pk=template_id)
    typed = request.POST if request.method == "POST" else None
    form = TemplateForm(typed, instance=row)
    present = list(TemplateActivity.objects.filter(template=row).values("kind", "title", "part", "offset", "anchor"))
    steps = StepFormSet(typed, prefix="steps", initial=present)
    if typed is not None and form.is_valid() & steps.is_valid():
        try:
            fresh = PlanTemplate.objects.get(pk=row.pk)
            save_template(fresh, actor=actor, fields=form.cleaned_data, steps=steps.lines())
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The template has been saved. Plans that were made from it stay as they are."))
            return redirect("workbench:plan_template", row.pk)
    return show(
        request, "workbench/planning/template.html", title=row.name, icon="copy", form=form, steps=steps, row=row, crumbs=_crumbs(),
        status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip
