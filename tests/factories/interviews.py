"""A case on its way to interviews: shortlisted applicants, a room, a round with its panel, and free times."""

import datetime as dt
from types import SimpleNamespace

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.generator import Proposed, day_off
from recruitment.interviews.inviting import Call, invite
from recruitment.interviews.models import InterviewInvitation, InterviewRound, InterviewSlot, MeetingRoom
from recruitment.interviews.rounds import make_round, write_slots
from tests.factories.world import HOUSE, Employer, declare_all, make_application


def working_day(after: int = 10) -> dt.date:
    """A day so many days ahead, or the first working day after it."""
    day = clock.today() + dt.timedelta(days=after)
    while day_off(day):
        day += dt.timedelta(days=1)
    return day


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=clock.COPENHAGEN).astimezone(dt.UTC)


def make_room(employer: Employer, name: str = "Møderum 2") -> MeetingRoom:
    room, _made = MeetingRoom.objects.get_or_create(
        institution=employer.institution, name=name, defaults={"directions": "Torvet 1, 2. sal"}
    )
    return room


def make_times(round_: InterviewRound, room: MeetingRoom | None, count: int, *, after: int = 10) -> list[InterviewSlot]:
    """Free times from nine o'clock, an hour apart."""
    day = working_day(after)
    times = [Proposed(at(day, 9 + n), at(day, 9 + n) + dt.timedelta(minutes=45), room) for n in range(count)]
    return write_slots(round_, times, actor=HOUSE)


def shortlisted(employer: Employer, count: int, first: Application | None = None) -> list[Application]:
    """The case is past its deadline, and so many applicants have been chosen."""
    rows = [first] if first else []
    rows += [
        make_application(employer.round, given_name=f"Ansøger{n}", email=f"ansoeger{n}@ansoeger.example")
        for n in range(count - len(rows))
    ]
    RecruitmentCase.objects.filter(pk=employer.case.pk).update(state="ASSESSING")
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(
        state="SHORTLISTED", stage_reached=20, first_opened_at=clock.now()
    )
    employer.case.refresh_from_db()
    for row in rows:
        row.refresh_from_db()
    return rows


def set_table(world: SimpleNamespace, *, applicants: int = 2, times: int = 3, **fields: object) -> SimpleNamespace:
    """Everybody has declared; a first round with manager and committee, a room, times and shortlisted applicants."""
    ours = world.ours
    declare_all(ours)
    panel = [ours.staff[Role.HIRING_MANAGER], ours.staff[Role.HIRING_COMMITTEE]]
    applications = shortlisted(ours, applicants, world.application)
    round_ = make_round(ours.case, actor=HOUSE, panel=panel, **fields)
    room = make_room(ours)
    slots = make_times(round_, room, times)
    return SimpleNamespace(round=round_, room=room, slots=slots, applications=applications, panel=panel, case=ours.case)


def invited(table: SimpleNamespace, *, actor=HOUSE, pick: bool = False):
    """The first applicant is called to the first time, or to choose."""
    slot = None if pick else table.slots[0]
    return invite(table.round, [Call(table.applications[0], slot)], actor=actor)[0]


def interviews_of(world: SimpleNamespace) -> SimpleNamespace:
    """For screens that show them: a round of our case with a free time and an applicant who is called; made once a world."""
    if not hasattr(world, "interviews"):
        case, ours = world.ours.case, world.ours
        state = case.state
        panel = [ours.staff[Role.HIRING_MANAGER], ours.staff[Role.HIRING_COMMITTEE]]
        round_ = make_round(case, actor=HOUSE, panel=panel, programme="Velkomst")
        slots = make_times(round_, make_room(ours, "Gemt Mødelokale"), 2)
        invitation = InterviewInvitation.objects.create(
            round=round_, application=world.application, slot=slots[1], state="SENT", sent_at=clock.now(),
            answer_due_at=clock.now() + dt.timedelta(days=2), version=1,
        )  # fmt: skip
        InterviewSlot.objects.filter(pk=slots[1].pk).update(state="HELD")
        assert case.state == state
        world.interviews = SimpleNamespace(round=round_, slots=slots, invitation=invitation)
    return world.interviews
