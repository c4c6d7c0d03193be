"""Rounds, times and invitations (domain B8, C5)."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, WITHIN_ROUND, Reach
from recruitment.rows import Row


class MeetingRoom(models.Model):
    """A room in which interviews are held. Its number is what the database keeps apart, see `Engagement`."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="meeting_rooms")
    name = models.CharField(_("name"), max_length=80)
    directions = models.CharField(_("address and way"), max_length=240, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    is_active = models.BooleanField(_("can be chosen"), default=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["institution", "name"], name="a_room_has_its_own_name"),)

    def __str__(self) -> str:
        return self.name


class InvitationMode(models.TextChoices):
    """How a time is found."""

    FIXED = "FIXED", _("a time for each")
    PICK = "PICK", _("they choose among the free times")


class InterviewRound(Row):
    """First, second ... round of a case's interviews: the same length, guide and programme for everybody in it."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="interview_rounds")
    number = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField(_("minutes for each"), default=45)
    pause_minutes = models.PositiveSmallIntegerField(_("minutes between"), default=15)
    place = models.CharField(_("where"), max_length=240, blank=True)
    video_link = models.URLField(_("video link"), blank=True)
    programme = models.TextField(_("programme"), blank=True)
    bring = models.CharField(_("what to bring or prepare"), max_length=400, blank=True)
    mode = models.CharField(_("how a time is found"), max_length=5, choices=InvitationMode, default="FIXED")
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    test_required = models.BooleanField(_("with a test"), default=False)
    panel = models.ManyToManyField(User, blank=True, related_name="interview_rounds")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("case", "number")
        constraints = (
            models.UniqueConstraint(fields=["case", "number"], name="interview_round_number_once_a_case"),
            models.CheckConstraint(condition=Q(minutes__gte=10, minutes__lte=480), name="an_interview_has_a_length"),
            models.CheckConstraint(condition=Q(pause_minutes__lte=240), name="a_pause_ends"),
        )

    def __str__(self) -> str:
        return f"interview round {self.number} of {self.case_id}"


class SlotState(models.TextChoices):
    """HELD: offered to somebody who has not answered."""

    FREE = "FREE", _("free")
    HELD = "HELD", _("offered")
    BOOKED = "BOOKED", _("taken")
    BLOCKED = "BLOCKED", _("not used")


class InterviewSlot(Row):
    """One time in a round, with the pause after it. What it takes up (room and people) stands in its engagements."""

    REACH: ClassVar[Reach] = WITHIN_ROUND

    round = models.ForeignKey(InterviewRound, on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    pause_minutes = models.PositiveSmallIntegerField(default=15)
    room = models.ForeignKey(MeetingRoom, null=True, blank=True, on_delete=models.PROTECT, related_name="slots")
    state = models.CharField(max_length=7, choices=SlotState, default=SlotState.FREE)
    note = models.CharField(_("why it differs from the others"), max_length=240, blank=True)

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_slot_ends_after_it_starts"),
        )
        indexes = (models.Index(fields=["round", "starts_at"]),)

    def __str__(self) -> str:
        return f"slot {str(self.pk)[:8]}"

    @property
    def minutes(self) -> int:
        """How long the interview itself is."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


class Engagement(models.Model):
    """A room or a person is busy with a slot. The database refuses a second one that overlaps: nobody is in two places.

    `during` is a stretch of whole numbers: the resource's own number in the upper bits, minutes since 1970 in the lower
    ones (`engagements.stretch`). Two stretches meet only if both resource and time do, so one exclusion constraint holds
    for rooms and people alike, on any PostgreSQL, without the extension that comparing keys in GiST would need.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="slot__round__case__institution", unit="slot__round__case__unit__path", case="slot__round__case"
    )

    slot = models.ForeignKey(InterviewSlot, on_delete=models.CASCADE, related_name="engagements")
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="engagements")
    room = models.ForeignKey(MeetingRoom, null=True, on_delete=models.CASCADE, related_name="engagements")
    during = BigIntegerRangeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(user__isnull=True, room__isnull=False) | Q(user__isnull=False, room__isnull=True),
                name="an_engagement_is_of_a_room_or_a_person",
            ),
            ExclusionConstraint(name="nobody_is_in_two_places", expressions=[("during", RangeOperators.OVERLAPS)]),
        )

    def __str__(self) -> str:
        return f"engagement of {self.slot_id}"


class InvitationState(models.TextChoices):
    """C5."""

    DRAFT = "DRAFT", _("not sent")
    SENT = "SENT", _("waits for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    NEW_TIME_REQUESTED = "NEW_TIME_REQUESTED", _("asks for another time")
    EXPIRED = "EXPIRED", _("no answer in time")
    RESCHEDULED = "RESCHEDULED", _("moved, waits for an answer")
    CANCELLED = "CANCELLED", _("called off")
    HELD = "HELD", _("held")
    NO_SHOW = "NO_SHOW", _("did not come")


#: An invitation in these states keeps its time for the applicant.
KEEPS_ITS_TIME = ("DRAFT", "SENT", "ACCEPTED", "NEW_TIME_REQUESTED", "RESCHEDULED", "HELD", "NO_SHOW")
#: The applicant is expected to answer.
WAITS_FOR_ANSWER = ("SENT", "RESCHEDULED")


class InterviewInvitation(Row):
    """One applicant called to one round. `version` rises with every change that people are told of (calendar SEQUENCE)."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    round = models.ForeignKey(InterviewRound, on_delete=models.PROTECT, related_name="invitations")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interview_invitations")
    slot = models.ForeignKey(InterviewSlot, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations")
    mode = models.CharField(max_length=5, choices=InvitationMode, default=InvitationMode.FIXED)
    state = models.CharField(max_length=18, choices=InvitationState, default=InvitationState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(_("answer at the latest"), null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    eve_told_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.TextField(_("what the applicant wrote"), blank=True)
    invited_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["slot"], condition=Q(state__in=KEEPS_ITS_TIME), name="a_time_is_one_applicants"
            ),
            models.UniqueConstraint(
                fields=["round", "application"], condition=~Q(state="CANCELLED"), name="one_invitation_a_round"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ACCEPTED", "HELD", "NO_SHOW", "RESCHEDULED"]) | Q(slot__isnull=False),
                name="what_is_agreed_has_a_time",
            ),
        )
        indexes = (
            models.Index(
                fields=["answer_due_at"], condition=Q(state__in=WAITS_FOR_ANSWER), name="invitations_to_answer"
            ),
        )

    def __str__(self) -> str:
        return f"invitation {str(self.pk)[:8]}"

    @property
    def waits_for_answer(self) -> bool:
        """Whether the applicant is expected to answer."""
        return self.state in WAITS_FOR_ANSWER


class InvitationStateChange(StateChange):
    """The history of an invitation."""

    invitation = models.ForeignKey(InterviewInvitation, on_delete=models.CASCADE, related_name="history")
