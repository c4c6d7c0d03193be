"""The data-protection profile (INV-1, INV-2) and the versioned notice and consent texts (C7)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.organisation.models import Institution
from recruitment.reach import Reach
from recruitment.rows import DataClass, Language, Row


class LegalTextKind(models.TextChoices):
    """What a text is for: the notice at the gate (art. 13), or a consent to one purpose."""

    PRIVACY_NOTICE = "PRIVACY_NOTICE", _("how we use your data")
    SENSITIVE_DATA = "SENSITIVE_DATA", _("consent to sensitive data")
    TALENT_POOL = "TALENT_POOL", _("consent to the talent pool")
    FUTURE_CONTACT = "FUTURE_CONTACT", _("consent to be contacted later")
    REFERENCE = "REFERENCE", _("consent to references")
    CURRENT_EMPLOYER = "CURRENT_EMPLOYER", _("consent to a reference from the present employer")


class LegalText(Row):
    """One version of a text in one language. Never edited: a change is a new version, and applicants keep the one they saw."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="legal_texts"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=LegalTextKind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    version = models.PositiveIntegerField()
    body = models.TextField(_("text"))
    data_class = models.CharField(max_length=12, choices=DataClass, default=DataClass.ORDINARY)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey("recruitment.User", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("notice or consent text")
        verbose_name_plural = _("notice and consent texts")
        ordering = ("kind", "language", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=["institution", "kind", "language", "version"],
                name="legal_text_version_once",
                nulls_distinct=False,
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.language}) v{self.version}"

    @property
    def is_standard(self) -> bool:
        """Whether it is the text shipped with the portal."""
        return self.institution_id is None


class ProfileStatus(models.TextChoices):
    """Where the profile stands (C9)."""

    DRAFT = "DRAFT", _("draft")
    APPROVED = "APPROVED", _("approved")
    NEEDS_UPDATE = "NEEDS_UPDATE", _("needs to be renewed")


class LegalBasis(models.TextChoices):
    """GDPR article that the processing of ordinary data stands on."""

    ART_6_1_E = "6-1-e", _("exercise of official authority, art. 6(1)(e)")
    ART_6_1_B = "6-1-b", _("steps prior to a contract, art. 6(1)(b)")
    ART_6_1_A = "6-1-a", _("consent, art. 6(1)(a)")


class DataProtectionProfile(Row):
    """What the institution has decided and documented about applicants' data (guide p. 5; INV-1, INV-2)."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="data_protection")
    status = models.CharField(max_length=12, choices=ProfileStatus, default=ProfileStatus.DRAFT)
    processor_name = models.CharField(_("data processor"), max_length=160)
    processor_agreement_ref = models.CharField(_("reference of the processor agreement"), max_length=120, blank=True)
    controller_contact = models.CharField(_("contact of the controller"), max_length=200, blank=True)
    dpo_contact = models.CharField(_("data protection officer"), max_length=200, blank=True)
    joint_controller_name = models.CharField(_("joint controller"), max_length=160, blank=True)
    joint_controller_arrangement_ref = models.CharField(_("joint arrangement"), max_length=120, blank=True)
    article30_record_ref = models.CharField(_("record of processing (art. 30)"), max_length=120, blank=True)
    sensitive_processing_enabled = models.BooleanField(_("sensitive data may be asked for"), default=False)
    sensitive_categories = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    authority_registration_ref = models.CharField(_("registration with Datatilsynet"), max_length=120, blank=True)
    authority_registration_date = models.DateField(null=True, blank=True)
    processor_name_on_registration = models.CharField(_("processor on that paper"), max_length=160, blank=True)
    dpia_ref = models.CharField(_("impact assessment (DPIA)"), max_length=120, blank=True)
    dpia_date = models.DateField(null=True, blank=True)
    dpia_approved_by = models.CharField(_("DPIA approved by"), max_length=120, blank=True)
    dpia_next_review = models.DateField(null=True, blank=True)
    own_consent_text = models.ForeignKey(LegalText, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    legal_basis_ordinary = models.CharField(max_length=6, choices=LegalBasis, default=LegalBasis.ART_6_1_E)
    legal_basis_sensitive = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    archive_authority_ref = models.CharField(_("Rigsarkivet's permission to discard"), max_length=160, blank=True)
    approved_by = models.ForeignKey("recruitment.User", null=True, blank=True, on_delete=models.SET_NULL)
    approved_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("data-protection profile")
        constraints = (
            models.CheckConstraint(
                name="sensitive_data_need_own_text_and_paper",
                condition=Q(sensitive_processing_enabled=False)
                | (
                    Q(own_consent_text__isnull=False)
                    & (~Q(authority_registration_ref="") | (~Q(dpia_ref="") & ~Q(dpia_approved_by="")))
                    & ~Q(processor_name="")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"data protection of {self.institution_id}"
