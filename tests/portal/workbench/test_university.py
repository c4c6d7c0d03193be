"""A case with an assessment committee, as the university of the demo has them: from the seats to the held interview, on screens."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from recruitment import clock
from recruitment.access.entrances import bare_path
from recruitment.access.models import CaseMember, ConflictOfInterestDeclaration, Entrance
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.assessments.statements import Assessment
from recruitment.cases.models import RecruitmentCase
from recruitment.interviews.models import InterviewInvitation, InterviewRound
from recruitment.mail.models import Message
from recruitment.organisation.models import InstitutionSettings
from recruitment.people.models import User
from tests.factories.interviews import working_day
from tests.factories.world import declare, make_application
from tests.portal.applicant.test_inbox import person_of

WORDS = {
    "QUALIFIED": "Forsker på internationalt niveau og underviser med omhu.",
    "NOT_QUALIFIED": "Har endnu ikke dokumenteret selvstændig forskning.",
}


@pytest.fixture
def university(world):
    """The institution wants legality checked; the case is past its deadline with two applicants."""
    InstitutionSettings.objects.update_or_create(
        institution=world.ours.institution, defaults={"legality_check_required": True}
    )
    world.other = make_application(
        world.ours.round, email="lektor@ansoeger.example", given_name="Ib", family_name="Juhl"
    )
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(state="ASSESSING")
    Application.objects.filter(case=world.ours.case).update(state="UNDER_REVIEW")
    for role in (Role.HR_EXTENDED, Role.HIRING_MANAGER):
        declare(world.ours.case, world.ours.staff[role])
    CaseMember.objects.filter(role=Role.ASSESSMENT_COMMITTEE).delete()
    return world


@pytest.fixture
def as_user(client) -> Callable[[User], Client]:
    def enter(user: User) -> Client:
        client.force_login(user)
        return client

    return enter


def test_a_case_with_an_assessment_committee_from_the_seats_to_the_held_interview(university, as_user):
    case, hr, manager = university.ours.case, university.ours.staff[Role.HR_EXTENDED], university.ours.staff[Role.HIRING_MANAGER]  # fmt: skip
    chair, expert, related = seat_the_committee(case, as_user(hr))
    for user in (chair, expert):
        declare_impartial(case, university.application, as_user(user))
    step_aside(case, university.application, related, as_user)
    as_user(hr).post(
        impartial_of(case, related), {"outcome": "excluded", "decision": "Har skrevet sammen med ansøgeren."}
    )

    write_and_hand_in(university.application, "QUALIFIED", expert, chair, as_user)
    write_and_hand_in(university.other, "NOT_QUALIFIED", expert, chair, as_user)
    check_and_send(university.application, as_user(hr))
    check_and_send(university.other, as_user(hr))
    comment(university.application, as_user(person_of(university.application)))
    assert as_user(hr).post(of(university.other, "finish/"), {}).status_code == 422  # may still comment
    as_user(hr).post(of(university.application, "finish/"), {})
    with clock.shifted(dt.timedelta(days=20)):
        as_user(hr).post(of(university.other, "finish/"), {})
    assert set(Assessment.objects.values_list("state", "conclusion")) == {
        ("FINAL", "QUALIFIED"),
        ("FINAL", "NOT_QUALIFIED"),
    }

    call_and_hold(university, as_user(manager), as_user)
    assert Application.objects.get(pk=university.application.pk).state == "INTERVIEWED"
    assert as_user(related).get(of(university.application)).status_code == 404


def seat_the_committee(case: RecruitmentCase, hr: Client) -> list[User]:
    """By e-mail; each has a letter that leads to the case in one click."""
    found = []
    for name, function in (("formand", "CHAIR"), ("fagfaelle", "EXTERNAL_EXPERT"), ("medforfatter", "MEMBER")):
        email = f"{name}@andet-universitet.example"
        typed = {"email": email, "role": "ASSESSMENT_COMMITTEE", "function": function}
        assert hr.post(reverse("workbench:members", args=[case.pk]), typed).status_code == 302
        entrance = Entrance.objects.get(member__case=case, member__user__email=email)
        assert bare_path(entrance) in Message.objects.get(code="STAFF_ACCESS_GIVEN", recipient=email).text
        found.append(User.objects.get(email=email))
    return found


def declare_impartial(case: RecruitmentCase, application: Application, member: Client) -> None:
    """Asked before anything is opened, then led to what was wanted."""
    wanted = reverse("workbench:application", args=[case.pk, application.pk])
    asked = member.get(wanted)
    assert asked.headers["Location"].startswith(reverse("workbench:declare", args=[case.pk]))
    answer = member.post(asked.headers["Location"], {"has_conflict": "no", "is_confidential": "on"})
    assert answer.headers["Location"] == wanted
    assert member.get(wanted).status_code == 200


def step_aside(case: RecruitmentCase, application: Application, related: User, as_user) -> None:
    typed = {"has_conflict": "yes", "relation_text": "Vi har skrevet en artikel sammen."}
    as_user(related).post(reverse("workbench:declare", args=[case.pk]), typed)
    assert as_user(related).get(reverse("workbench:application", args=[case.pk, application.pk])).status_code == 404


def impartial_of(case: RecruitmentCase, user: User) -> str:
    row = ConflictOfInterestDeclaration.objects.get(case=case, user=user)
    return reverse("workbench:impartiality", args=[case.pk, row.pk])


def of(application: Application, more: str = "") -> str:
    return reverse("workbench:assessment", args=[application.case_id, application.pk]) + more


def write_and_hand_in(application: Application, conclusion: str, expert: User, chair: User, as_user) -> None:
    """The expert writes, the chair hands in; nobody else can."""
    typed = {"text": WORDS[conclusion], "conclusion": conclusion, "version": "0"}
    assert as_user(expert).post(of(application), typed).status_code == 302
    assert as_user(expert).post(of(application, "submit/"), {}).status_code == 403
    assert as_user(chair).post(of(application, "submit/"), {}).status_code == 302


def check_and_send(application: Application, hr: Client) -> None:
    """Not to the applicant before its legality is checked."""
    until = (clock.today() + dt.timedelta(days=14)).isoformat()
    assert hr.post(of(application, "send/"), {"until": until}).status_code == 422
    hr.post(of(application, "check/"), {"reason": "Proceduren er fulgt."})
    assert hr.post(of(application, "send/"), {"until": until}).status_code == 302


def comment(application: Application, applicant: Client) -> None:
    own = reverse("applicant:assessment", args=[application.pk])
    assert WORDS["QUALIFIED"] in applicant.get(own).content.decode()
    assert WORDS["NOT_QUALIFIED"] not in applicant.get(own).content.decode()
    assert applicant.post(own, {"text": "Ingen bemærkninger."}).status_code == 302


def call_and_hold(university, manager: Client, as_user) -> None:
    """Chosen with a reason, called, accepted, held."""
    case, application = university.ours.case, university.application
    leader = university.ours.staff[Role.HIRING_MANAGER]
    manager.get(reverse("workbench:application", args=[case.pk, application.pk]))
    manager.get(reverse("workbench:application", args=[case.pk, university.other.pk]))
    shortlist = reverse("workbench:move_many", args=[case.pk, "shortlist"])
    manager.post(shortlist, {"only": [application.reference], "reason": "Fundet kvalificeret."})
    page = reverse("workbench:interview_round_new", args=[case.pk])
    initial = {name: value for name, value in manager.get(page).context["form"].initial.items() if value}
    manager.post(page, {**initial, "panel": [leader.pk]})
    round_ = InterviewRound.objects.get(case=case)
    times = reverse("workbench:interview_times", args=[case.pk, round_.pk])
    typed = {
        "days": working_day().strftime("%d-%m-%Y"), "opens": "09:00", "closes": "11:00", "lunch_from": "", "lunch_until": "",
        "new_room": "Auditorium 3", "people": [leader.pk], "most": 1,
    }  # fmt: skip
    proposed = manager.post(times, {**typed, "button": "preview"}).context["proposal"].times
    manager.post(times, {**typed, "button": "write", "time": [proposed[0].key]})
    call = reverse("workbench:interview_call", args=[case.pk, round_.pk])
    slot = round_.slots.get()
    manager.post(call, {"mode": "FIXED", "answer_by": "2099-01-01T12:00", "call": [str(application.pk)], f"slot-{application.pk}": str(slot.pk)})  # fmt: skip
    invitation = InterviewInvitation.objects.get(application=application)
    applicant = as_user(person_of(application))
    own = reverse("applicant:interview", args=[application.pk, invitation.pk])
    applicant.post(own, {"button": "accept", "version": invitation.version})
    with clock.shifted(slot.ends_at - clock.now() + dt.timedelta(minutes=1)):
        conduct = reverse("workbench:interview_conduct", args=[case.pk, invitation.pk])
        assert as_user(leader).post(conduct, {"button": "held"}).status_code == 302
