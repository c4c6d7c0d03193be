"""How a medium is reached, and what it has been told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment.advertising.models import MediaListEntry, Publication
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class Connection(Row):
    """How a medium on an institution's list is reached. `secret` is sealed, see `secrets.py`; nobody is shown it."""

    REACH: ClassVar[Reach] = Reach(institution="entry__institution")

    entry = models.OneToOneField(MediaListEntry, on_delete=models.CASCADE, related_name="connection")
    address = models.CharField(_("address"), max_length=300, blank=True)
    options = models.JSONField(default=dict, blank=True)
    secret = models.TextField(blank=True)
    active = models.BooleanField(_("in use"), default=True)
    tested_at = models.DateTimeField(null=True, blank=True)
    test_passed = models.BooleanField(null=True)
    test_result = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"connection of {self.entry_id}"


class Act(models.TextChoices):
    """What a medium is told."""

    CREATE = "CREATE", _("put up")
    UPDATE = "UPDATE", _("change")
    CLOSE = "CLOSE", _("take down")


class DeliveryState(models.TextChoices):
    """How it went. FAILED and BY_HAND are tasks for a person until somebody has settled them."""

    WAITING = "WAITING", _("under way")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("failed")
    BY_HAND = "BY_HAND", _("by hand")


class Delivery(Row):
    """One thing a medium is told. `reference` is ours and the same at every try, so that nothing goes up twice.

    `begun_at` is set while nobody knows whether the other side has heard; `digest` says which contents it has.
    """

    REACH: ClassVar[Reach] = Reach(
        institution="publication__round__case__institution",
        unit="publication__round__case__unit__path",
        case="publication__round__case",
    )

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="deliveries")
    act = models.CharField(max_length=6, choices=Act)
    state = models.CharField(max_length=7, choices=DeliveryState, default=DeliveryState.WAITING)
    reference = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=["publication"], condition=Q(act="CREATE", state="WAITING"), name="an_ad_is_on_its_way_once"
            ),
        )
        indexes = (models.Index(fields=["publication", "state"]),)

    def __str__(self) -> str:
        return f"{self.act} {self.reference}"

    @property
    def is_task(self) -> bool:
        """Whether a person must do something about it."""
        return self.state in {DeliveryState.FAILED, DeliveryState.BY_HAND} and self.settled_at is None
