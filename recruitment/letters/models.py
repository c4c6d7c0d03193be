"""Sendings to many: a frozen list, one line for each applicant, those left out with the reason why."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.audit.models import StateChange
from recruitment.cases.models import RecruitmentCase
from recruitment.mail.models import Channel, Message, MessageClass, MessageTemplate
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class SendingState(models.TextChoices):
    """PREPARED: looked at, nothing goes. RUNNING: from the start of the grace period until the last line."""

    PREPARED = "PREPARED", _("prepared")
    RUNNING = "RUNNING", _("under way")
    DONE = "DONE", _("sent")
    CANCELLED = "CANCELLED", _("stopped")


class BulkSending(Row):
    """Letters of one kind to applicants of one case. The list never changes; what becomes of each stands on its line."""

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="sendings")
    kind = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=SendingState, default=SendingState.PREPARED)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    starts_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at",)
        indexes = (models.Index(fields=["case", "-made_at"], name="sendings_of_case"),)

    def __str__(self) -> str:
        return f"sending {str(self.pk)[:8]}"


class BulkSendingStateChange(StateChange):
    """The history of a sending."""

    sending = models.ForeignKey(BulkSending, on_delete=models.CASCADE, related_name="history")


class LineState(models.TextChoices):
    """What became of one line. WRITTEN: its message is there, and tells the rest."""

    WAITING = "WAITING", _("waits")
    WRITTEN = "WRITTEN", _("written")
    LEFT_OUT = "LEFT_OUT", _("left out")
    CANCELLED = "CANCELLED", _("stopped")
    FAILED = "FAILED", _("could not be written")


class BulkLine(Row):
    """One applicant of a sending: the version of the letter, its values as ready words, its class and its way, all frozen.

    `application_state` is the state that the list was made in: who has moved on since is left out (F25).
    """

    REACH: ClassVar[Reach] = Reach(
        institution="sending__case__institution", unit="sending__case__unit__path", case="sending__case"
    )

    sending = models.ForeignKey(BulkSending, on_delete=models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bulk_lines")
    position = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=40)
    template = models.ForeignKey(MessageTemplate, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    values = models.JSONField(default=dict, blank=True)
    message_class = models.CharField(max_length=12, choices=MessageClass, blank=True)
    channel = models.CharField(max_length=8, choices=Channel, blank=True)
    state = models.CharField(max_length=10, choices=LineState, default=LineState.WAITING)
    left_code = models.CharField(max_length=40, blank=True)
    left_words = models.CharField(max_length=300, blank=True)
    application_state = models.CharField(max_length=12, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(Message, null=True, blank=True, on_delete=models.SET_NULL, related_name="bulk_line")

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=["sending", "application"], name="one_line_an_applicant_a_sending"),
            models.CheckConstraint(
                condition=~models.Q(state="LEFT_OUT") | ~models.Q(left_code=""), name="who_is_left_out_is_told_why"
            ),
        )
        indexes = (models.Index(fields=["sending", "state"], name="lines_by_state"),)

    def __str__(self) -> str:
        return f"line {self.position} of {self.sending_id}"
