"""The audit trail, and the shape of a lifecycle's history."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from recruitment.reach import Reach
from recruitment.rows import Row


class AuditEntry(models.Model):
    """One deed or one look. Ids only, no contents; the database refuses to change or remove it (reliability I10)."""

    REACH: ClassVar[Reach] = Reach(institution="institution_id", case="case_id")

    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.CharField(max_length=120)
    user_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=60)
    institution_id = models.UUIDField(null=True)
    case_id = models.UUIDField(null=True)
    application_id = models.UUIDField(null=True)
    ip = models.GenericIPAddressField(null=True)
    request_id = models.CharField(max_length=60, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit entry")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=["application_id", "at"]),
            models.Index(fields=["case_id", "at"]),
            models.Index(fields=["institution_id", "at"]),
            models.Index(fields=["user_id", "at"]),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.object_type} {self.object_id}"


class StateChange(Row):
    """The shape of a history row: append only, one for each move of a lifecycle."""

    from_state = models.CharField(max_length=24, blank=True)
    to_state = models.CharField(max_length=24)
    move = models.CharField(max_length=40)
    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.CharField(max_length=120)
    by_user = models.ForeignKey("recruitment.User", null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"

    def values(self) -> dict[str, Any]:
        """For people who read the log: when, from where to where, and why."""
        return {"at": self.at, "from": self.from_state, "to": self.to_state, "reason": self.reason}
