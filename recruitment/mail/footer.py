"""What stands under every mail to an applicant: who is responsible for their data, whom to ask, and where it is explained."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from recruitment.mail.models import Message
from recruitment.organisation.legal import DataProtectionProfile

RULE = "-- "  # mail programs know it as the beginning of a signature


def footer_of(message: Message) -> str:
    """Plain lines, the same for everybody who hears from this employer; empty for letters to colleagues."""
    if message.candidate_id is None:
        return ""
    institution = message.institution
    profile = DataProtectionProfile.objects.filter(institution=institution).first()
    portal = settings.SITE_URL if message.language == "da" else f"{settings.SITE_URL}/{message.language}"
    with override(message.language):
        place = " ".join(part for part in (institution.postal_code, institution.city) if part)
        lines = [
            RULE,
            ", ".join(part for part in (institution.name, institution.address, place) if part),
            _("%s is responsible for your data.") % institution.name,
            _("Data protection officer: %s") % profile.dpo_contact if profile and profile.dpo_contact else "",
            _("How we use them: %s") % f"{portal}/privatliv/{institution.slug}/",
        ]
    return "\n".join(line for line in lines if line)
