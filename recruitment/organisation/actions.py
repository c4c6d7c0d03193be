"""Setting up an institution: its units, profile, settings and texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.events import Event, tell
from recruitment.organisation.legal import (
    DataProtectionProfile,
    LegalText,
    LegalTextKind,
    ProfileStatus,
)
from recruitment.organisation.models import Institution, InstitutionSettings, OrganisationalUnit, UnitType
from recruitment.people.models import User
from recruitment.rows import DataClass


@dataclass(frozen=True)
class InstitutionCreated(Event):
    """A new tenant is on the portal; faces prepare their places for it."""

    institution: Institution


@transaction.atomic
def create_institution(*, processor_name: str, **fields: Any) -> Institution:
    """A new institution with its top unit, default settings and a data-protection profile in draft."""
    institution = Institution(**fields)
    institution.full_clean()
    institution.save()
    OrganisationalUnit.add_root(
        institution=institution,
        name_da=institution.name_da,
        name_en=institution.name_en,
        unit_type=UnitType.INSTITUTION,
        address=institution.address,
        postal_code=institution.postal_code,
        city=institution.city,
    )
    InstitutionSettings.objects.create(institution=institution)
    DataProtectionProfile.objects.create(institution=institution, processor_name=processor_name)
    tell(InstitutionCreated(institution))
    return institution


@transaction.atomic
def save_profile(profile: DataProtectionProfile, changes: Mapping[str, Any]) -> DataProtectionProfile:
    """Change the profile. A new processor makes it NEEDS_UPDATE (INV-2). Raises ValidationError where INV-1 is not met."""
    current = DataProtectionProfile.objects.select_for_update().get(pk=profile.pk)
    old_processor = current.processor_name
    for name, value in changes.items():
        setattr(current, name, value)
    if current.processor_name != old_processor:
        current.status = ProfileStatus.NEEDS_UPDATE
    if problems := why_sensitive_is_not_allowed(current):
        raise ValidationError(problems)
    current.save()
    return current


def why_sensitive_is_not_allowed(profile: DataProtectionProfile) -> list[ValidationError]:
    """What INV-1 asks for and the profile lacks, when it wants to process sensitive data."""
    if not profile.sensitive_processing_enabled:
        return []
    checks = (
        (
            profile.own_consent_text_id and not profile.own_consent_text.is_standard,  # type: ignore[union-attr]
            _("Sensitive data need the institution's own consent text; the standard text covers ordinary data only."),
            "own_text",
        ),
        (
            profile.authority_registration_ref or (profile.dpia_ref and profile.dpia_approved_by),
            _("Sensitive data need an approved impact assessment (DPIA) or a registration with the authority."),
            "paper",
        ),
        (
            profile.processor_name_on_registration == profile.processor_name,
            _("The processor named on that paper must be the present processor."),
            "processor",
        ),
    )
    return [ValidationError(message, code=code) for present, message, code in checks if not present]


@transaction.atomic
def approve_profile(profile: DataProtectionProfile, *, by: User | None) -> DataProtectionProfile:
    """Approve the profile as it stands. Raises ValidationError where INV-1 is not met."""
    if problems := why_sensitive_is_not_allowed(profile):
        raise ValidationError(problems)
    profile.status, profile.approved_by, profile.approved_at = ProfileStatus.APPROVED, by, clock.now()
    profile.save()
    return profile


@transaction.atomic
def publish_legal_text(
    institution: Institution | None, kind: LegalTextKind, language: str, body: str, *, by: User | None,
    data_class: DataClass = DataClass.ORDINARY,
) -> LegalText:  # fmt: skip
    """A new version, in force at once; earlier applicants keep the one they saw. The same text again makes no version."""
    versions = LegalText.objects.filter(institution=institution, kind=kind, language=language)
    newest = versions.order_by("-version").first()
    if newest is not None and newest.body == body and newest.data_class == data_class:
        return newest
    return LegalText.objects.create(
        institution=institution, kind=kind, language=language, body=body, data_class=data_class, created_by=by,
        version=(versions.aggregate(last=Max("version"))["last"] or 0) + 1,
    )  # fmt: skip
