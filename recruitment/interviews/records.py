"""What belongs to an interview that is held: the guide, what was asked and said, the debrief, and tests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.cases.profile import Competence
from recruitment.documents.models import Document
from recruitment.interviews.models import InterviewInvitation, InterviewRound
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, WITHIN_ROUND, Reach
from recruitment.rows import DataClass, Language, Row

WITHIN_GUIDE = Reach(
    institution="guide__round__case__institution", unit="guide__round__case__unit__path", case="guide__round__case"
)
WITHIN_INTERVIEW = Reach(
    institution="interview__invitation__application__case__institution",
    unit="interview__invitation__application__case__unit__path",
    case="interview__invitation__application__case",
    owner="interview__invitation__application__candidate__user",
)


class SectionCode(models.TextChoices):
    """What an interview uncovers (guide p. 16). OTHER: a section of the institution's own."""

    PROFESSIONAL = "PROFESSIONAL", _("professional competences")
    PERSONAL = "PERSONAL", _("personal competences")
    MOTIVATION = "MOTIVATION", _("motivation")
    FUTURE = "FUTURE", _("plans for the future")
    PAY = "PAY", _("expectations of pay")
    OTHER = "OTHER", _("other")


#: Removing one of these asks first (capability 176).
THE_FIVE = ("PROFESSIONAL", "PERSONAL", "MOTIVATION", "FUTURE", "PAY")


class GuideTemplate(Row):
    """An institution's own interview guide; without one the shipped guide is begun from."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="guide_templates")
    language = models.CharField(max_length=2, choices=Language)
    content = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now)
    saved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["institution", "language"], name="one_guide_template_a_language"),
        )

    def __str__(self) -> str:
        return f"guide template of {self.institution_id}"


class InterviewGuide(Row):
    """The round's guide: the same for everybody in it."""

    REACH: ClassVar[Reach] = WITHIN_ROUND

    round = models.OneToOneField(InterviewRound, on_delete=models.CASCADE, related_name="guide")
    welcome = models.TextField(_("to begin with"), blank=True)
    farewell = models.TextField(_("to end with"), blank=True)
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"guide of {self.round_id}"


class GuideSection(Row):
    """One part of the guide."""

    REACH: ClassVar[Reach] = WITHIN_GUIDE

    guide = models.ForeignKey(InterviewGuide, on_delete=models.CASCADE, related_name="sections")
    code = models.CharField(max_length=12, choices=SectionCode, default=SectionCode.OTHER)
    title = models.CharField(_("heading"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class GuideQuestion(Row):
    """One question; `competence` is what its answer tells of, and what the comparison is built on."""

    REACH: ClassVar[Reach] = Reach(
        institution="section__guide__round__case__institution", unit="section__guide__round__case__unit__path",
        case="section__guide__round__case",
    )  # fmt: skip

    section = models.ForeignKey(GuideSection, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("question"), max_length=400)
    competence = models.ForeignKey(
        Competence, null=True, blank=True, on_delete=models.SET_NULL, related_name="guide_questions"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text


class RoleTask(models.TextChoices):
    """Who does what at the interview (guide p. 17)."""

    WELCOME = "WELCOME", _("bids welcome")
    WORKPLACE = "WORKPLACE", _("tells of the workplace")
    PROFESSIONAL = "PROFESSIONAL", _("asks about professional competences")
    PERSONAL = "PERSONAL", _("asks about personal competences")
    PAY = "PAY", _("talks about pay")
    NEXT_STEPS = "NEXT_STEPS", _("tells what happens next")
    TIME = "TIME", _("keeps the time")


class GuideRole(Row):
    """A task at the interview and who has it."""

    REACH: ClassVar[Reach] = WITHIN_GUIDE

    guide = models.ForeignKey(InterviewGuide, on_delete=models.CASCADE, related_name="roles")
    task = models.CharField(max_length=12, choices=RoleTask)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["guide", "task"], name="a_task_has_one_person"),)

    def __str__(self) -> str:
        return self.task


class InterviewOutcome(models.TextChoices):
    """What the panel thinks after the interview."""

    NONE = "", _("not decided yet")
    RECOMMEND = "RECOMMEND", _("recommended")
    RESERVE = "RESERVE", _("in reserve")
    NOT = "NOT", _("not recommended")


class Interview(Row):
    """What came of an invitation. `impression` and `do_better` belong to the pause (guide p. 17)."""

    REACH: ClassVar[Reach] = Reach(
        institution="invitation__application__case__institution", unit="invitation__application__case__unit__path",
        case="invitation__application__case", owner="invitation__application__candidate__user",
    )  # fmt: skip

    invitation = models.OneToOneField(InterviewInvitation, on_delete=models.CASCADE, related_name="interview")
    held_at = models.DateTimeField(null=True, blank=True)
    no_show = models.BooleanField(default=False)
    participants = models.ManyToManyField(User, blank=True, related_name="+")
    impression = models.TextField(_("first impression"), blank=True)
    do_better = models.TextField(_("do better at the next"), blank=True)
    outcome = models.CharField(max_length=9, choices=InterviewOutcome, blank=True, default="")
    form_document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(no_show=False) | Q(held_at__isnull=True), name="nobody_is_interviewed_who_did_not_come"
            ),
        )

    def __str__(self) -> str:
        return f"interview {str(self.pk)[:8]}"


class InterviewNote(Row):
    """One panel member's own notes from one interview: two who write at once do not meet."""

    REACH: ClassVar[Reach] = WITHIN_INTERVIEW

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("updated_at",)
        constraints = (models.UniqueConstraint(fields=["interview", "author"], name="own_notes_once_an_interview"),)

    def __str__(self) -> str:
        return f"note {str(self.pk)[:8]}"


class AskedQuestion(Row):
    """That a question of the guide was put to this applicant. No row: it was not."""

    REACH: ClassVar[Reach] = WITHIN_INTERVIEW

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="asked")
    question = models.ForeignKey(GuideQuestion, on_delete=models.CASCADE, related_name="asked")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["interview", "question"], name="asked_once"),)

    def __str__(self) -> str:
        return f"asked {str(self.question_id)[:8]}"


class Finding(Row):
    """What the interview showed of one competence: a level from 1 to 5, and words."""

    REACH: ClassVar[Reach] = WITHIN_INTERVIEW

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="findings")
    competence = models.ForeignKey(Competence, on_delete=models.CASCADE, related_name="findings")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["interview", "competence"], name="one_finding_a_competence"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=5), name="a_level_from_one_to_five"
            ),
        )

    def __str__(self) -> str:
        return f"finding {str(self.pk)[:8]}"


class TestResult(Row):
    """A test that an applicant took. Never alone (INV-28): how it is used in the interview is written with it."""

    REACH: ClassVar[Reach] = OF_APPLICATION
    __test__ = False

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="test_results")
    test_name = models.CharField(_("test"), max_length=120)
    purpose = models.CharField(_("what it is to throw light on"), max_length=240)
    used_in_interview = models.TextField(_("how it is used in the interview"))
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    feedback_given_at = models.DateTimeField(_("the applicant has been told the result"), null=True, blank=True)
    data_class = models.CharField(max_length=12, choices=DataClass, default=DataClass.CONFIDENTIAL)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("created_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(used_in_interview=""), name="a_test_never_stands_alone"),
            models.CheckConstraint(condition=~Q(data_class="ORDINARY"), name="a_test_is_never_ordinary_data"),
        )

    def __str__(self) -> str:
        return f"test {str(self.pk)[:8]}"
