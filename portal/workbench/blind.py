"""The switch of blind screening, and the redacted versions that HR makes for those who assess."""

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
from recruitment.applications.blind import RedactedVersion, blind_screenings
from recruitment.applications.blinding import (
    LONGEST,
    check_redacted,
    save_redacted,
    suggestion_for,
    switch_off,
    switch_on,
)
from recruitment.applications.queries import candidate_list
from recruitment.cases.models import RecruitmentCase


class OffForm(forms.Form):
    """Why names are shown again."""

    reason = forms.CharField(
        required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), label=gettext_lazy("Why")
    )


class RedactForm(forms.Form):
    """The words that those who assess will read."""

    text = forms.CharField(
        max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 24}), label=gettext_lazy("Redacted version"),
        help_text=gettext_lazy("Name, addresses and numbers have been hidden. Read it through: take out what else tells who it is, such as age, origin, marital status and names of others."),
    )  # fmt: skip


def _crumbs(case: RecruitmentCase) -> list[tuple[str, str]]:
    return [(_("Applicants"), reverse("workbench:applications", args=[case.pk]))]


@screen
def blind(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """On, off, and how far the redacting has come; with the applicants, so for nobody who may not meet them."""
    case_for(request, case_id, Permission.APPLICATION_LIST)
    case = case_for(request, case_id, Permission.CASE_EDIT)
    actor = actor_of(request)
    form = OffForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("blind") == "on":
                switch_on(case, actor=actor)
            else:
                switch_off(case, actor=actor, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:blind", case.pk)
    rows = candidate_list(actor, case).exclude(state__in=["WITHDRAWN", "LATE"]).defer("draft", "motivation_text")
    lines = rows.select_related("redacted").order_by("blind_number", "pk")
    return show_case(
        request, "workbench/blind.html", case, tab="applications", title=_("Blind screening"), crumbs=_crumbs(case), form=form,
        on=blind_screenings().filter(case=case).select_related("switched_on_by").first(), lines=lines, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
def redact(request: HttpRequest, case_id: uuid.UUID, application_id: uuid.UUID) -> HttpResponse:
    """One application's redacted version: written, then checked as it stands."""
    case = case_for(request, case_id, Permission.APPLICATION_CHANGE_STATE)
    application, actor = application_for(request, case, application_id), actor_of(request)
    require(actor, Permission.APPLICATION_CHANGE_STATE, application)
    version = RedactedVersion.objects.filter(application=application).select_related("checked_by").first()
    initial = {"text": version.text if version else suggestion_for(application)}
    form = RedactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = save_redacted(application, form.cleaned_data["text"], actor=actor)
            if request.POST.get("button") == "check":
                check_redacted(saved, actor=actor)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("workbench:blind", case.pk)
    return show_case(
        request, "workbench/redact.html", case, tab="applications", title=_("Redacted version"), crumbs=[*_crumbs(case), (_("Blind screening"), reverse("workbench:blind", args=[case.pk]))],
        form=form, version=version, application=application, status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
