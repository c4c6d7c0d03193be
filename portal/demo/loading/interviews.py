"""Interviews of the demo: held and compared where the case is past them, agreed and free times where it is not."""

import datetime as dt
from collections.abc import Iterator

from portal.demo.loading.calendar import day
from portal.demo.loading.cases import made
from portal.demo.loading.catalogue import BY_KEY
from portal.demo.loading.people import HOUSE
from recruitment import clock
from recruitment.applications.models import Application, Stage
from recruitment.cases.models import CaseState, RecruitmentCase
from recruitment.cases.profile import Competence
from recruitment.interviews.engagements import engage
from recruitment.interviews.generator import Wish, day_off, propose
from recruitment.interviews.guides import guide_of
from recruitment.interviews.models import (
    InterviewInvitation,
    InterviewRound,
    InterviewSlot,
    InvitationStateChange,
    MeetingRoom,
)
from recruitment.interviews.records import (
    AskedQuestion,
    Finding,
    GuideQuestion,
    GuideRole,
    Interview,
    InterviewNote,
    RoleTask,
    TestResult,
)
from recruitment.interviews.rounds import possible_panel, write_slots
from recruitment.people.models import User

ROOMS = {"registerstyrelsen": ("Mødelokale 2.14", "Mødelokale 1.03"), "kysthavn": ("Kajrummet", "Fyrrummet"), "limfjordens-universitet": ("Lokale A2", "Lokale B7")}  # fmt: skip
PROGRAMME = "Velkomst og præsentation\nOm arbejdspladsen og jobbet\nDine erfaringer og din måde at arbejde på\nLøn og vilkår\nDine spørgsmål, og hvad der sker nu"
A_DAY = 5  # interviews
WORDS = (
    "Gav et klart eksempel fra sit nuværende job.", "Solid, men mest i mindre opgaver.", "Svarede kort; spørg mere ved næste samtale.",
    "Overbevisende og selvkritisk.", "Har arbejdet med det i flere år.", "Ny på området, lærer hurtigt.",
)  # fmt: skip
IMPRESSIONS = (
    "Rolig, velforberedt og god til at spørge til opgaverne.", "Fagligt stærk. Vi var i tvivl om lysten til drift.",
    "Engageret og åben. Mangler erfaring med store systemer.", "Tydelig i sine svar, god kemi med kollegerne.",
)  # fmt: skip
BETTER = ("Hold tiden på afsnittet om løn.", "Lad ansøgeren tale ud, før vi spørger igen.", "")
OUTCOMES = ("RECOMMEND", "RESERVE", "NOT", "RESERVE")


def hold_interviews() -> None:
    """The past of the cases that are past their interviews, and the plans of the others."""
    for key, plan in BY_KEY.items():
        case = made.get(key)
        if case is None:
            continue
        if plan.state in {CaseState.INTERVIEWING, CaseState.DECIDING, CaseState.CONCLUDING, CaseState.CLOSED}:
            _look_back(case, plan.deadline[0] + 7)
    _look_ahead(made["R2"], number=2, in_days=6, mode="PICK")
    for key in ("K1", "L1"):
        _look_ahead(made[key], number=1, in_days=5, mode="FIXED")


def _working_days(first: int) -> Iterator[dt.date]:
    """From so many days from today on."""
    offset = first
    while True:
        if not day_off(day(offset)):
            yield day(offset)
        offset += 1


def _round(case: RecruitmentCase, number: int, mode: str) -> tuple[InterviewRound, list[User], list[MeetingRoom]]:
    workplace = case.workplaces.first()
    round_ = InterviewRound.objects.create(
        case=case, number=number, programme=PROGRAMME, bring="Et eksempel på noget, du har skrevet eller bygget." if number == 1 else "",
        place=f"{workplace.address}, {workplace.postal_code} {workplace.city}" if workplace else "", mode=mode,
        test_required=number > 1,
    )  # fmt: skip
    panel = list(possible_panel(case))[:4]
    round_.panel.set(panel)
    rooms = [
        MeetingRoom.objects.get_or_create(institution=case.institution, name=name)[0]
        for name in ROOMS[case.institution.slug]
    ]
    guide = guide_of(round_)
    GuideRole.objects.bulk_create(
        [GuideRole(guide=guide, task=task, user=panel[n % len(panel)]) for n, task in enumerate(RoleTask)]
    )
    return round_, panel, rooms


def _look_ahead(case: RecruitmentCase, *, number: int, in_days: int, mode: str) -> None:
    """Free times on two days, with nobody called yet."""
    round_, panel, rooms = _round(case, number, mode)
    days = _working_days(in_days)
    wish = Wish(
        days=(next(days), next(days)), opens=dt.time(9), closes=dt.time(14), people=tuple(panel), rooms=tuple(rooms),
        lunch_from=dt.time(12), lunch_until=dt.time(12, 30), most=8,
    )  # fmt: skip
    write_slots(round_, propose(round_, wish).times, actor=HOUSE)


