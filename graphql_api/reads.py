"""What an answer shows of applications is written to the audit trail, in the transaction in which it was read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from recruitment.applications.models import Application
from recruitment.audit.models import AuditEntry
from recruitment.people.actor import Actor

ACTION = "Application.read"


@dataclass
class Reads:
    """The applications that this answer holds, and those whose personal data it holds."""

    applications: dict[Any, Application] = field(default_factory=dict)
    opened: set[Any] = field(default_factory=set)

    def note(self, rows: Iterable[Any]) -> None:
        """These rows are about to be shown; only applications are remembered."""
        self.applications |= {row.pk: row for row in rows if isinstance(row, Application)}

    def write(self, actor: Actor, operation: str | None) -> None:
        """One entry an application, all in one statement. When this fails, the answer must not leave."""
        AuditEntry.objects.bulk_create(self._entry(row, actor, operation or "") for row in self.applications.values())

    def _entry(self, row: Application, actor: Actor, operation: str) -> AuditEntry:
        return AuditEntry(
            actor=str(actor),
            user_id=actor.user.pk if actor.user else None,
            action=ACTION,
            object_type="Application",
            object_id=str(row.pk),
            institution_id=row.institution_id,  # type: ignore[attr-defined]
            case_id=row.case_id,
            application_id=row.pk,
            ip=actor.ip,
            request_id=actor.request_id,
            detail={"by": "graphql", "operation": operation[:60], "personal": row.pk in self.opened},
        )
