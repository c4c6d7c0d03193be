"""Rows beside the ads: an institution's rules, consents of people in pictures, calendars' addresses, counts of visitors, the public's number."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.cases.profile import AdvertisementRound
from recruitment.organisation.models import Institution
from recruitment.people.models import User
from recruitment.reach import WITHIN_ROUND, Reach
from recruitment.rows import Row


class PublicVersion(models.Model):
    """One row: how often what the public sees has changed. Raised by the database alone, see `public_version.py`."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="one_public_version"),)

    def __str__(self) -> str:
        return str(self.number)


class AdvertisingRules(Row):
    """How one institution wants its ads checked; without a row nothing is switched off.

    `switched_off` holds codes of `checks.rules`; what the law decides is not among them. `unwanted` is a list of
    [word, what to write instead]. Where `manager_approves`, an ad goes out with the hiring manager's approval only.
    """

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.OneToOneField(Institution, on_delete=models.CASCADE, related_name="advertising_rules")
    switched_off = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    unwanted = models.JSONField(default=list, blank=True)
    manager_approves = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"advertising rules of {self.institution_id}"


class PictureConsent(Row):
    """What the people in a picture have agreed to. `image_id` names a picture of the content app."""

    REACH: ClassVar[Reach] = Reach(institution="institution")

    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="picture_consents")
    image_id = models.PositiveBigIntegerField(unique=True)
    people = models.CharField(max_length=240)
    given_on = models.DateField()
    scope = models.CharField(max_length=240)
    expires_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        indexes = (models.Index(fields=["expires_on"]),)

    def __str__(self) -> str:
        return f"consent for picture {self.image_id}"


class CalendarFeed(Row):
    """A person's own address for the calendar of ads. Only its digest is kept; a new one ends the old one."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"calendar feed of {self.user_id}"


class FunnelStep(models.TextChoices):
    """How far somebody has come on the way to an application."""

    VIEW = "VIEW", _("saw the ad")
    START = "START", _("began")
    STEP = "STEP", _("filled in a step")
    SUBMIT = "SUBMIT", _("handed in")


class FunnelCount(models.Model):
    """How many came how far on a day. Nobody is followed: a number a day and a step, and nothing else (E2, ST3)."""

    REACH: ClassVar[Reach] = WITHIN_ROUND

    round = models.ForeignKey(AdvertisementRound, on_delete=models.CASCADE, related_name="funnel")
    day = models.DateField()
    step = models.CharField(max_length=6, choices=FunnelStep)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "day", "step"], name="a_step_counted_once_a_day"),)

    def __str__(self) -> str:
        return f"{self.day} {self.step}: {self.count}"
