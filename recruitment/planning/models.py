"""Plans with their activities, the templates they are made from, absences, and what mail a person wants (domain B4, C0)."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from recruitment.cases.models import RecruitmentCase
from recruitment.organisation.models import Institution, OrganisationalUnit
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class ActivityKind(models.TextChoices):
    """The steps of a recruitment (C0), in their order."""

    KICKOFF = "KICKOFF", _("kick-off: agree on expectations")
    JOB_ANALYSIS = "JOB_ANALYSIS", _("job analysis")
    JOB_PROFILE = "JOB_PROFILE", _("job profile")
    COMMITTEE_APPOINTED = "COMMITTEE_APPOINTED", _("hiring committee appointed")
    ROOMS_BOOKED = "ROOMS_BOOKED", _("rooms and panel booked")
    AD_DRAFT = "AD_DRAFT", _("ad written")
    AD_APPROVED = "AD_APPROVED", _("ad approved")
    PUBLISH_INTERNAL = "PUBLISH_INTERNAL", _("ad on the intranet")
    PUBLISH_EXTERNAL = "PUBLISH_EXTERNAL", _("ad published")
    DEADLINE = "DEADLINE", _("application deadline")
    SCREENING_MEETING = "SCREENING_MEETING", _("committee chooses whom to see")
    INVITE_1 = "INVITE_1", _("invite to first interviews")
    INTERVIEW_1 = "INTERVIEW_1", _("first interviews")
    TEST = "TEST", _("tests")
    INVITE_2 = "INVITE_2", _("invite to second interviews")
    INTERVIEW_2 = "INTERVIEW_2", _("second interviews")
    REFERENCES = "REFERENCES", _("references")
    HEARING = "HEARING", _("hearing of the applicant")
    JOB_CENTRE = "JOB_CENTRE", _("negotiation with the job centre")
    RECOMMENDATION = "RECOMMENDATION", _("recommendation")
    DECISION = "DECISION", _("decision")
    OFFER = "OFFER", _("offer by telephone")
    NEGOTIATION = "NEGOTIATION", _("pay negotiated")
    CONTRACT = "CONTRACT", _("contract sent")
    REJECTIONS = "REJECTIONS", _("answers to all applicants")
    CLOSE = "CLOSE", _("case closed")
    START_DATE = "START_DATE", _("first day at work")
    OTHER = "OTHER", _("other")


class Phase(models.TextChoices):
    """The four stretches of a recruitment (guide p. 9)."""

    PREPARATION = "PREPARATION", _("preparation")
    ADVERTISING = "ADVERTISING", _("advertising")
    SELECTION = "SELECTION", _("selection")
    CONCLUSION = "CONCLUSION", _("conclusion")


_ORDER = list(ActivityKind)
_FIRST_OF = (
    (Phase.CONCLUSION, ActivityKind.DECISION),
    (Phase.SELECTION, ActivityKind.SCREENING_MEETING),
    (Phase.ADVERTISING, ActivityKind.PUBLISH_INTERNAL),
)


def phase_of(kind: str) -> Phase:
    """The stretch that a step belongs to; what is no step of C0 is preparation."""
    if kind == ActivityKind.OTHER:
        return Phase.PREPARATION
    place = _ORDER.index(ActivityKind(kind))
    return next((phase for phase, first in _FIRST_OF if place >= _ORDER.index(first)), Phase.PREPARATION)


class Anchor(models.TextChoices):
    """The day that a step is counted from."""

    START_DATE = "START_DATE", _("first day at work")
    DEADLINE = "DEADLINE", _("application deadline")


class Part(models.TextChoices):
    """Who does a step, before there are names."""

    HR = "HR", _("responsible in HR")
    MANAGER = "MANAGER", _("hiring manager")
    CHAIR = "CHAIR", _("chair of the committee")
    SUPPORT = "SUPPORT", _("administrative support")


class Step(Row):
    """What steps of templates and of plans have in common: what it is, whose it is, and when, counted in working days."""

    kind = models.CharField(_("step"), max_length=20, choices=ActivityKind, default=ActivityKind.OTHER)
    title = models.CharField(_("in own words"), max_length=160, blank=True)
    part = models.CharField(_("done by"), max_length=8, choices=Part, default=Part.HR)
    anchor = models.CharField(_("counted from"), max_length=10, choices=Anchor, default=Anchor.DEADLINE)
    offset = models.SmallIntegerField(_("working days after"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """Own words, else the step's."""
        return self.title or str(self.get_kind_display())


