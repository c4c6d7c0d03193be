"""What this room does by itself: it follows applications and interviews, and the clock."""

from recruitment import clock
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.events import StateChanged
from recruitment.fairness import access_requests, hearings, reasons
from recruitment.fairness.claims import follow_hiring, follow_interview, take_up
from recruitment.interviews.models import InterviewInvitation


def follow_move(event: StateChanged) -> None:
    """An interview that was held meets the duty to it; who is hired has no claim left; who has gone is not heard.

    A claim that had lapsed with the post is there again when it is advertised again.
    """
    if isinstance(event.row, InterviewInvitation) and event.move == "hold":
        follow_interview(event.row.application_id)
    if isinstance(event.row, Application) and event.move == "hire":
        follow_hiring(event.row.pk)
    if isinstance(event.row, RecruitmentCase) and event.move == "readvertise":
        take_up(event.row)
    if isinstance(event.row, Application) and event.move in {"withdraw", "decline", "note_declined"}:
        hearings.fall_away(event.row)


def turn_the_clock() -> int:
    """Hearings end and are reminded of; whoever has waited to the limit is told. Returns how many."""
    today = clock.today()
    return sum(
        act(today)
        for act in (hearings.pass_deadlines, hearings.remind, access_requests.tell_status, reasons.tell_status)
    )
