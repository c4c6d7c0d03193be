"""The declaration about conflicts of interest: asked before anything is opened, on a list of names only (INV-7)."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, own_address, screen, show_case
from recruitment.access.actions import declare_conflict
from recruitment.access.models import ConflictStatus
from recruitment.access.permissions import Permission
from recruitment.applications.queries import candidate_list


class DeclarationForm(forms.Form):
    """Yes or no, and the connection."""

    has_conflict = forms.ChoiceField(
        choices=[("no", gettext_lazy("No, I have no such connection")), ("yes", gettext_lazy("Yes, or it could be doubted"))],
        widget=forms.RadioSelect, label=gettext_lazy("Are you related to any of them, their close friend, or otherwise not impartial?"),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )  # fmt: skip
    relation_text = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("If yes: who is it, and what is the connection?"),
    )  # fmt: skip


@screen
def declare(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Names, the question, and then on to what was wanted."""
    case = case_for(request, case_id, Permission.APPLICATION_LIST)
    actor = actor_of(request)
    onward = own_address(request, request.GET.get("next", ""), reverse("workbench:applications", args=[case.pk]))
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            status = declare_conflict(
                case,
                actor=actor,
                has_conflict=form.cleaned_data["has_conflict"] == "yes",
                relation_text=form.cleaned_data["relation_text"],
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            if status == ConflictStatus.NONE:
                return redirect(onward)
            messages.warning(
                request, _("Thank you. The case's applications are closed to you until it has been decided.")
            )
            return redirect("workbench:case", case.pk)
    names = [row.candidate.full_name for row in candidate_list(actor, case).order_by("candidate__family_name")]
    return show_case(
        request, "workbench/declare.html", case, tab="applications", title=_("Are you impartial?"), form=form, names=names,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
