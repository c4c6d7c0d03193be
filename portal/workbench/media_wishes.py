"""Asking for a medium that is not on the list."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.fields import Kroner
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.permissions import Permission
from recruitment.advertising.media_list import media_not_listed
from recruitment.advertising.media_requests import ask_for_medium
from recruitment.advertising.models import OWN_KINDS, MediaRequest, Medium, MediumKind

KINDS = [choice for choice in MediumKind.choices if choice[0] not in OWN_KINDS]


class WishForm(forms.Form):
    """A known medium, or one by its name."""

    medium = forms.ModelChoiceField(
        queryset=Medium.objects.none(),
        required=False,
        label=gettext_lazy("Known medium"),
        empty_label=gettext_lazy("another, named below"),
    )
    name = forms.CharField(required=False, max_length=120, label=gettext_lazy("Name of another medium"))
    kind = forms.ChoiceField(choices=KINDS, label=gettext_lazy("Kind"), initial=MediumKind.OTHER)
    cost = Kroner(required=False, label=gettext_lazy("Usual price in kroner"))
    why = forms.CharField(max_length=400, label=gettext_lazy("Why it is needed"))

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        typed = super().clean() or {}
        if not typed.get("medium") and not typed.get("name"):
            self.add_error("name", _("Choose a medium, or write its name."))
        return typed


@screen
def wish(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Ask the administrator; earlier wishes and their answers stand below."""
    case = case_for(request, case_id, Permission.PUBLICATION_MANAGE)
    form = WishForm(request.POST if request.method == "POST" else None)
    form.fields["medium"].queryset = media_not_listed(case.institution)
    if request.method == "POST" and form.is_valid():
        try:
            ask_for_medium(case.institution, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The administrator has been asked."))
            return redirect("workbench:media", case.pk)
    return show_case(
        request, "workbench/media_wish.html", case, tab="media", title=_("Ask for a medium"), form=form,
        wishes=MediaRequest.objects.filter(institution=case.institution)[:20],
        crumbs=[(_("Media"), reverse("workbench:media", args=[case.pk]))], status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
