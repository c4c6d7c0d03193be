"""Short advice beside the work, a text for each step of a case; and which tours a person has seen."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Language, Row


class AdviceStep(models.TextChoices):
    """Where the advice stands: a step of the case, as the guide's chapters have them."""

    PLAN = "PLAN", _("planning")
    PROFILE = "PROFILE", _("job profile")
    AD = "AD", _("the ad and its media")
    FORM = "FORM", _("questions to applicants")
    SELECTION = "SELECTION", _("reading and choosing")
    INTERVIEWS = "INTERVIEWS", _("interviews")
    GUIDE = "GUIDE", _("interview guide")
    TESTS = "TESTS", _("tests")
    DECISION = "DECISION", _("references and decision")
    CLOSING = "CLOSING", _("closing the case")


class AdviceText(Row):
    """An institution's own advice at a step; without a row the shipped one is shown. `as_of`: when it was last found right."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="advice")
    step = models.CharField(max_length=12, choices=AdviceStep)
    language = models.CharField(max_length=2, choices=Language)
    text = models.TextField(_("advice, one piece a line"), blank=True)
    as_of = models.DateField(_("right as of"))
    updated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["institution", "step", "language"], name="one_advice_a_step_and_language"),
        )

    def __str__(self) -> str:
        return f"advice at {self.step}"


class TourSeen(Row):
    """That a person has been shown round and needs it no more."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tours_seen")
    tour = models.CharField(max_length=20)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "tour"], name="a_tour_is_seen_once"),)

    def __str__(self) -> str:
        return f"tour {self.tour}"
