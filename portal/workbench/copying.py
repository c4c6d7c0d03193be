"""Copying an application to another case, when the applicant has said yes."""

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
from portal.workbench.reader import application_for
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import require
from recruitment.access.permissions import Permission
from recruitment.applications.copying import copy_to_round, rounds_to_copy_to
from recruitment.cases.profile import AdvertisementRound


class RoundChoice(forms.ModelChoiceField):
    """A case that takes applications, by its title and number."""

    def label_from_instance(self, round_: AdvertisementRound) -> str:
        """Fuldmægtig (2026-0012)."""
        return f"{round_.case.title} ({round_.case.case_number})"


class CopyForm(forms.Form):
    """Where to, and the applicant's yes."""

    round = RoundChoice(queryset=AdvertisementRound.objects.none(), label=gettext_lazy("To the case"))
    said_yes = forms.CharField(
        required=False, max_length=400, label=gettext_lazy("How and when the applicant said yes"),
        help_text=gettext_lazy("For example: by telephone, 3 March. Without it nothing is copied."),
    )  # fmt: skip


@screen
def copy(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """Person, letter and papers go along; answers, ratings and comments stay with the first case."""
    case = case_for(request, case_id, Permission.APPLICATION_COPY_TO_CASE)
    application, actor = application_for(request, case, application_id), actor_of(request)
    require(actor, Permission.APPLICATION_READ_DOCUMENTS, application)
    form = CopyForm(request.POST if request.method == "POST" else None)
    form.fields["round"].queryset = rounds_to_copy_to(application, actor)
    if request.method == "POST" and form.is_valid():
        round_ = form.cleaned_data["round"]
        try:
            copy_to_round(application, round_, said_yes=form.cleaned_data["said_yes"], actor=actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Copied to %s. The applicant has a letter about it.") % round_.case.title)
            return redirect("workbench:application", case.pk, application.pk)
    name = application.candidate.full_name or application.reference
    crumbs = [
        (_("Applicants"), reverse("workbench:applications", args=[case.pk])),
        (name, reverse("workbench:application", args=[case.pk, application.pk])),
    ]
    return show_case(
        request, "workbench/copy.html", case, tab="applications", title=_("Copy to another case"), crumbs=crumbs, form=form,
        application=application, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
