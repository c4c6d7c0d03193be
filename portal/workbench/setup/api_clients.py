"""API clients: made, restricted, renewed, shut. A secret is shown once."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.confirm import ask_first
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment import clock
from recruitment.access.clients import clients_of, make_client, renew_secret, restrict_client
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution
from recruitment.people.models import ApiClient

SCOPES = [
    ("cases:read", gettext_lazy("cases")),
    ("applications:read", gettext_lazy("applications, without who they are from")),
    ("applications:pii:read", gettext_lazy("applicants' names, answers and documents")),
    ("stats:read", gettext_lazy("statistics")),
]


class RestrictForm(forms.Form):
    """What it may read, and from where."""

    scopes = forms.MultipleChoiceField(
        choices=SCOPES,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("May read"),
        error_messages={"required": gettext_lazy("Choose what the client may read.")},
    )
    networks = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        label=gettext_lazy("Only from these networks, one a line"),
        help_text=gettext_lazy("Empty: from anywhere. For example 192.0.2.0/24."),
    )
    contact_email = forms.EmailField(label=gettext_lazy("Who looks after it, by e-mail"))

    def clean_networks(self) -> list[str]:
        """One a line."""
        return [line.strip() for line in self.cleaned_data["networks"].splitlines() if line.strip()]


class NewClientForm(RestrictForm):
    """With a name."""

    name = forms.CharField(max_length=100, label=gettext_lazy("Name"))
    field_order = ("name",)


class ClientForm(RestrictForm):
    """And a switch."""

    is_active = forms.BooleanField(required=False, label=gettext_lazy("May sign in"))


@screen
def clients(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """All of them, and when they were last used."""
    institution = institution_for(request, institution_id, Permission.API_CLIENT_EDIT)
    rows = clients_of(actor_of(request), institution)
    return show_setup(
        request,
        "workbench/setup/api_clients.html",
        institution,
        tab="api_clients",
        title=_("API clients"),
        clients=rows,
    )


@screen
def new(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Make one; its secret stands on the answer and nowhere else."""
    institution = institution_for(request, institution_id, Permission.API_CLIENT_EDIT)
    form = NewClientForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made, secret = make_client(institution=institution, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            return _show_secret(request, institution, made, secret)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="api_clients", title=_("New API client"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def _show_secret(request: HttpRequest, institution: Institution, client: ApiClient, secret: str) -> HttpResponse:
    return show_setup(
        request,
        "workbench/setup/secret.html",
        institution,
        tab="api_clients",
        title=_("The secret"),
        client=client,
        secret=secret,
    )


def _own(request: HttpRequest, institution: Institution, client_id: int) -> Any:
    return get_object_or_404(clients_of(actor_of(request), institution), pk=client_id)


@screen
def client(request: HttpRequest, institution_id: uuid.UUID, client_id: int) -> HttpResponse:
    """Restrict it, or shut it."""
    institution = institution_for(request, institution_id, Permission.API_CLIENT_EDIT)
    row = _own(request, institution, client_id)
    initial = {
        "scopes": row.scopes,
        "networks": "\n".join(row.allowed_networks),
        "contact_email": row.contact_email,
        "is_active": row.is_active,
    }
    form = ClientForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            restrict_client(row, institution=institution, actor=actor_of(request), **form.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("%s has been saved.") % row.name)
            return redirect("workbench:api_clients", institution.pk)
    return show_setup(
        request, "workbench/setup/api_client.html", institution, tab="api_clients", title=row.name, form=form, client=row,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


@screen
@require_POST
def rotate(request: HttpRequest, institution_id: uuid.UUID, client_id: int) -> HttpResponse:
    """A new secret; the one before works for another week."""
    institution = institution_for(request, institution_id, Permission.API_CLIENT_EDIT)
    row = _own(request, institution, client_id)
    consequence = _("The present secret of %s works for another week.") % row.name
    if row.previous_secret_expires_at and row.previous_secret_expires_at > clock.now():
        consequence += " " + _("The one before it still works now and stops at once.")
    asked = ask_first(
        request, title=_("Make a new secret?"), button=_("Make a new secret"), consequence=consequence,
        back=reverse("workbench:api_client", args=[institution.pk, row.pk]),
    )  # fmt: skip
    return asked or _show_secret(
        request, institution, row, renew_secret(row, institution=institution, actor=actor_of(request))
    )
