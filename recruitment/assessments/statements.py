"""The assessment committee's assessment of each applicant (bedømmelse, domain B7, C9). It says nothing of the others (INV-27)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.audit.models import StateChange
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row


class AssessmentState(models.TextChoices):
    """C9."""

    DRAFT = "DRAFT", _("being written")
    SUBMITTED = "SUBMITTED", _("handed to HR")
    LEGALITY_CHECKED = "LEGALITY_CHECKED", _("legality checked")
    SENT_FOR_COMMENT = "SENT_FOR_COMMENT", _("with the applicant for comment")
    FINAL = "FINAL", _("final")


class Conclusion(models.TextChoices):
    """The only two answers there are: no order between applicants can be written here (INV-27)."""

    QUALIFIED = "QUALIFIED", _("qualified")
    NOT_QUALIFIED = "NOT_QUALIFIED", _("not qualified")


class Assessment(Row):
    """One applicant's assessment by the committee, with HR's check and the applicant's own comment."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="assessment")
    text = models.TextField(blank=True)
    conclusion = models.CharField(max_length=13, choices=Conclusion, blank=True)
    state = models.CharField(max_length=16, choices=AssessmentState, default=AssessmentState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    comment_deadline = models.DateField(null=True, blank=True)
    applicant_comment = models.TextField(blank=True)
    commented_at = models.DateTimeField(null=True, blank=True)
    final_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=AssessmentState.DRAFT) | (~Q(conclusion="") & ~Q(text="")),
                name="what_is_handed_in_has_words_and_a_conclusion",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.SENT_FOR_COMMENT) | Q(comment_deadline__isnull=False),
                name="what_is_sent_for_comment_has_a_date",
            ),
        )

    def __str__(self) -> str:
        return f"assessment of {self.application_id}"


class AssessmentStateChange(StateChange):
    """The history of an assessment."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="history")
