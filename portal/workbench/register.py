"""Registering an application that came by letter, by e-mail or through the job centre."""

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
from portal.workbench.fields import CopenhagenTime
from portal.workbench.screens import BAD_INPUT, blame, case_for, screen, show_case
from recruitment.access.decide import may
from recruitment.access.permissions import Permission
from recruitment.advertising.models import Medium
from recruitment.applications.applicant_list import TICK, has_applicant_list
from recruitment.applications.models import Application, ApplicationState, Origin, ReceiveChannel
from recruitment.applications.registration import register_manual
from recruitment.cases.models import RecruitmentCase

PERSON = ("given_name", "family_name", "email", "phone", "address", "postal_code", "city")


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class Originals(forms.FileField):
    """At least one file."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file on its own."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(Originals, self).clean(each, initial) for each in files or [None]]


class RegisterForm(forms.Form):
    """Who, when it was received, and the papers themselves."""

    given_name = forms.CharField(max_length=100, label=gettext_lazy("First name"))
    family_name = forms.CharField(max_length=100, label=gettext_lazy("Last name"))
    email = forms.EmailField(
        required=False,
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Then the applicant gets the receipt and the notice by mail."),
    )
    phone = forms.CharField(required=False, max_length=40, label=gettext_lazy("Telephone"))
    address = forms.CharField(required=False, max_length=200, label=gettext_lazy("Address"))
    postal_code = forms.CharField(required=False, max_length=12, label=gettext_lazy("Postal code"))
    city = forms.CharField(required=False, max_length=80, label=gettext_lazy("Town"))
    channel = forms.ChoiceField(
        choices=[c for c in ReceiveChannel.choices if c[0] != ReceiveChannel.ONLINE], label=gettext_lazy("How it came")
    )
    received_at = CopenhagenTime(
        label=gettext_lazy("When it was received"),
        help_text=gettext_lazy(
            "The true time: of the e-mail, or when the letter came. After the deadline it is too late and answered as such."
        ),
    )
    originals = Originals(
        label=gettext_lazy("The scanned letter, or the e-mail with its files"),
        help_text=gettext_lazy("PDF, Word, OpenDocument, text or pictures; at most 10 MB each."),
    )
    origin = forms.ChoiceField(
        required=False, choices=[("", gettext_lazy("not known")), *Origin.choices], label=gettext_lazy("Origin")
    )
    source_medium = forms.ModelChoiceField(
        required=False,
        queryset=Medium.objects.none(),
        label=gettext_lazy("Where they saw the ad"),
        empty_label=gettext_lazy("not known"),
    )
    priority = forms.BooleanField(required=False, label=gettext_lazy("Asks for preferential access"))
    discretion = forms.BooleanField(
        required=False, label=gettext_lazy("Does not want to stand on the list of applicants")
    )

    def __init__(self, case: RecruitmentCase, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_medium"].queryset = Medium.objects.filter(publications__round__case=case).distinct()
        if not has_applicant_list(case):
            del self.fields[TICK]


@screen
def register(request: HttpRequest, case_id: uuid.UUID) -> HttpResponse:
    """The form, and then the application it has become."""
    case = case_for(request, case_id, Permission.APPLICATION_REGISTER_MANUAL)
    form = (
        RegisterForm(case, request.POST or None, request.FILES or None)
        if request.method == "POST"
        else RegisterForm(case)
    )
    if request.method == "POST" and form.is_valid():
        try:
            application = _register(request, case, form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            return _onward(request, case, application)
    return show_case(
        request, "workbench/register.html", case, tab="applications", title=_("Register an application"), form=form,
        crumbs=[(_("Applicants"), reverse("workbench:applications", args=[case.pk]))],
        status=BAD_INPUT if request.method == "POST" else 200,
    )  # fmt: skip


def _register(request: HttpRequest, case: RecruitmentCase, typed: dict[str, Any]) -> Application:
    round_ = case.rounds.order_by("-number").first()
    if round_ is None:
        raise ValidationError(_("The case has no round yet."))
    return register_manual(
        round_, actor=actor_of(request), person={name: typed[name] for name in PERSON}, channel=ReceiveChannel(typed["channel"]),
        received_at=typed["received_at"], originals=[(upload, upload.name) for upload in typed["originals"]],
        source_medium=typed["source_medium"], origin=typed["origin"], priority=typed["priority"], discretion=typed.get(TICK, False),
    )  # fmt: skip


def _onward(request: HttpRequest, case: RecruitmentCase, application: Application) -> HttpResponse:
    if application.state == ApplicationState.LATE:
        messages.warning(
            request, _("Registered as too late: it came after the deadline. Reference %s.") % application.reference
        )
    else:
        messages.success(request, _("Registered. Reference %s.") % application.reference)
    if may(actor_of(request), Permission.APPLICATION_READ_DOCUMENTS, application):
        return redirect("workbench:application", case.pk, application.pk)
    return redirect("workbench:applications", case.pk)
