"""What belongs to a case: profile with competences, public contacts, rounds and history."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row

WITHIN_CASE = Reach(institution="case__institution", unit="case__unit__path", case="case")


class CaseStateChange(StateChange):
    """The history of a case's lifecycle."""

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="history")


class JobProfile(Row):
    """What the job is and asks (guide p. 11). `education_is_formal` decides the duty to interview (B9).

    `redistribution_note` is for the house: no applicant, feed or ad ever shows it. `own_answers` holds the institution's own fields,
    `shown_in_ad` names the frame fields that a new ad takes, `settled` the tasks and requirements as they stood when the ad last went out.
    """

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="profile")
    tasks = models.TextField(_("tasks, one a line"), blank=True)
    organisation_placement = models.TextField(_("place in the organisation"), blank=True)
    success_criteria = models.TextField(_("success criteria"), blank=True)
    preconditions = models.TextField(_("preconditions"), blank=True)
    development_opportunities = models.TextField(_("development"), blank=True)
    education_requirement = models.CharField(_("education"), max_length=240, blank=True)
    education_is_formal = models.BooleanField(_("the education is a formal requirement"), default=False)
    experience_requirement = models.CharField(_("experience"), max_length=240, blank=True)
    redistribution_note = models.TextField(_("tasks that could be moved to colleagues"), blank=True)
    own_answers = models.JSONField(default=dict, blank=True)
    shown_in_ad = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    settled = models.JSONField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"profile of {self.case_id}"

    def task_list(self) -> list[str]:
        """The tasks, one a string."""
        return [line.strip() for line in self.tasks.splitlines() if line.strip()]


class CompetenceKind(models.TextChoices):
    """Professional or personal (guide p. 11)."""

    PROFESSIONAL = "PROFESSIONAL", _("professional")
    PERSONAL = "PERSONAL", _("personal")


class Competence(Row):
    """A requirement: what questions, criteria and interview guide hang on."""

    REACH: ClassVar[Reach] = Reach(
        institution="profile__case__institution", unit="profile__case__unit__path", case="profile__case"
    )

    profile = models.ForeignKey(JobProfile, on_delete=models.CASCADE, related_name="competences")
    kind = models.CharField(_("kind"), max_length=12, choices=CompetenceKind, default=CompetenceKind.PROFESSIONAL)
    name_da = models.CharField(_("name"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    description = models.TextField(_("description"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight 1 to 5"), default=3)
    must_have = models.BooleanField(_("necessary"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(condition=Q(weight__gte=1) & Q(weight__lte=5), name="weight_from_one_to_five"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if translation.get_language() == "en" and self.name_en else self.name_da


class CaseContact(Row):
    """Someone applicants may talk to. Only those with `publish_in_ad` are ever shown outside."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="contacts")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    publish_in_ad = models.BooleanField(_("shown in the ad"), default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = (models.CheckConstraint(condition=~(Q(phone="") & Q(email="")), name="a_contact_can_be_reached"),)

    def __str__(self) -> str:
        return f"contact of {self.case_id}"


class AdvertisementRound(models.Model):
    """One call for applications. The deadline is the exclusive instant: what is received before it is in time (0.3).

    The integer key is the feed's legacy id (G.1).
    """

    REACH: ClassVar[Reach] = WITHIN_CASE

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    is_readvertisement = models.BooleanField(_("re-advertised"), default=False)
    opens_at = models.DateTimeField(null=True, blank=True)
    application_deadline = models.DateTimeField(_("application deadline"), null=True, blank=True)
    short_period_reason = models.TextField(_("why under 14 days"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="round_number_once_a_case"),
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_round_a_case"),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True)
                | Q(application_deadline__isnull=True)
                | Q(opens_at__lt=models.F("application_deadline")),
                name="a_round_opens_before_its_deadline",
            ),
        )
        indexes = (models.Index(fields=["application_deadline"]), models.Index(fields=["opens_at"]))

    def __str__(self) -> str:
        return f"round {self.number} of {self.case_id}"
