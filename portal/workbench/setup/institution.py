"""Master data, settings and workplaces."""

import ipaddress
import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.guard import actor_of
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.institutions import edit_institution, save_workplace
from recruitment.access.permissions import Permission
from recruitment.organisation.models import Institution, InstitutionSettings, Workplace


class InstitutionForm(forms.ModelForm):
    """What the institution is called and where it is."""

    website = forms.URLField(required=False, assume_scheme="https", label=gettext_lazy("Website"))
    accessibility_statement_url = forms.URLField(
        required=False, assume_scheme="https", label=gettext_lazy("Accessibility statement")
    )

    class Meta:
        model = Institution
        fields = (
            "name_da", "name_en", "ministry_name", "ean_number", "address", "postal_code", "city", "website", "sender_name",
            "sender_email", "reply_to_email", "support_email", "support_phone", "accessibility_statement_url",
        )  # fmt: skip
        help_texts = {
            "name_en": gettext_lazy("For ads and letters in English."),
            "sender_name": gettext_lazy("Empty: the institution's name."),
            "sender_email": gettext_lazy(
                "Empty: the portal's address. Your mail server must let the portal send as this one."
            ),
            "reply_to_email": gettext_lazy("Where answers to automatic letters arrive. Empty: the support address."),
            "support_email": gettext_lazy("For applicants who cannot get on."),
        }


def own_networks(typed: str) -> list[str]:
    """Networks as they are kept. Raises ValidationError naming what is none, or too wide to be anybody's own."""
    found = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        try:
            network = ipaddress.ip_network(line, strict=False)
        except ValueError:
            raise ValidationError(_("“%s” is not a network.") % line, code="invalid") from None
        if network.prefixlen < (8 if network.version == 4 else 16):
            raise ValidationError(_("“%s” is too wide to be one's own network.") % line, code="too_wide")
        found.append(str(network))
    return found


def sign_in_choices() -> list[tuple[str, Any]]:
    """The identity providers that the installation knows."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return [("", gettext_lazy("no sign-in")), *((app["provider_id"], app["name"]) for app in apps)]


class SettingsForm(forms.ModelForm):
    """Periods, how long applications are kept, and who sees ads for own staff."""

    internal_networks = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=1000, label=gettext_lazy("Own networks, one a line"),
        help_text=gettext_lazy("Who comes from here sees ads for own staff without signing in. For example 192.0.2.0/24."),
    )  # fmt: skip
    sign_in_provider = forms.ChoiceField(
        required=False, choices=sign_in_choices, label=gettext_lazy("Own staff sign in by"),
        help_text=gettext_lazy("Lets them see ads for own staff from anywhere. They need no role and no account here."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["internal_networks"] = "\n".join(self.instance.internal_networks)

    def clean_internal_networks(self) -> list[str]:
        """One a line; a network that holds half the world is a slip."""
        return own_networks(self.cleaned_data["internal_networks"])

    class Meta:
        model = InstitutionSettings
        fields = (
            "min_application_days",
            "expected_answer_days",
            "hearing_workdays",
            "access_workdays",
            "jobnet_auto_publish",
            "bulk_grace_minutes",
            "bulk_letters_a_minute",
            "mail_needs_encryption",
            "retention_trigger",
            "retention_months",
            "retention_reason",
            "internal_networks",
            "sign_in_provider",
        )
        widgets = {"retention_reason": forms.Textarea(attrs={"rows": 2})}
        labels = {"retention_trigger": gettext_lazy("Applications are kept, counted from")}
        help_texts = {
            "min_application_days": gettext_lazy("A shorter one needs a written reason on the case."),
            "expected_answer_days": gettext_lazy(
                "Fills in the date that the ad promises; HR may choose another on the case."
            ),
            "bulk_grace_minutes": gettext_lazy(
                "In this time a sending to many can be stopped without anybody getting a letter."
            ),
            "mail_needs_encryption": gettext_lazy(
                "The mail server must know how to insist on it; ask whoever runs it."
            ),
            "retention_months": gettext_lazy("Six months is usual. Longer needs a reason below."),
        }


class WorkplaceForm(forms.ModelForm):
    """A place where people work."""

    class Meta:
        model = Workplace
        fields = (
            "name",
            "address",
            "postal_code",
            "city",
            "municipality_code",
            "region_code",
            "remote_degree",
            "no_fixed_workplace",
        )


@screen
def master_data(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """One form for both."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    typed = request.POST if request.method == "POST" else None
    own = InstitutionSettings.objects.filter(institution=institution).first() or InstitutionSettings(
        institution=institution
    )
    form, periods = InstitutionForm(typed, instance=institution), SettingsForm(typed, instance=own)
    if typed is not None and form.is_valid() & periods.is_valid():
        try:
            row = Institution.objects.get(pk=institution.pk)
            edit_institution(row, actor=actor_of(request), changes=form.cleaned_data, settings=periods.cleaned_data)
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The institution has been saved."))
            return redirect("workbench:institution", institution.pk)
    fresh = Institution.objects.get(pk=institution.pk)
    return show_setup(
        request, "workbench/setup/institution.html", fresh, tab="institution", title=_("Institution"), form=form,
        settings=periods, workplaces=fresh.workplaces.all(), status=BAD_INPUT if typed is not None else 200,
    )  # fmt: skip


@screen
def workplace(request: HttpRequest, institution_id: uuid.UUID, workplace_id: uuid.UUID | None = None) -> HttpResponse:
    """Add or change a workplace."""
    institution = institution_for(request, institution_id, Permission.INSTITUTION_EDIT_MASTER_DATA)
    row = (
        get_object_or_404(institution.workplaces, pk=workplace_id)
        if workplace_id
        else Workplace(institution=institution)
    )
    form = WorkplaceForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        save_workplace(row, actor=actor_of(request), changes=form.cleaned_data)
        messages.success(request, _("The workplace has been saved."))
        return redirect("workbench:institution", institution.pk)
    return show_setup(
        request, "workbench/setup/one_form.html", institution, tab="institution", title=_("Workplace"), form=form,
        status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip
