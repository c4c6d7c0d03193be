"""What applications are assessed with: the institution's rating scales and icons."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.decide import institutions_of
from recruitment.access.permissions import Permission
from recruitment.assessments.furnishing import save_icon, save_scale, scale_for
from recruitment.assessments.marks import LARGEST_VALUE, CandidateIcon, RatingLevel, RatingScale

ROWS = 9


class ScaleForm(forms.ModelForm[RatingScale]):
    """Name and use; the levels stand below it."""

    class Meta:
        model = RatingScale
        fields = ("name_da", "name_en", "is_default", "active")


class LevelForm(forms.Form):
    """One level; a row without a number is none."""

    value = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_VALUE, label=gettext_lazy("Number"))
    label_da = forms.CharField(required=False, max_length=60, label=gettext_lazy("In Danish"))
    label_en = forms.CharField(required=False, max_length=60, label=gettext_lazy("In English"))
    tone = forms.ChoiceField(
        required=False, choices=RatingLevel._meta.get_field("tone").choices, label=gettext_lazy("Colour")
    )
    spoken_da = forms.CharField(required=False, max_length=120, label=gettext_lazy("Read aloud, in Danish"))
    spoken_en = forms.CharField(required=False, max_length=120, label=gettext_lazy("Read aloud, in English"))

    def clean(self) -> dict[str, Any]:
        """A number needs words."""
        typed = super().clean() or {}
        if typed.get("value") and not typed.get("label_da"):
            self.add_error("label_da", _("Write what the level means."))
        return typed


LevelRows = forms.formset_factory(LevelForm, extra=0, max_num=ROWS, validate_max=True)


class IconForm(forms.ModelForm[CandidateIcon]):
    """One icon."""

    class Meta:
        model = CandidateIcon
        fields = (
            "symbol", "tone", "label_da", "label_en", "meaning_da", "meaning_en", "spoken_da", "spoken_en", "position", "active",
        )  # fmt: skip


@screen
def choose_marks(request: HttpRequest) -> HttpResponse:
    """To the institution whose scales and icons one may edit; the first, where there are several."""
    mine = sorted(institutions_of(actor_of(request), Permission.ICONS_SCALES_EDIT), key=str)
    if not mine:
        raise Http404
    return redirect("workbench:marks", mine[0])


@screen
def marks(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Everything that is in use, the shipped ones among them."""
    institution = institution_for(request, institution_id, Permission.ICONS_SCALES_EDIT)
    scales = RatingScale.objects.filter(institution=institution).prefetch_related("levels")
    shipped = RatingScale.objects.filter(institution=None).prefetch_related("levels")
    icons = CandidateIcon.objects.filter(institution=institution)
    return show_setup(
        request, "workbench/setup/marks.html", institution, tab="marks", title=_("Scales and icons"), usual=scale_for(institution),
        scales=scales, shipped_scales=shipped, icons=icons, shipped_icons=CandidateIcon.objects.filter(institution=None),
    )  # fmt: skip


@screen
def scale(request: HttpRequest, institution_id: uuid.UUID, scale_id: uuid.UUID | None = None) -> HttpResponse:
    """One of the institution's own; a new one begins as the shipped one."""
    institution = institution_for(request, institution_id, Permission.ICONS_SCALES_EDIT)
    own = RatingScale.objects.filter(institution=institution)
    row = get_object_or_404(own, pk=scale_id) if scale_id else RatingScale(institution=institution)
    posted = request.POST if request.method == "POST" else None
    form, levels = ScaleForm(posted, instance=row), LevelRows(posted, initial=_rows(row), prefix="levels")
    if posted is not None and form.is_valid() and levels.is_valid():
        lines = [line for line in levels.cleaned_data if line.get("value")]
        try:
            save_scale(row, form.cleaned_data, lines, actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The scale has been saved."))
            return redirect("workbench:marks", institution.pk)
    return show_setup(
        request, "workbench/setup/scale.html", institution, tab="marks", title=row.name or _("A new scale"), form=form, levels=levels,
        status=BAD_INPUT if posted is not None else 200,
    )  # fmt: skip


def _rows(row: RatingScale) -> list[dict[str, Any]]:
    like = row if row.levels.exists() else RatingScale.objects.filter(institution=None).first()
    names = tuple(LevelForm.base_fields)
    filled = list(like.levels.values(*names)) if like else []
    return [*filled, *({} for _empty in range(ROWS - len(filled)))]


@screen
def icon(request: HttpRequest, institution_id: uuid.UUID, icon_id: uuid.UUID | None = None) -> HttpResponse:
    """One of the institution's own icons."""
    institution = institution_for(request, institution_id, Permission.ICONS_SCALES_EDIT)
    own = CandidateIcon.objects.filter(institution=institution)
    row = get_object_or_404(own, pk=icon_id) if icon_id else CandidateIcon(institution=institution)
    form = IconForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_icon(row, form.cleaned_data, actor=actor_of(request))
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The icon has been saved."))
            return redirect("workbench:marks", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="marks", title=row.label or _("A new icon"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