def _look_back(case: RecruitmentCase, first: int) -> None:
    """Those who were called: interviewed on past days; who has not been yet has agreed to come."""
    called = list(
        case.applications.filter(stage_reached__gte=Stage.INVITED).exclude(state="WITHDRAWN").order_by("-stage_reached", "received_at")
    )  # fmt: skip
    if not called:
        return
    round_, panel, rooms = _round(case, 1, "FIXED")
    if case.state == CaseState.INTERVIEWING:
        first = -4
    past = (d for d in _working_days(first))
    ahead = _working_days(2)
    on = next(past)
    for number, application in enumerate(called):
        if number and number % A_DAY == 0:
            on = next(past)
        if application.stage_reached >= Stage.INTERVIEWED:
            slot = _slot(round_, rooms[number % 2], on, 9 + number % A_DAY)
            _record(_invite(application, slot, "HELD"), panel, number)
        elif case.state == CaseState.INTERVIEWING:
            _invite(application, _slot(round_, rooms[0], next(ahead), 10), "ACCEPTED")
        else:
            _declined(round_, application, moment_of(on))
    if case.state == CaseState.INTERVIEWING:
        _leave_free(round_, rooms[0], next(ahead))


def _leave_free(round_: InterviewRound, room: MeetingRoom, when: dt.date) -> None:
    for hour in (9, 10, 11):
        _slot(round_, room, when, hour, "FREE")


def moment_of(when: dt.date, hour: int = 9) -> dt.datetime:
    """That hour of the day in Copenhagen."""
    return dt.datetime.combine(when, dt.time(hour), tzinfo=clock.COPENHAGEN)


def _slot(round_: InterviewRound, room: MeetingRoom, when: dt.date, hour: int, state: str = "BOOKED") -> InterviewSlot:
    starts = moment_of(when, hour)
    slot = InterviewSlot.objects.create(
        round=round_, starts_at=starts, ends_at=starts + dt.timedelta(minutes=45), room=room, state=state
    )
    engage(slot, round_.panel.all())
    return slot


def _invite(application: Application, slot: InterviewSlot, state: str) -> InterviewInvitation:
    asked_on = slot.starts_at - dt.timedelta(days=5)
    answered_at = asked_on + dt.timedelta(hours=9)
    invitation = InterviewInvitation.objects.create(
        round=slot.round, application=application, slot=slot, state=state, version=3 if state == "HELD" else 2,
        sent_at=asked_on, answer_due_at=asked_on + dt.timedelta(days=3), answered_at=answered_at,
    )  # fmt: skip
    moves = [("DRAFT", "SENT", "send", asked_on), ("SENT", "ACCEPTED", "accept", answered_at)]
    if state == "HELD":
        moves.append(("ACCEPTED", "HELD", "hold", slot.ends_at))
    _history(invitation, moves)
    return invitation


def _declined(round_: InterviewRound, application: Application, at: dt.datetime) -> None:
    """Called, and did not want to come after all."""
    asked_on, answered_at = at - dt.timedelta(days=5), at - dt.timedelta(days=4)
    invitation = InterviewInvitation.objects.create(
        round=round_, application=application, state="DECLINED", version=2, sent_at=asked_on, answer_due_at=at,
        answered_at=answered_at, answer_note="Tak for invitationen. Jeg har sagt ja til en anden stilling.",
    )  # fmt: skip
    _history(invitation, [("DRAFT", "SENT", "send", asked_on), ("SENT", "DECLINED", "decline", answered_at)])


def _history(invitation: InterviewInvitation, moves: list[tuple[str, str, str, dt.datetime]]) -> None:
    InvitationStateChange.objects.bulk_create(
        [
            InvitationStateChange(invitation=invitation, from_state=a, to_state=b, move=move, at=at, by="house: demo")
            for a, b, move, at in moves
        ]
    )


def _record(invitation: InterviewInvitation, panel: list[User], number: int) -> None:
    """What was asked and found; a question and a finding are missing here and there, so that gaps can be seen."""
    interview = Interview.objects.create(
        invitation=invitation, held_at=invitation.slot.starts_at if invitation.slot else None, version=1,
        impression=IMPRESSIONS[number % len(IMPRESSIONS)], do_better=BETTER[number % len(BETTER)], outcome=OUTCOMES[number % len(OUTCOMES)],
    )  # fmt: skip
    interview.participants.set(panel)
    questions = list(GuideQuestion.objects.filter(section__guide__round=invitation.round))
    AskedQuestion.objects.bulk_create(
        [AskedQuestion(interview=interview, question=q) for n, q in enumerate(questions) if (n + number) % 7]
    )
    competences = list(Competence.objects.filter(profile__case=invitation.round.case))
    Finding.objects.bulk_create(
        [
            Finding(interview=interview, competence=c, level=2 + (number * 3 + n * 2) % 4, words=WORDS[(number + n) % len(WORDS)])
            for n, c in enumerate(competences)
            if (number + n) % 6 != 5
        ]
    )  # fmt: skip
    InterviewNote.objects.create(
        interview=interview,
        author=panel[0],
        text="Kom godt ind på opgaverne. Spurgte selv til samarbejdet med driften.",
    )
    if invitation.round.case == made["R3"] and number < 3:
        TestResult.objects.create(
            application=invitation.application, test_name="Personprofil for ledere", purpose="Ledelsesstil og samarbejde",
            used_in_interview="Vi bad ansøgeren give eksempler på de to mest udprægede træk og lod kollegerne spørge videre.",
            feedback_given_at=invitation.slot.ends_at if invitation.slot else None, recorded_by=panel[0],
        )  # fmt: skip
