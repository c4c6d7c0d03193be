"""Questions asked after receipt: to all in the same state, with a reason (GRD-32, INV-26)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from recruitment.applications.models import Application, ApplicationState
from recruitment.cases.models import RecruitmentCase
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Row


class FollowUpRound(Row):
    """One set of questions. Who gets it is not chosen: everybody who is in `state` when it is sent.

    `requirements` holds, in the order of the questions, the requirement of the ad that each clarifies: its id and its words then.
    """

    REACH: ClassVar[Reach] = Reach(institution="case__institution", unit="case__unit__path", case="case")

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.CharField(max_length=12, choices=ApplicationState)
    questions = models.JSONField(default=list)
    requirements = models.JSONField(default=list)
    justification = models.TextField()
    deadline = models.DateTimeField()
    sent_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sent_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(justification=""), name="questions_after_receipt_have_a_reason"),
            models.CheckConstraint(
                condition=Q(deadline__gt=models.F("sent_at")), name="questions_leave_time_to_answer"
            ),
        )

    def __str__(self) -> str:
        return f"questions to {self.case_id}"

    def lines(self) -> list[tuple[str, str]]:
        """Questions with the requirement that each clarifies."""
        named = [*(each["name"] for each in self.requirements), *([""] * len(self.questions))]
        return list(zip(self.questions, named, strict=False))


class FollowUpReply(Row):
    """One applicant's answers, in the order of the questions; empty until they have answered."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    round = models.ForeignKey(FollowUpRound, on_delete=models.CASCADE, related_name="replies")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="follow_up_replies")
    answers = models.JSONField(default=list, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round__sent_at",)
        constraints = (models.UniqueConstraint(fields=["round", "application"], name="one_reply_an_applicant"),)

    def __str__(self) -> str:
        return f"reply of {self.application_id}"

    def pairs(self) -> list[tuple[str, str]]:
        """Questions with what was answered."""
        answers = [*self.answers, *([""] * len(self.round.questions))]
        return list(zip(self.round.questions, answers, strict=False))
