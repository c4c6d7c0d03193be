"""Which text is in force, and what it says once the institution's names are in it."""

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.organisation.legal import DataProtectionProfile, LegalText, LegalTextKind
from recruitment.organisation.models import Institution, RetentionTrigger


def text_in_force(institution: Institution, kind: LegalTextKind, language: str) -> LegalText | None:
    """The newest version of the institution's own text, else of the one shipped; in the other language if need be."""
    texts = LegalText.objects.filter(kind=kind, institution__in=[institution]) | LegalText.objects.filter(
        kind=kind, institution__isnull=True
    )
    for wanted in (language, "da" if language != "da" else "en"):
        found = texts.filter(language=wanted).order_by(F("institution").asc(nulls_last=True), "-version").first()
        if found is not None:
            return found
    return None


def retention_text(institution: Institution, language: str) -> str:
    """When applications are deleted, as words: "6 months after the case has been closed"."""
    settings = institution.settings
    with override(language):
        events = {
            RetentionTrigger.SUBMITTED: _("after you sent it"),
            RetentionTrigger.DEADLINE: _("after the application deadline"),
            RetentionTrigger.CASE_CLOSED: _("after the recruitment has ended"),
        }
        return _("%(months)d months %(event)s") % {
            "months": settings.retention_months,
            "event": events[RetentionTrigger(settings.retention_trigger)],
        }


def filled_text(text: LegalText, institution: Institution) -> str:
    """The text with names, basis and times put in: exactly what an applicant is shown and what the ledger keeps."""
    profile = DataProtectionProfile.objects.get(institution=institution)
    with override(text.language):
        values = {
            "institution": institution.name,
            "basis": str(profile.get_legal_basis_ordinary_display()),
            "processor_name": profile.processor_name,
            "controller_contact": profile.controller_contact or institution.support_email,
            "dpo_contact": profile.dpo_contact,
            "joint_controller_text": _("%s is responsible together with us.") % profile.joint_controller_name
            if profile.joint_controller_name
            else "",
            "retention_text": retention_text(institution, text.language),
        }
    body = text.body
    for name, value in values.items():
        body = body.replace("{" + name + "}", str(value))
    return body
