"""The applicant's page of an interview, in its states."""

import datetime as dt
from types import SimpleNamespace

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.interviews.models import InterviewInvitation
from recruitment.interviews.rounds import make_round
from tests.factories.interviews import make_room, make_times
from tests.factories.world import HOUSE
from tests.house.walking import Visitor


def be_called(visitor: Visitor, world: SimpleNamespace, received: Application) -> None:
    """An invitation to choose a time, answered without one and then with."""
    ours = world.ours
    round_ = make_round(
        ours.case, actor=HOUSE, panel=[ours.staff[Role.HIRING_MANAGER]], programme="Velkomst", bring="Et eksempel"
    )
    make_times(round_, make_room(ours), 2, after=10 * round_.number)
    invitation = InterviewInvitation.objects.create(
        round=round_, application=received, mode="PICK", state="SENT", sent_at=clock.now(), version=1,
        answer_due_at=clock.now() + dt.timedelta(days=2),
    )  # fmt: skip
    visitor.open("/mine/", "my applications, called")
    visitor.open(f"/mine/{received.pk}/", "one application, called")
    visitor.open(f"/mine/{received.pk}/samtale/{invitation.pk}/", "interview")
    visitor.press("main form button[value=pick]", "interview, faults")
    visitor.page.locator("main input[name=slot]").first.check()
    visitor.press("main form button[value=pick]", "interview, agreed")
