"""Applications and what hangs on them (domain B6, B9)."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import AdvertisementRound
from recruitment.people.models import Candidate, User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Language, Row


class ApplicationState(models.TextChoices):
    """C2."""

    STARTED = "STARTED", _("begun")
    SUBMITTED = "SUBMITTED", _("received")
    LATE = "LATE", _("received too late")
    UNDER_REVIEW = "UNDER_REVIEW", _("under review")
    RESERVE = "RESERVE", _("in reserve")
    SHORTLISTED = "SHORTLISTED", _("shortlisted")
    INVITED = "INVITED", _("called to interview")
    INTERVIEWED = "INTERVIEWED", _("interviewed")
    FINALIST = "FINALIST", _("may be hired")
    OFFERED = "OFFERED", _("offered the job")
    HIRED = "HIRED", _("hired")
    REJECTED = "REJECTED", _("rejected")
    WITHDRAWN = "WITHDRAWN", _("withdrawn")


class Stage(models.IntegerChoices):
    """The highest stage an application ever reached; a later rejection does not lower it (E1)."""

    NONE = 0, _("not received")
    RECEIVED = 10, _("received")
    SCREENED = 20, _("through screening")
    INVITED = 30, _("invited")
    INTERVIEWED = 40, _("interviewed")
    HIRED = 50, _("hired")


class ReceiveChannel(models.TextChoices):
    """How the application came. An authority may not demand the electronic way (0.2)."""

    ONLINE = "ONLINE", _("the portal")
    PAPER = "PAPER", _("letter")
    EMAIL = "EMAIL", _("e-mail")
    JOB_CENTRE = "JOB_CENTRE", _("job centre")


class Origin(models.TextChoices):
    """Whether the applicant works at the institution today, in their own words (E1)."""

    INTERNAL = "INTERNAL", _("works here")
    EXTERNAL = "EXTERNAL", _("from outside")


class Application(Row):
    """A candidate's application in one round. `received_at` is the database's instant; `draft` holds what was typed, as typed.

    `str()` shows the reference, never a name. `joined_to` is the application of the same person that counts instead of it.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="case__institution", unit="case__unit__path", case="case", owner="candidate__user"
    )

    reference = models.CharField(_("reference"), max_length=12, unique=True)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="applications")
    case = models.ForeignKey(RecruitmentCase, on_delete=models.PROTECT, related_name="applications")
    round = models.ForeignKey(AdvertisementRound, on_delete=models.PROTECT, related_name="applications")
    form_version = models.PositiveIntegerField(default=1)
    language = models.CharField(max_length=2, choices=Language, default=Language.DANISH)
    channel = models.CharField(max_length=10, choices=ReceiveChannel, default=ReceiveChannel.ONLINE)
    state = models.CharField(max_length=12, choices=ApplicationState, default=ApplicationState.STARTED)
    stage_reached = models.PositiveSmallIntegerField(choices=Stage, default=Stage.NONE)
    draft = models.JSONField(default=dict, blank=True)
    draft_version = models.PositiveIntegerField(default=0)
    motivation_text = models.TextField(blank=True)
    applicant_origin = models.CharField(max_length=8, choices=Origin, blank=True)
    source_medium = models.ForeignKey(
        "recruitment.Medium", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tracking_token = models.CharField(max_length=16, blank=True)
    tracked_at = models.DateTimeField(null=True, blank=True)
    self_reported_source = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    notice_due_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer_delivered_at = models.DateTimeField(null=True, blank=True)
    retention_due_at = models.DateTimeField(null=True, blank=True)
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies")
    joined_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="joined")
    stage_before_joining = models.PositiveSmallIntegerField(null=True, blank=True)
    has_cpr_number = models.BooleanField(default=False)
    cpr_handled_at = models.DateTimeField(null=True, blank=True)
    first_opened_at = models.DateTimeField(null=True, blank=True)
    blind_number = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ("received_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["candidate", "round"],
                condition=~Q(state="WITHDRAWN"),
                name="one_application_a_candidate_a_round",
            ),
            models.UniqueConstraint(fields=["case", "blind_number"], name="a_blind_number_once_a_case"),
            models.CheckConstraint(
                condition=Q(state="STARTED") | Q(received_at__isnull=False) | Q(state="WITHDRAWN"),
                name="a_received_application_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(channel="ONLINE") | Q(registered_by__isnull=False) | Q(state="STARTED"),
                name="a_paper_application_was_registered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(joined_to__isnull=True) | (Q(state="WITHDRAWN") & ~Q(joined_to=F("id"))),
                name="what_was_joined_to_another_is_not_on_its_own",
            ),
        )
        indexes = (
            models.Index(fields=["case", "received_at"], include=["state"], name="applications_of_case"),
            models.Index(fields=["updated_at", "id"]),
            models.Index(fields=["started_at"], condition=Q(state="STARTED"), name="drafts"),
        )

    def __str__(self) -> str:
        return f"{_('Application')} {self.reference}"

    @property
    def is_draft(self) -> bool:
        """Whether it has not been handed in."""
        return self.state == ApplicationState.STARTED

    def is_editable_at(self, instant: dt.datetime) -> bool:
        """Whether the applicant may still correct it: handed in, and before the deadline (C2)."""
        deadline = self.round.application_deadline
        return self.state == ApplicationState.SUBMITTED and (deadline is None or instant < deadline)


