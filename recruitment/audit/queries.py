"""Reading the trail."""

from typing import Any

from django.db.models import QuerySet

from recruitment.audit.models import AuditEntry

#: Deeds that are looks at what an applicant sent.
LOOKS = ("Application.open", "document.download", "letter.open")


def looks_at(application_id: Any) -> QuerySet[AuditEntry]:
    """Who opened the application or its documents, newest first."""
    return AuditEntry.objects.filter(application_id=application_id, action__in=LOOKS).order_by("-at", "-id")
