"""Writing the trail."""

from typing import Any

from django.db.models import Model

from recruitment.audit.models import AuditEntry
from recruitment.people.actor import Actor


def record(actor: Actor, action: str, row: Model, **detail: Any) -> AuditEntry:
    """Note that the actor did (or saw) this. Call inside the deed's transaction; `detail` holds ids and codes only."""
    return AuditEntry.objects.create(
        actor=str(actor),
        user_id=actor.user.pk if actor.user else None,
        action=action,
        object_type=row._meta.object_name or "",
        object_id=str(row.pk),
        institution_id=_tie(row, "institution"),
        case_id=row.pk if row._meta.object_name == "RecruitmentCase" else _tie(row, "case"),
        application_id=row.pk if row._meta.object_name == "Application" else _tie(row, "application"),
        ip=actor.ip,
        request_id=actor.request_id,
        detail=detail,
    )


def _tie(row: Model, name: str) -> Any:
    """The id the row holds under this name: its own column, or by way of its application or case."""
    own = getattr(row, f"{name}_id", None)
    if own is not None:
        return own
    for step in ("application", "case", "institution"):
        if step != name and getattr(row, f"{step}_id", None) is not None:
            return _tie(getattr(row, step), name)
    return row.pk if row._meta.object_name == "Institution" and name == "institution" else None
