"""Institutions (the tenants), their units, workplaces and settings (domain B1)."""

import zlib
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node

from recruitment.reach import Reach
from recruitment.rows import Language, Row


class InstitutionStatus(models.TextChoices):
    """An institution's life on the portal."""

    ONBOARDING = "ONBOARDING", _("getting started")
    ACTIVE = "ACTIVE", _("active")
    SUSPENDED = "SUSPENDED", _("suspended")
    OFFBOARDED = "OFFBOARDED", _("left the portal")


class Institution(Row):
    """A hiring authority: legal employer, responsible for its data, and the wall between tenants."""

    REACH: ClassVar[Reach] = Reach(institution="pk")

    slug = models.SlugField(_("short address"), unique=True)
    name_da = models.CharField(_("name in Danish"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    cvr_number = models.CharField(_("CVR number"), max_length=8, unique=True, validators=[RegexValidator(r"^\d{8}$")])
    ean_number = models.CharField(_("EAN number"), max_length=13, blank=True)
    ministry_name = models.CharField(_("ministry"), max_length=160, blank=True)
    status = models.CharField(max_length=12, choices=InstitutionStatus, default=InstitutionStatus.ACTIVE)
    default_language = models.CharField(max_length=2, choices=Language, default=Language.DANISH)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    sender_name = models.CharField(_("sender's name in mails"), max_length=120, blank=True)
    sender_email = models.EmailField(_("sender's address in mails"), blank=True)
    reply_to_email = models.EmailField(_("replies go to"), blank=True)
    support_email = models.EmailField(_("support by e-mail"), blank=True)
    support_phone = models.CharField(_("support by telephone"), max_length=40, blank=True)
    accessibility_statement_url = models.URLField(_("accessibility statement"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ("name_da",)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if translation.get_language() == "en" and self.name_en else self.name_da


class UnitType(models.TextChoices):
    """What sort of organisational unit it is."""

    INSTITUTION = "INSTITUTION", _("institution")
    DEPARTMENT = "DEPARTMENT", _("department")
    AGENCY = "AGENCY", _("agency")
    OFFICE = "OFFICE", _("office")
    INSTITUTE = "INSTITUTE", _("institute")
    DISTRICT = "DISTRICT", _("district")
    OTHER = "OTHER", _("other")


class OrganisationalUnit(MP_Node):
    """A level of an institution. Roles given at a level hold for it and everything below (guide p. 22)."""

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="path")

    id = models.UUIDField(primary_key=True, default=Row._meta.get_field("id").default, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="units")
    name_da = models.CharField(_("name in Danish"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    unit_type = models.CharField(_("type"), max_length=12, choices=UnitType, default=UnitType.OFFICE)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_case_creation_allowed = models.BooleanField(_("cases may be created here"), default=True)
    external_ids = models.JSONField(default=dict, blank=True)
    active = models.BooleanField(_("active"), default=True)

    node_order_by: ClassVar[list[str]] = ["name_da"]

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    @property
    def legacy_id(self) -> int:
        """Its number for those who read the list as the old system gave it: the old one where it was kept (G.1)."""
        kept = str(self.external_ids.get("hr_manager", ""))
        return int(kept) if kept.isdigit() else zlib.crc32(self.pk.bytes) >> 1

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if translation.get_language() == "en" and self.name_en else self.name_da


class RemoteDegree(models.TextChoices):
    """How much of the work can be done from home."""

    NONE = "NONE", _("at the workplace")
    PARTLY = "PARTLY", _("partly from home")
    FULL = "FULL", _("from home")


class Workplace(Row):
    """A place where people work; codes are those of the state's address register."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="workplaces")
    unit = models.ForeignKey(OrganisationalUnit, null=True, blank=True, on_delete=models.SET_NULL)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80)
    municipality_code = models.CharField(_("municipality"), max_length=4, blank=True)
    region_code = models.CharField(_("region"), max_length=4, blank=True)
    country = models.CharField(_("country"), max_length=2, default="DK")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    no_fixed_workplace = models.BooleanField(_("no fixed workplace"), default=False)
    remote_degree = models.CharField(_("work from home"), max_length=6, choices=RemoteDegree, default=RemoteDegree.NONE)

    class Meta:
        verbose_name = _("workplace")
        verbose_name_plural = _("workplaces")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class RetentionTrigger(models.TextChoices):
    """From which event the time of keeping is counted."""

    SUBMITTED = "SUBMITTED", _("the application came")
    DEADLINE = "DEADLINE", _("the deadline")
    CASE_CLOSED = "CASE_CLOSED", _("the case was closed")


class InstitutionSettings(Row):
    """What an institution decides for all its cases. Figures in days, minutes and months as named."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="settings")
    default_interview_minutes = models.PositiveSmallIntegerField(default=45)
    default_pause_minutes = models.PositiveSmallIntegerField(default=15)
    min_application_days = models.PositiveSmallIntegerField(_("shortest application period in days"), default=14)
    expected_answer_days = models.PositiveSmallIntegerField(_("days from deadline to promised answer"), default=42)
    hearing_workdays = models.PositiveSmallIntegerField(
        _("working days to answer a hearing in"), default=5, validators=[MinValueValidator(1)]
    )
    access_workdays = models.PositiveSmallIntegerField(
        _("working days before somebody who asked to see their papers is told how far we are"), default=7, validators=[MinValueValidator(1)]
    )  # fmt: skip
    jobnet_auto_publish = models.BooleanField(_("Jobnet is chosen for every ad"), default=True)
    blind_rating = models.BooleanField(_("ratings are hidden until one's own is given"), default=True)
    small_number_threshold = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(5)])
    legality_check_required = models.BooleanField(default=False)
    internal_networks = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    sign_in_provider = models.CharField(_("own staff sign in by"), max_length=60, blank=True)
    bulk_grace_minutes = models.PositiveSmallIntegerField(
        _("minutes before many letters go"), default=10, db_default=10, validators=[MaxValueValidator(1440)]
    )
    bulk_letters_a_minute = models.PositiveSmallIntegerField(
        _("letters a minute, when many are sent"), default=60, db_default=60,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )  # fmt: skip
    mail_needs_encryption = models.BooleanField(
        _("mail that cannot be delivered encrypted goes to the secure inbox"), default=False, db_default=False
    )
    retention_trigger = models.CharField(max_length=12, choices=RetentionTrigger, default=RetentionTrigger.CASE_CLOSED)
    retention_months = models.PositiveSmallIntegerField(
        _("months that applications are kept"), default=6, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    retention_reason = models.TextField(_("why they are kept so long"), blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(small_number_threshold__gte=5), name="small_numbers_are_hidden_below_five_or_more"
            ),
            models.CheckConstraint(
                condition=models.Q(retention_months__lte=36) | ~models.Q(retention_reason=""),
                name="keeping_beyond_36_months_needs_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"settings of {self.institution_id}"
