"""Those who were hired stand ready for HR and pay; of the closed cases the receipt has been noted."""

from recruitment import clock
from recruitment.applications.models import Application
from recruitment.cases.models import CaseState
from recruitment.closing.handing_over import content_of
from recruitment.closing.records import HandOver

SYSTEM = "HR-systemet"


def hand_over_the_hired() -> None:
    """One hand-over for each hire, written as it stands."""
    rows = Application.objects.filter(state="HIRED").select_related("candidate", "case__institution", "case__unit")
    for number, application in enumerate(rows.order_by("received_at"), 1):
        case, made_at = application.case, application.case.closed_at or clock.now()
        is_over = case.state == CaseState.CLOSED
        HandOver.objects.create(
            application=application, content=content_of(application), made_at=made_at, fetched_at=made_at if is_over else None,
            receiver=SYSTEM if is_over else "", receipt=f"M-{4700 + number}" if is_over else "",
            acknowledged_at=made_at if is_over else None, acknowledged_by=case.hr_responsible if is_over else None,
        )  # fmt: skip
