"""What is decided about a case and its applicants (domain C1, C2, GRD-10): kept as it was, corrected by a new version."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.profile import WITHIN_CASE
from recruitment.people.models import User
from recruitment.reach import OF_APPLICATION, Reach
from recruitment.rows import Row


class Recommendation(Row):
    """Whom the committee recommends, in order, to the one who decides. Never changed: said anew is the next version."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="recommendations")
    version = models.PositiveSmallIntegerField()
    comparison = models.TextField(_("how they compare"), blank=True)
    on_behalf = models.BooleanField(default=False)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["case", "version"], name="recommendation_version_once_a_case"),)

    def __str__(self) -> str:
        return f"recommendation {self.version} of {self.case_id}"


class RecommendedApplicant(Row):
    """One name of a recommendation, with its place and why."""

    REACH: ClassVar[Reach] = Reach(
        institution="recommendation__case__institution", unit="recommendation__case__unit__path",
        case="recommendation__case",
    )  # fmt: skip

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="names")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ("rank",)
        constraints = (
            models.UniqueConstraint(fields=["recommendation", "application"], name="recommended_once"),
            models.UniqueConstraint(fields=["recommendation", "rank"], name="a_place_in_a_recommendation_once"),
        )

    def __str__(self) -> str:
        return f"recommended {self.application_id}"


class DecisionKind(models.TextChoices):
    """What was decided. CANCELLED: the recruitment ends without a hire, and everybody is answered before it is closed."""

    HIRE = "HIRE", _("somebody is hired")
    UNFILLED = "UNFILLED", _("nobody is hired")
    CANCELLED = "CANCELLED", _("the recruitment is cancelled")


class HiringDecision(Row):
    """A draft until it is concluded; from then on the database refuses changes. `corrects` is the version before.

    `factors` are the decisive factors in general words: what spoke for the chosen, merged into the letters to the others.
    """

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="decisions")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=DecisionKind, default=DecisionKind.HIRE)
    decider = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("who decides")
    )
    factors = models.TextField(_("decisive factors"), blank=True)
    factors_en = models.TextField(_("decisive factors in English"), blank=True)
    comparison = models.TextField(_("comparison with the applicant who has preferential access"), blank=True)
    no_interview_reason = models.TextField(_("why somebody is chosen without an interview"), blank=True)
    set_aside_note = models.TextField(_("how the rating of a disqualified person was set aside"), blank=True)
    reason = models.TextField(_("reason"), blank=True)  # why nobody is hired, or why the recruitment is cancelled
    start_date = models.DateField(_("first day at work"), null=True, blank=True)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.RESTRICT, related_name="decisions"
    )
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="corrections")
    correction_reason = models.TextField(blank=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    concluded_at = models.DateTimeField(null=True, blank=True)
    by_user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=["case", "version"], name="decision_version_once_a_case"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(concluded_at__isnull=True), name="one_draft_decision_a_case"
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True) | ~Q(kind="HIRE")
                | (Q(decider__isnull=False, start_date__isnull=False) & ~Q(factors="")),
                name="a_concluded_hire_has_decider_factors_and_day",
            ),
            models.CheckConstraint(
                condition=Q(kind="HIRE") | ~Q(reason=""), name="hiring_nobody_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="a_correction_has_a_reason"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"decision {self.version} of {self.case_id}"

    def factors_in(self, language: str) -> str:
        """The decisive factors in the reader's language, else in Danish."""
        return (self.factors_en if language == "en" else "") or self.factors


class Place(models.TextChoices):
    """Whether somebody is offered the job, or stands in reserve."""

    CHOSEN = "CHOSEN", _("chosen")
    RESERVE = "RESERVE", _("in reserve")


class DecidedApplicant(Row):
    """A name of a decision: chosen, or on the reserve list in its order. Stands as the decision stands."""

    REACH: ClassVar[Reach] = Reach(
        institution="decision__case__institution", unit="decision__case__unit__path", case="decision__case"
    )

    decision = models.ForeignKey(HiringDecision, on_delete=models.CASCADE, related_name="names")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="decided")
    place = models.CharField(max_length=7, choices=Place)
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("place", "order")
        constraints = (
            models.UniqueConstraint(fields=["decision", "application"], name="decided_once_a_decision"),
            models.UniqueConstraint(fields=["decision", "place", "order"], name="an_order_once_a_list"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.application_id}"


class OfferAnswer(models.TextChoices):
    """What became of an offer."""

    NONE = "", _("waits for an answer")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    LEFT = "LEFT", _("said no after a yes")


class Offer(Row):
    """The job offered to one applicant, with its terms and the last day to answer."""

    REACH: ClassVar[Reach] = OF_APPLICATION

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    decision = models.ForeignKey(HiringDecision, on_delete=models.CASCADE, related_name="offers")
    terms = models.TextField(_("terms"))
    answer_by = models.DateField(_("answer at the latest"))
    made_at = models.DateTimeField(default=timezone.now)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    message = models.ForeignKey(
        "recruitment.Message", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField(max_length=8, choices=OfferAnswer, blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("made_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["application"], condition=Q(answer__in=["", "ACCEPTED"]), name="one_offer_stands_an_application"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_has_its_instant",
            ),
            models.CheckConstraint(condition=~Q(terms=""), name="an_offer_has_terms"),
        )

    def __str__(self) -> str:
        return f"offer {str(self.pk)[:8]}"


class AnswerPromise(Row):
    """The day on which everybody was promised an answer, moved: from when to when, and why. Never changed."""

    REACH: ClassVar[Reach] = WITHIN_CASE

    case = models.ForeignKey(RecruitmentCase, on_delete=models.CASCADE, related_name="promises")
    before = models.DateField(null=True, blank=True)
    day = models.DateField()
    told = models.PositiveIntegerField(default=0)
    by_user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-moved_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(before__isnull=True) | ~Q(day=F("before")), name="a_moved_promise_has_moved"
            ),
        )

    def __str__(self) -> str:
        return f"promise of {self.case_id}"
