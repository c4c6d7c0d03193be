"""What people say of applications (domain B7). The applicant may ask to see it; the screens say so."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.assessments.marks import RatingLevel, RatingScale
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE, Competence
from recruitment.people.models import User
from recruitment.reach import ABOUT_APPLICATION, Reach
from recruitment.rows import Row


class AssessmentFrame(Row):
    """How a case is assessed: on which scale, settled by its first rating, and whether ratings still change."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.OneToOneField(RecruitmentCase, on_delete=models.CASCADE, related_name="assessment_frame")
    scale = models.ForeignKey(RatingScale, on_delete=models.PROTECT, related_name="frames")
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"assessment of {self.case_id}"


class Rating(Row):
    """One person's level for one application. Theirs to change until the ratings are locked."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ratings")
    level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="ratings")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["application", "rater"], name="one_rating_a_rater"),)

    def __str__(self) -> str:
        return f"rating of {self.application_id}"


class CriterionRating(Row):
    """One person's level for one competence of the profile."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="criterion_ratings")
    rater = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="criterion_ratings")
    level = models.ForeignKey(RatingLevel, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["application", "rater", "competence"], name="one_rating_a_criterion"),
        )

    def __str__(self) -> str:
        return f"criterion of {self.application_id}"


class Visibility(models.TextChoices):
    """Who reads a comment besides its author."""

    PRIVATE = "PRIVATE", _("only me")
    COMMITTEE = "COMMITTEE", _("everybody who assesses")
    HR = "HR", _("HR")


class Comment(Row):
    """What somebody wrote about an application."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    visibility = models.CharField(_("who may read it"), max_length=9, choices=Visibility, default=Visibility.COMMITTEE)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="a_comment_has_words"),)

    def __str__(self) -> str:
        return f"comment on {self.application_id}"


class Bucket(models.TextChoices):
    """The chair's first rough sorting (guide p. 14)."""

    A = "A", _("A")
    B = "B", _("B")
    C = "C", _("C")


class FinalRanking(Row):
    """The chair's own order, apart from everybody's ratings (INV-6). `on_behalf`: HR or the manager wrote it for the chair."""

    REACH: ClassVar[Reach] = ABOUT_APPLICATION

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="final_ranking")
    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="final_rankings")
    bucket = models.CharField(max_length=1, choices=Bucket, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    set_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    on_behalf = models.BooleanField(default=False)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint(
                fields=["case", "rank"], name="a_rank_once_a_case", deferrable=models.Deferrable.DEFERRED
            ),
        )

    def __str__(self) -> str:
        return f"ranking of {self.application_id}"


class JointAssessment(Row):
    """Applications that a person assessed together, against a written criterion (GRD-8)."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="joint_assessments")
    criterion = models.TextField()
    applications = models.ManyToManyField(Application, related_name="joint_assessments")
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("made_at",)
        constraints = (models.CheckConstraint(condition=~Q(criterion=""), name="a_joint_assessment_has_a_criterion"),)

    def __str__(self) -> str:
        return f"assessed together on {self.case_id}"