class ApplicationStateChange(StateChange):
    """The history of an application's lifecycle."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="history")


class ApplicationVersion(Row):
    """What was handed in before a correction; kept until the deadline."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["application", "number"], name="version_number_once"),)

    def __str__(self) -> str:
        return f"version {self.number}"


class ClaimState(models.TextChoices):
    """C8. The form begins it; the room of fairness leads it on."""

    CLAIMED = "CLAIMED", _("claimed")
    ELIGIBLE = "ELIGIBLE", _("eligible")
    NOT_ELIGIBLE = "NOT_ELIGIBLE", _("not eligible")
    INTERVIEW_DUE = "INTERVIEW_DUE", _("interview due")
    INTERVIEWED = "INTERVIEWED", _("interviewed")
    NOT_TO_BE_HIRED = "NOT_TO_BE_HIRED", _("not to be hired")
    STATEMENT_SENT = "STATEMENT_SENT", _("statement sent")
    NEGOTIATED = "NEGOTIATED", _("negotiated")
    CLEARED = "CLEARED", _("cleared")
    HIRED = "HIRED", _("hired")
    NOT_APPLICABLE = "NOT_APPLICABLE", _("not applicable")


class PriorityClaim(Row):
    """Preferential access for a disabled applicant. Sensitive; seen by HR, the hiring manager and the chair only (B9)."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="priority_claim")
    claimed_via = models.CharField(
        max_length=10, choices=[("APPLICANT", _("applicant")), ("JOB_CENTRE", _("job centre"))], default="APPLICANT"
    )
    claimed_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=15, choices=ClaimState, default=ClaimState.CLAIMED)
    formal_education_met = models.BooleanField(_("meets the formal requirements to education"), null=True, blank=True)
    duty_to_interview = models.BooleanField(default=False)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"claim {str(self.pk)[:8]}"


class DiscretionWish(Row):
    """An applicant to a civil servant's post does not want to stand on the list that other applicants may see."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="discretion_wish")
    wished_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"discretion for {self.application_id}"


class BulkMove(Row):
    """Several applications moved in one act; `lines` holds the id of each, its state and its stage before, for undoing it."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="bulk_moves")
    move = models.CharField(max_length=40)
    lines = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.move} of {len(self.lines)}"


class Tombstone(models.Model):
    """That a row an integrator may hold a copy of is gone: its id and nothing else."""

    REACH: ClassVar[Reach] = Reach(institution="institution_id")

    kind = models.CharField(max_length=24)
    row_id = models.UUIDField()
    institution_id = models.UUIDField()
    deleted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = (models.Index(fields=["institution_id", "kind", "deleted_at"]),)

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"
