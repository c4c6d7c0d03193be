"""How a medium is reached, and what it has been told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from recruitment import clock
from recruitment.advertising.models import MediaListEntry, Publication
from recruitment.people.models import User
from recruitment.reach import Reach
from recruitment.rows import Row


class Connection(Row):
    """How a medium on an institution's list is reached. Secrets are sealed, see `secrets.py`; nobody is shown one.

    While one signing secret takes over from another both sign (`rotation.py`). What stands after `failures` is the
    breaker's (`breaker.py`): whoever is out of order is left alone, and one call at a time goes to each.
    """

    REACH: ClassVar[Reach] = Reach(institution="entry__institution")

    entry = models.OneToOneField(MediaListEntry, on_delete=models.CASCADE, related_name="connection")
    address = models.CharField(_("address"), max_length=300, blank=True)
    options = models.JSONField(default=dict, blank=True)
    secret = models.TextField(blank=True)
    secret_made_at = models.DateTimeField(null=True, blank=True)
    former_secret = models.TextField(blank=True, default="", db_default="")
    former_until = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    active = models.BooleanField(_("in use"), default=True)
    gone_at = models.DateTimeField(null=True, blank=True)  # the other side said that it wants nothing more
    tested_at = models.DateTimeField(null=True, blank=True)
    test_passed = models.BooleanField(null=True)
    test_result = models.CharField(max_length=300, blank=True)
    failures = models.PositiveIntegerField(default=0, db_default=0)  # in a row
    failing_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    speaking_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"connection of {self.entry_id}"

    @property
    def is_rotating(self) -> bool:
        """Whether the secret before the present one still signs beside it."""
        return bool(self.former_secret and self.former_until and self.former_until > clock.now())

    @property
    def has_used_secret(self) -> bool:
        """Whether anything has been signed with the present secret."""
        return self.used_at is not None and (self.secret_made_at is None or self.used_at >= self.secret_made_at)


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

    `begun_at` is set while nobody knows whether the other side has heard; `digest` says which contents it has. `words`
    are what a channel says letter for letter the same at every try, and `tries` counts those at which it was called.
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
    deadline_moved = models.BooleanField(default=False, db_default=False)
    words = models.TextField(blank=True, default="", db_default="")
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    begun_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    repeated_at = models.DateTimeField(null=True, blank=True)
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
