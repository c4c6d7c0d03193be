"""The recruitment case (domain B4)."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.organisation.classification import Classification
from recruitment.organisation.models import Institution, OrganisationalUnit, Workplace
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import DataClass, Language, Row


class CaseState(models.TextChoices):
    """C1."""

    DRAFT = "DRAFT", _("draft")
    READY = "READY", _("approved")
    ADVERTISED = "ADVERTISED", _("advertised")
    ASSESSING = "ASSESSING", _("being assessed")
    INTERVIEWING = "INTERVIEWING", _("interviews")
    DECIDING = "DECIDING", _("decision")
    CONCLUDING = "CONCLUDING", _("closing")
    CLOSED = "CLOSED", _("closed")
    ANONYMISED = "ANONYMISED", _("anonymised")


class CaseType(models.TextChoices):
    """Whether it recruits, gathers open applications, or is for staff only."""

    RECRUITMENT = "RECRUITMENT", _("vacancy")
    OPEN_APPLICATION = "OPEN_APPLICATION", _("open applications")
    INTERNAL_ONLY = "INTERNAL_ONLY", _("for own staff only")


class CaseOutcome(models.TextChoices):
    """How a closed case ended."""

    FILLED = "FILLED", _("filled")
    PARTLY_FILLED = "PARTLY_FILLED", _("partly filled")
    UNFILLED = "UNFILLED", _("not filled")
    CANCELLED = "CANCELLED", _("cancelled")


class EmploymentBasis(models.TextChoices):
    """The ground of the employment."""

    COLLECTIVE_AGREEMENT = "COLLECTIVE_AGREEMENT", _("collective agreement")
    CIVIL_SERVANT = "CIVIL_SERVANT", _("civil servant")
    FIXED_TERM_OFFICE = "FIXED_TERM_OFFICE", _("fixed-term office (åremål)")


class EmploymentDuration(models.TextChoices):
    """How long the employment lasts."""

    PERMANENT = "PERMANENT", _("permanent")
    FIXED_TERM = "FIXED_TERM", _("fixed-term")
    TEMPORARY_COVER = "TEMPORARY_COVER", _("temporary cover")


class WorkingTime(models.TextChoices):
    """Full or part time."""

    FULL_TIME = "FULL_TIME", _("full time")
    PART_TIME = "PART_TIME", _("part time")


class AdvertisingExemption(models.TextChoices):
    """Why a post is not advertised (PAV 15.3.1.2, INV-8)."""

    NONE = "", _("advertised publicly")
    TEMP_UNDER_1_YEAR = "TEMP_UNDER_1_YEAR", _("temporary, under one year")
    SOCIAL_CHAPTER = "SOCIAL_CHAPTER", _("social chapter")
    APPOINTMENT_BY_LAW = "APPOINTMENT_BY_LAW", _("appointment laid down by law")
    TRANSFER = "TRANSFER", _("transfer within the area of employment")
    OTHER = "OTHER", _("other, with a reason")


class RecruitmentCase(Row):
    """One recruitment of one or more people. `str()` shows the number, never a title or a name."""

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="unit__path", case="pk")

    case_number = models.CharField(_("case number"), max_length=20)
    records_reference = models.CharField(_("records reference"), max_length=60, blank=True)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(OrganisationalUnit, on_delete=models.PROTECT, related_name="cases")
    title = models.CharField(_("job title"), max_length=160)
    title_en = models.CharField(_("job title in English"), max_length=160, blank=True)
    case_type = models.CharField(max_length=16, choices=CaseType, default=CaseType.RECRUITMENT)
    positions_count = models.PositiveSmallIntegerField(_("positions"), default=1, validators=[MinValueValidator(1)])
    employment_basis = models.CharField(max_length=20, choices=EmploymentBasis, default="COLLECTIVE_AGREEMENT")
    employment_duration = models.CharField(max_length=15, choices=EmploymentDuration, default="PERMANENT")
    duration_until = models.DateField(_("until"), null=True, blank=True)
    working_time = models.CharField(max_length=9, choices=WorkingTime, default=WorkingTime.FULL_TIME)
    weekly_hours_min = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    weekly_hours_max = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    part_time_possible = models.BooleanField(_("part time can be agreed"), default=True)
    part_time_refusal_reason = models.CharField(_("why part time is not possible"), max_length=200, blank=True)
    position_category = models.ForeignKey(
        Classification, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    staff_group = models.ForeignKey(Classification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    occupation = models.ForeignKey(Classification, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    collective_agreements = models.ManyToManyField(Classification, blank=True, related_name="+")
    employment_area = models.CharField(_("area of employment"), max_length=240, blank=True)
    pay_placement_text = models.TextField(_("pay and grading"), blank=True)
    pay_min = models.PositiveIntegerField(_("pay from, kr. a year"), null=True, blank=True)
    pay_max = models.PositiveIntegerField(_("pay to, kr. a year"), null=True, blank=True)
    official_residence_text = models.CharField(_("official residence"), max_length=200, blank=True)
    start_date = models.DateField(_("start date"), null=True, blank=True)
    start_asap = models.BooleanField(_("as soon as possible"), default=False)
    workplaces = models.ManyToManyField(Workplace, blank=True, related_name="cases")
    interview_dates = ArrayField(models.DateField(), default=list, blank=True)
    committee_reads_at_once = models.BooleanField(_("the committee reads applications as they arrive"), default=True)
    expected_answer_date = models.DateField(_("promised answer date"), null=True, blank=True)
    advertising_required = models.BooleanField(_("must be advertised"), default=True)
    advertising_exemption = models.CharField(
        max_length=20, choices=AdvertisingExemption, default=AdvertisingExemption.NONE, blank=True
    )
    advertising_exemption_reason = models.TextField(blank=True)
    postal_application_address = models.CharField(_("address for applications on paper"), max_length=240, blank=True)
    data_class = models.CharField(_("kind of data"), max_length=12, choices=DataClass, default=DataClass.ORDINARY)
    hiring_manager = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="managed_cases"
    )
    hr_responsible = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="hr_cases")
    language = models.CharField(max_length=2, choices=Language, default=Language.DANISH)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.DRAFT)
    sub_stage = models.ForeignKey(
        "recruitment.SubStage", null=True, blank=True, on_delete=models.SET_NULL, related_name="cases"
    )
    outcome = models.CharField(max_length=13, choices=CaseOutcome, blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    advertised_at = models.DateTimeField(null=True, blank=True)
    deadline_passed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")

    class Meta:
        verbose_name = _("recruitment case")
        verbose_name_plural = _("recruitment cases")
        ordering = ("-created_at",)
        constraints = (
            models.UniqueConstraint(fields=["institution", "case_number"], name="case_number_once_an_institution"),
            models.CheckConstraint(condition=Q(positions_count__gte=1), name="a_case_has_a_position"),
            models.CheckConstraint(
                condition=Q(advertising_required=True)
                | (~Q(advertising_exemption="") & ~Q(advertising_exemption_reason="")),
                name="no_advertising_needs_exemption_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(pay_min__isnull=True) | Q(pay_max__isnull=True) | Q(pay_min__lte=F("pay_max")),
                name="pay_range_goes_upwards",
            ),
            models.CheckConstraint(condition=~Q(state="CLOSED") | ~Q(outcome=""), name="a_closed_case_has_an_outcome"),
        )
        indexes = (models.Index(fields=["institution", "state"]), models.Index(fields=["updated_at", "id"]))

    def __str__(self) -> str:
        return f"{_('Case')} {self.case_number}"
