"""The tree of units."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.institutions import add_unit, edit_unit, move_unit
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution, OrganisationalUnit

FIELDS = (
    "name_da",
    "name_en",
    "short_name",
    "unit_type",
    "address",
    "postal_code",
    "city",
    "phone",
    "email",
    "is_case_creation_allowed",
    "active",
)


class Place(forms.ModelChoiceField):
    """A unit, indented by its depth."""

    def label_from_instance(self, unit: OrganisationalUnit) -> str:  # type: ignore[override]
        """Dashes show the depth."""
        return f"{'– ' * (unit.depth - 1)}{unit}"


class UnitForm(forms.ModelForm):
    """One unit; `parent` moves it with everything below."""

    parent = Place(queryset=OrganisationalUnit.objects.none(), label=gettext_lazy("Below"), required=False)

    class Meta:
        model = OrganisationalUnit
        fields = FIELDS

    def place_within(self, institution: Institution) -> None:
        """Where it may be moved to: anywhere but below itself. The top unit stays on top."""
        unit = self.instance
        if unit.is_root():
            del self.fields["parent"]
            return
        places = OrganisationalUnit.objects.filter(institution=institution).exclude(path__startswith=unit.path)
        self.fields["parent"].queryset = places.order_by("path")
        self.initial["parent"] = unit.get_parent().pk


@screen
def tree(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """All units, the closed ones too."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    return show_setup(
        request,
        "workbench/setup/units.html",
        institution,
        tab="units",
        title=_("Units"),
        units=institution.units.order_by("path"),
    )


@screen
def unit(request: HttpRequest, institution_id: uuid.UUID, unit_id: uuid.UUID) -> HttpResponse:
    """Rename, move, close."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    row = get_object_or_404(institution.units, pk=unit_id)
    form = UnitForm(request.POST if request.method == "POST" else None, instance=row)
    form.place_within(institution)
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, unit_id, form)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The unit has been saved."))
            return redirect("workbench:units", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="units", title=_("Unit"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@transaction.atomic
def _change(request: HttpRequest, unit_id: uuid.UUID, form: UnitForm) -> None:
    typed = dict(form.cleaned_data)
    parent = typed.pop("parent", None)
    row = edit_unit(OrganisationalUnit.objects.get(pk=unit_id), actor=actor_of(request), changes=typed)
    if parent is not None:
        move_unit(OrganisationalUnit.objects.get(pk=row.pk), parent, actor=actor_of(request))


@screen
def add(request: HttpRequest, institution_id: uuid.UUID, parent_id: uuid.UUID) -> HttpResponse:
    """A new unit below this one."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    parent = get_object_or_404(institution.units, pk=parent_id)
    form = UnitForm(request.POST if request.method == "POST" else None)
    del form.fields["parent"], form.fields["active"]
    if request.method == "POST" and form.is_valid():
        add_unit(parent, actor=actor_of(request), fields=form.cleaned_data)
        messages.success(request, _("The unit has been added."))
        return redirect("workbench:units", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="units", title=_("New unit below %s") % parent, form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