class PlanTemplate(Row):
    """A plan to begin with. One without an institution is shipped; the others hold for a unit and everything below it."""

    REACH: ClassVar[Reach] = Reach(institution="institution", unit="unit__path")

    institution = models.ForeignKey(
        Institution, null=True, blank=True, on_delete=models.CASCADE, related_name="plan_templates"
    )
    unit = models.ForeignKey(OrganisationalUnit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20, blank=True)
    name_da = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    is_usual = models.BooleanField(_("new cases get it"), default=False)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ("name_da", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(institution__isnull=True, unit__isnull=True)
                | Q(institution__isnull=False, unit__isnull=False),
                name="own_plan_template_stands_at_a_unit",
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(is_usual=True, active=True), name="one_usual_plan_template_a_unit"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="shipped_plan_template_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if translation.get_language() == "en" and self.name_en else self.name_da


class TemplateActivity(Step):
    """One step of a template."""

    REACH: ClassVar[Reach] = Reach(institution="template__institution", unit="template__unit__path")

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="activities")

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.kind} of {self.template_id}"


class CasePlan(Row):
    """The plan of one case, scheduled from the day on which the new colleague is to begin."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="plan")
    template = models.ForeignKey(PlanTemplate, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    target_start_date = models.DateField(_("first day at work"), null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"plan of {self.case_id}"


class PlannedActivity(Step):
    """One step of a case's plan. `is_pinned` means that a person chose the day, and nothing moves it but a person.

    Done without `done_by` means that the case itself went past it.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="plan__case__institution", unit="plan__case__unit__path", case="plan__case"
    )

    plan = models.ForeignKey(CasePlan, on_delete=models.CASCADE, related_name="activities")
    responsible = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="tasks")
    due_date = models.DateField(_("due"), null=True, blank=True)
    is_pinned = models.BooleanField(_("the day is fixed by hand"), default=False)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(_("note"), blank=True)
    calendar_uid = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        ordering = (F("due_date").asc(nulls_last=True), "position", "id")
        indexes = (models.Index(fields=["due_date"], condition=Q(done_at__isnull=True), name="open_activities_by_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(is_pinned=False) | Q(due_date__isnull=False), name="a_pinned_activity_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(done_at__isnull=False), name="who_did_it_means_it_is_done"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} of {self.plan_id}"


class Absence(Row):
    """Days on which a colleague is away. No reason is asked and none is kept."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"))

    class Meta:
        ordering = ("begins", "id")
        constraints = (
            models.CheckConstraint(condition=Q(begins__lte=F("ends")), name="an_absence_ends_after_it_begins"),
            models.UniqueConstraint(fields=["institution", "user", "begins"], name="one_absence_a_first_day"),
        )

    def __str__(self) -> str:
        return f"absence of {self.user_id}"


class MailWish(models.TextChoices):
    """How somebody wants to be told of tasks."""

    DAILY = "DAILY", _("one mail on working days when something is due")
    SINGLE = "SINGLE", _("one reminder of each task")
    NONE = "NONE", _("no mail")


class TaskMail(models.Model):
    """Which mail about tasks a person wants. No row means the usual: one mail a day, three days ahead."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="task_mail")
    wish = models.CharField(_("mail about tasks"), max_length=6, choices=MailWish, default=MailWish.DAILY)
    days_ahead = models.PositiveSmallIntegerField(
        _("from so many days before"), default=3, validators=[MaxValueValidator(30)]
    )

    def __str__(self) -> str:
        return f"task mail of {self.user_id}"
