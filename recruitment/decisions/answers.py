"""What applicants are answered (domain C2): the words before they go, and the record afterwards."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE
from recruitment.decisions.models import HiringDecision
from recruitment.mail.models import Message
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, OF_APPLICATION, Reach
from recruitment.rows import Row

EARLY, UNFILLED = "REJECTION_EARLY", "REJECTION_CASE_UNFILLED"
NO_INTERVIEW = "REJECTION_NO_INTERVIEW"
SHORT, REASONED = "REJECTION_AFTER_INTERVIEW_SHORT", "REJECTION_AFTER_INTERVIEW_REASONED"
PRIORITY = "REJECTION_PRIORITY_CLAIM"
LATE = "LATE_NOT_CONSIDERED"
#: Letters that reject whoever gets them.
REJECTIONS = (EARLY, UNFILLED, NO_INTERVIEW, SHORT, REASONED, PRIORITY)
#: Letters that say why to the one person, in own words.
ELABORATED = (REASONED, PRIORITY)


class ScreeningGrounds(Row):
    """What the choice for interview was made by, in general words: for those who are answered before the post is filled."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="screening_grounds")
    words = models.TextField(_("what the choice was made by"))
    words_en = models.TextField(_("the same in English"), blank=True)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"grounds of {self.case_id}"

    def words_in(self, language: str) -> str:
        """In the reader's language, else in Danish."""
        return (self.words_en if language == "en" else "") or self.words


class FullerReasons(Row):
    """What one applicant is told of the reasons, as long as no letter has gone. CONFIDENTIAL; `priority` is SENSITIVE."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="fuller_reasons")
    factors = models.TextField(_("what we have attached importance to"))
    feedback = models.TextField(_("from the interview"), blank=True)
    priority = models.TextField(_("about the preferential access"), blank=True)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(factors=""), name="fuller_reasons_have_words"),)

    def __str__(self) -> str:
        return f"reasons for {self.application_id}"


class CallPurpose(models.TextChoices):
    """What somebody was called about."""

    REJECTION = "REJECTION", _("rejection")
    OFFER = "OFFER", _("answer to the offer")


class PhoneLog(Row):
    """Who called an applicant, when, and what was said. Never changed."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="phone_logs")
    purpose = models.CharField(max_length=9, choices=CallPurpose)
    called_at = models.DateTimeField(_("when"))
    said = models.TextField(_("what was said"))
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    caller = models.CharField(_("who called"), max_length=160)
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("called_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(said="") & ~Q(caller=""), name="a_call_has_a_caller_and_words"),
        )

    def __str__(self) -> str:
        return f"call about {self.application_id}"


class RejectionWay(models.TextChoices):
    """How the answer reached the applicant."""

    LETTER = "LETTER", _("letter")
    PHONE = "PHONE", _("telephone")


class Rejection(Row):
    """That one applicant was rejected, and with which reasons: a decision under the law, kept like the trail."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="rejections")
    decision = models.ForeignKey(
        HiringDecision, null=True, blank=True, on_delete=models.CASCADE, related_name="rejections"
    )
    way = models.CharField(max_length=6, choices=RejectionWay)
    code = models.CharField(max_length=40, blank=True)
    message = models.ForeignKey(Message, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    phone_log = models.ForeignKey(PhoneLog, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    is_early = models.BooleanField(default=False)
    is_elaborated = models.BooleanField(default=False)
    general = models.TextField(blank=True)
    individual = models.TextField(blank=True)
    feedback = models.TextField(blank=True)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(way="LETTER", message__isnull=False) | Q(way="PHONE", phone_log__isnull=False),
                name="a_rejection_has_its_letter_or_its_call",
            ),
        )
        indexes = (models.Index(fields=["application", "at"], name="rejections_of_application"),)

    def __str__(self) -> str:
        return f"rejection of {self.application_id}"
