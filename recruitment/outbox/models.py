"""Items that wait, and the timetable's pulse."""

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class ItemState(models.TextChoices):
    """Where an item stands. UNCERTAIN: the other side may or may not have got it, once repeated and then a person decides."""

    QUEUED = "QUEUED"
    WORKING = "WORKING"
    DONE = "DONE"
    UNCERTAIN = "UNCERTAIN"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"


class OutboxItem(models.Model):
    """One errand. `kind` names who carries it out, `subject` is the row it is about, `key` makes it happen once."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.QUEUED)
    due_at = models.DateTimeField(default=timezone.now)
    priority = models.PositiveSmallIntegerField(default=0, db_default=0)  # 0 goes before 1: receipts before rejections
    lease_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    lost = models.PositiveSmallIntegerField(default=0, db_default=0)  # leases in a row that ran out: workers that ended
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(
                fields=["priority", "due_at"],
                name="outbox_waiting",
                condition=models.Q(state__in=["QUEUED", "WORKING", "UNCERTAIN"]),
            ),
            models.Index(fields=["kind", "subject"]),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} ({self.state})"


class Heartbeat(models.Model):
    """When the timetable last ran: `/readyz` wants it younger than three minutes."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%H:%M:%S}"
