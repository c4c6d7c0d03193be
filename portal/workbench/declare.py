"""The declaration about conflicts of interest: asked before anything is opened, on a list of names only (INV-7)."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, case_for, own_address, screen, show_case
from recruitment.access.decide import seats_of
from recruitment.access.impartiality import confirm_confidentiality, declare_conflict
from recruitment.access.models import ConflictStatus
from recruitment.access.permissions import Permission
from recruitment.applications.queries import candidate_list
from recruitment.cases.models import RecruitmentCase
from recruitment.people.actor import Actor


class DeclarationForm(forms.Form):
    """Yes or no, and the connection; the first time also confidentiality."""

    is_confidential = forms.BooleanField(
        required=False,
        label=gettext_lazy("I keep to myself what I read about applicants, also afterwards, and use it for this case only"),
    )  # fmt: skip
    has_conflict = forms.ChoiceField(
        choices=[("no", gettext_lazy("No, I have no such connection")), ("yes", gettext_lazy("Yes, or it could be doubted"))],
        widget=forms.RadioSelect, label=gettext_lazy("Are you related to any of them, their close friend, or otherwise not impartial?"),
        error_messages={"required": gettext_lazy("Choose yes or no.")},
    )  # fmt: skip
    relation_text = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        label=gettext_lazy("If yes: who is it, and what is the connection?"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Whoever goes on to read confirms first; whoever steps aside need not."""
        cleaned = self.cleaned_data
        reads_on = "is_confidential" in self.fields and cleaned.get("has_conflict") == "no"
        if reads_on and not cleaned.get("is_confidential"):
            self.add_error("is_confidential", _("Confirm it before you read anything."))
        return cleaned


@screen
def declare(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """Names, the question, and then on to what was wanted."""
    case = case_for(request, case_id, Permission.APPLICATION_LIST)
    actor = actor_of(request)
    onward = own_address(request, request.GET.get("next", ""), reverse("workbench:applications", args=[case.pk]))
    form = DeclarationForm(request.POST if request.method == "POST" else None)
    if case.pk not in seats_of(actor).not_bound_on:
        del form.fields["is_confidential"]
    if request.method == "POST" and form.is_valid():
        try:
            status = _say(case, actor, form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            if status != ConflictStatus.DECLARED:
                return redirect(onward)
            messages.warning(
                request, _("Thank you. The case's applications are closed to you until it has been decided.")
            )
            return redirect("workbench:case", case.pk)
    since = seats_of(actor).declared_at.get(case.pk)
    rows = candidate_list(actor, case).order_by("candidate__family_name")
    names = [(row.candidate.full_name, since is not None and row.received_at > since) for row in rows]
    return show_case(
        request, "workbench/declare.html", case, tab="applications", title=_("Are you impartial?"), form=form, names=sorted(names, key=lambda name: not name[1]), is_again=since is not None,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@transaction.atomic
def _say(case: RecruitmentCase, actor: Actor, typed: dict[str, Any]) -> ConflictStatus:
    """Both at once, or neither."""
    if typed.get("is_confidential"):
        confirm_confidentiality(case, actor=actor)
    return declare_conflict(
        case, actor=actor, has_conflict=typed["has_conflict"] == "yes", relation_text=typed["relation_text"]
    )
