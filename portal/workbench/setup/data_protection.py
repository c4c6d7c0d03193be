"""The data-protection profile with what INV-1 and INV-2 ask of it."""

import uuid

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from portal.guard import actor_of
from portal.workbench.fields import DayInput
from portal.workbench.screens import BAD_INPUT, blame, screen
from portal.workbench.setup.frame import institution_for, show_setup
from recruitment.access.institutions import approve_data_protection, change_data_protection
from recruitment.access.permissions import Permission
from recruitment.organisation.actions import why_sensitive_is_not_allowed
from recruitment.organisation.legal import DataProtectionProfile, LegalText


class ProfileForm(forms.ModelForm):
    """What the institution has decided and documented."""

    class Meta:
        model = DataProtectionProfile
        fields = (
            "processor_name", "processor_agreement_ref", "controller_contact", "dpo_contact", "joint_controller_name",
            "joint_controller_arrangement_ref", "article30_record_ref", "legal_basis_ordinary", "archive_authority_ref",
            "sensitive_processing_enabled", "own_consent_text", "authority_registration_ref", "authority_registration_date",
            "processor_name_on_registration", "dpia_ref", "dpia_date", "dpia_approved_by", "dpia_next_review",
        )  # fmt: skip
        widgets = {name: DayInput() for name in ("authority_registration_date", "dpia_date", "dpia_next_review")}
        labels = {
            "authority_registration_date": gettext_lazy("Date of the registration"), "dpia_date": gettext_lazy("Date of the DPIA"),
            "dpia_next_review": gettext_lazy("Next review of the DPIA"), "own_consent_text": gettext_lazy("Own consent text"),
            "legal_basis_ordinary": gettext_lazy("Basis of ordinary data"),
        }  # fmt: skip
        help_texts = {
            "processor_name": gettext_lazy(
                "Who runs the portal for you. A new one makes the profile fall due for renewal."
            ),
            "controller_contact": gettext_lazy("Stands in the notice that applicants accept."),
            "dpo_contact": gettext_lazy("Stands in the notice that applicants accept."),
            "joint_controller_name": gettext_lazy("Only if another authority decides with you (article 26)."),
            "article30_record_ref": gettext_lazy("Number of your record of processing activities."),
            "sensitive_processing_enabled": gettext_lazy(
                "Health, criminal records and the like. Needs everything on the list above."
            ),
            "own_consent_text": gettext_lazy(
                "Written under Texts; the standard text is not enough for sensitive data."
            ),
            "processor_name_on_registration": gettext_lazy("Must be the data processor above."),
        }

    def validate_constraints(self) -> None:
        """Left to the deed, which says it in words."""


@screen
def profile(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Show and change."""
    institution = institution_for(request, institution_id, Permission.DATAPROTECTION_EDIT)
    row = get_object_or_404(DataProtectionProfile, institution=institution)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=row)
    form.fields["own_consent_text"].queryset = LegalText.objects.filter(institution=institution)
    if request.method == "POST" and form.is_valid():
        try:
            change_data_protection(
                DataProtectionProfile.objects.get(pk=row.pk), actor=actor_of(request), changes=form.cleaned_data
            )
        except ValidationError as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The profile has been saved."))
            return redirect("workbench:data_protection", institution.pk)
    fresh = DataProtectionProfile.objects.get(pk=row.pk)
    return show_setup(
        request, "workbench/setup/data_protection.html", institution, tab="data_protection", title=_("Data protection"),
        form=form, profile=fresh, requirements=requirements_of(fresh), status=BAD_INPUT if form.is_bound else 200,
    )  # fmt: skip


def requirements_of(row: DataProtectionProfile) -> list[tuple[str, bool]]:
    """What must hold before sensitive data are asked for (INV-1), and whether it does."""
    wanting = DataProtectionProfile.objects.get(pk=row.pk)
    wanting.sensitive_processing_enabled = True
    lacking = {problem.code for problem in why_sensitive_is_not_allowed(wanting)}
    return [
        (_("The institution's own consent text is chosen"), "own_text" not in lacking),
        (_("There is a registration with Datatilsynet, or an approved DPIA"), "paper" not in lacking),
        (_("That paper names the present data processor"), "processor" not in lacking),
        (_("The profile is approved, and the processor has not changed since"), row.status == "APPROVED"),
    ]


@screen
@require_POST
def approve(request: HttpRequest, institution_id: uuid.UUID) -> HttpResponse:
    """Put it in force."""
    institution = institution_for(request, institution_id, Permission.DATAPROTECTION_EDIT)
    row = get_object_or_404(DataProtectionProfile, institution=institution)
    try:
        approve_data_protection(row, actor=actor_of(request))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("The profile is in force."))
    return redirect("workbench:data_protection", institution.pk)
