"""Screens for planning interviews and calling applicants."""

import pytest
from django.urls import reverse

from recruitment.access.roles import Role
from recruitment.applications.blinding import switch_on
from recruitment.applications.models import Application, PriorityClaim
from recruitment.interviews import answering
from recruitment.interviews.models import InterviewInvitation, InterviewRound, InterviewSlot, MeetingRoom
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, make_times, set_table, working_day

APPLICANT = Actor.person(None)


def address(name: str, case, *more) -> str:
    return reverse(f"workbench:{name}", args=[case.pk, *more])


def times_typed(table, day, **more) -> dict:
    return {
        "days": day.strftime("%d-%m-%Y"), "opens": "09:00", "closes": "12:00", "lunch_from": "", "lunch_until": "",
        "rooms": [table.room.pk], "new_room": "", "directions": "", "people": [user.pk for user in table.panel], "most": 12, **more,
    }  # fmt: skip


def test_interviews_are_planned_from_what_the_case_knows(declared, sign_in):
    case = declared.ours.case
    client = sign_in(Role.ADMIN_SUPPORT)
    page = client.get(address("interview_round_new", case))
    form = page.context["form"]
    assert (form.initial["minutes"], form.initial["pause_minutes"]) == (45, 15)

    typed = {**{k: v for k, v in form.initial.items() if v}, "panel": [declared.ours.staff[Role.HIRING_MANAGER].pk]}
    answer = client.post(address("interview_round_new", case), typed)

    round_ = InterviewRound.objects.get()
    assert answer.url == address("interview_times", case, round_.pk)
    assert list(round_.panel.all()) == [declared.ours.staff[Role.HIRING_MANAGER]]


def test_a_panel_member_from_elsewhere_is_refused_and_nothing_typed_is_lost(declared, sign_in):
    case = declared.ours.case
    typed = {"panel": [declared.theirs.staff[Role.HIRING_MANAGER].pk], "minutes": "9999", "pause_minutes": "15", "mode": "FIXED", "place": "Torvet 1"}  # fmt: skip

    answer = sign_in(Role.HR_EXTENDED).post(address("interview_round_new", case), typed)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"panel", "minutes"}
    assert answer.context["form"]["place"].value() == "Torvet 1"


def test_times_are_shown_first_and_written_when_agreed_to(world, sign_in):
    table = set_table(world, times=0)
    day, client = working_day(), sign_in(Role.ADMIN_SUPPORT)
    page = address("interview_times", table.case, table.round.pk)

    shown = client.post(page, {**times_typed(table, day), "button": "preview"})
    proposed = [time.key for time in shown.context["proposal"].times]
    assert (len(proposed), InterviewSlot.objects.count()) == (3, 0)
    client.post(page, {**times_typed(table, day), "button": "write", "time": proposed[:2]})

    assert InterviewSlot.objects.count() == 2


def test_what_was_taken_meanwhile_is_not_written_and_a_new_proposal_shown(world, sign_in):
    table = set_table(world, times=0)
    day, client = working_day(), sign_in(Role.HR_CASEWORK)
    page = address("interview_times", table.case, table.round.pk)
    shown = client.post(page, {**times_typed(table, day), "button": "preview"})
    proposed = [time.key for time in shown.context["proposal"].times]
    make_times(table.round, table.room, 1)

    answer = client.post(page, {**times_typed(table, day), "button": "write", "time": proposed})

    assert answer.status_code == 422
    assert InterviewSlot.objects.count() == 1
    assert len(answer.context["proposal"].times) == 2


@pytest.mark.parametrize("days", ["31-02-2027", "i morgen", "", "0001-01-01"])
def test_days_that_are_none_get_a_clear_error(world, sign_in, days):
    table = set_table(world, times=0)

    answer = sign_in(Role.HR_CASEWORK).post(
        address("interview_times", table.case, table.round.pk), {**times_typed(table, working_day()), "days": days, "button": "preview"}
    )  # fmt: skip

    assert answer.status_code == 422
    assert "days" in answer.context["form"].errors


def test_a_new_room_is_made_with_the_times(world, sign_in):
    table = set_table(world, times=0)

    sign_in(Role.HR_CASEWORK).post(
        address("interview_times", table.case, table.round.pk),
        {
            **times_typed(table, working_day()),
            "rooms": [],
            "new_room": "Kantinen",
            "directions": "Stuen",
            "button": "preview",
        },
    )

    assert MeetingRoom.objects.get(name="Kantinen").directions == "Stuen"


def test_six_are_called_in_three_clicks(world, sign_in):
    table = set_table(world, applicants=6, times=6)
    client = sign_in(Role.HIRING_MANAGER)
    assert (
        address("interview_call", table.case, table.round.pk)
        in client.get(address("interviews", table.case)).content.decode()
    )  # 1
    page = client.get(address("interview_call", table.case, table.round.pk))  # 2
    typed = {"mode": "FIXED", "answer_by": f"{page.context['form']['answer_by'].value():%Y-%m-%dT%H:%M}"}
    for line in page.context["lines"]:
        assert line["is_chosen"]
        typed.setdefault("call", []).append(str(line["application"].pk))
        typed[f"slot-{line['application'].pk}"] = line["slot"]

    client.post(address("interview_call", table.case, table.round.pk), typed)  # 3

    assert InterviewInvitation.objects.filter(state="SENT").count() == 6
    assert Message.objects.filter(code="INTERVIEW_INVITE_1").count() == 6


def test_one_time_for_two_is_refused_and_the_choice_is_still_there(world, sign_in):
    table = set_table(world, applicants=2)
    slot = str(table.slots[0].pk)
    keys = [str(row.pk) for row in table.applications]
    typed = {"mode": "FIXED", "answer_by": "2099-01-01T12:00", "call": keys, **{f"slot-{key}": slot for key in keys}}

    answer = sign_in(Role.HR_EXTENDED).post(address("interview_call", table.case, table.round.pk), typed)

    assert answer.status_code == 422
    assert {(line["is_chosen"], line["slot"]) for line in answer.context["lines"]} == {(True, slot)}
    assert not InterviewInvitation.objects.exists()


def test_who_must_be_called_is_told_to_those_who_may_know(world, sign_in):
    table = set_table(world)
    PriorityClaim.objects.create(application=table.applications[1], state="INTERVIEW_DUE")

    for role, told in ((Role.HR_CASEWORK, 1), (Role.ADMIN_SUPPORT, 0)):
        page = sign_in(role).get(address("interview_call", table.case, table.round.pk))
        assert len(page.context["claimants"]) == told


def test_hr_answers_a_wish_for_another_time(world, sign_in):
    table = set_table(world)
    invitation = answering.ask_new_time(invited(table), actor=APPLICANT, words="Efter kl. 12")
    client, page = sign_in(Role.HR_CASEWORK), address("interview_invitation", table.case, invitation.pk)
    assert "Efter kl. 12" in client.get(page).content.decode()
    assert page in client.get("/admin/").content.decode()

    client.post(page, {"button": "reschedule", "slot": table.slots[2].pk, "version": invitation.version, "reason": ""})

    assert InterviewInvitation.objects.get().slot == table.slots[2]
    assert page not in client.get("/admin/").content.decode()


def test_a_press_on_an_old_page_is_told_so(world, sign_in):
    table = set_table(world)
    invitation = invited(table)
    answering.decline(invitation, actor=APPLICANT)

    answer = sign_in(Role.HR_CASEWORK).post(
        address("interview_invitation", table.case, invitation.pk),
        {"button": "accept_for", "version": invitation.version, "reason": "Ringede."},
    )

    assert answer.status_code == 409
    assert InterviewInvitation.objects.get().state == "DECLINED"


@pytest.mark.parametrize("typed", [
    {"button": "cancel", "version": 1, "reason": ""}, {"button": "reschedule", "version": 1}, {"button": "nonsense", "version": 1},
    {"button": "cancel", "version": "x"}, {},
])  # fmt: skip
def test_incomplete_presses_get_an_answer_and_change_nothing(world, sign_in, typed):
    table = set_table(world)
    invitation = invited(table)

    answer = sign_in(Role.HR_CASEWORK).post(address("interview_invitation", table.case, invitation.pk), typed)

    assert answer.status_code == 409
    assert InterviewInvitation.objects.get().state == "SENT"


def test_the_committee_sees_the_plan_and_changes_nothing(world, sign_in):
    table = set_table(world)
    invitation = invited(table)
    client = sign_in(Role.HIRING_COMMITTEE)
    page = address("interview_invitation", table.case, invitation.pk)

    assert client.get(address("interviews", table.case)).status_code == 200
    assert client.get(page).context["moves"] == []
    assert client.post(page, {"button": "cancel", "reason": "x", "version": 1}).status_code == 403
    assert client.get(address("interview_call", table.case, table.round.pk)).status_code == 403
    assert client.get(address("interview_times", table.case, table.round.pk)).status_code == 403


def test_nothing_of_anothers_case_is_reached_by_its_number(world, sign_in):
    table = set_table(world)
    invitation = invited(table)
    theirs = world.theirs
    client = sign_in(Role.HR_EXTENDED, theirs)

    for name, key in (
        ("interview_round", table.round.pk), ("interview_times", table.round.pk), ("interview_call", table.round.pk),
        ("interview_guide", table.round.pk), ("interview_guide_edit", table.round.pk),
        ("interview_invitation", invitation.pk), ("interview_conduct", invitation.pk),
    ):  # fmt: skip
        for case in (table.case, theirs.case):
            answer = client.get(address(name, case, key), follow=True)
            assert answer.status_code == 404 or "declare" in answer.redirect_chain[-1][0], name


def test_the_list_of_applicants_leads_the_chosen_to_the_invitations(world, sign_in):
    table = set_table(world, applicants=3)
    client = sign_in(Role.HR_CASEWORK)
    there = client.get(address("applications", table.case)).context["calls_to"]
    assert there == address("interview_call", table.case, table.round.pk)

    page = client.get(there, {"only": table.applications[1].reference})

    assert [(line["application"], line["is_chosen"]) for line in page.context["lines"]] == [
        (row, row == table.applications[1]) for row in table.applications
    ]
    assert sign_in(Role.HIRING_COMMITTEE).get(address("applications", table.case)).context["calls_to"] == ""


def test_an_application_leads_to_its_interview(world, sign_in):
    table = set_table(world)
    invitation = invited(table)
    reader = address("application", table.case, invitation.application_id)

    manager = sign_in(Role.HIRING_MANAGER).get(reader).content.decode()
    assert address("interview_conduct", table.case, invitation.pk) in manager
    assert address("tests_taken", table.case, invitation.application_id) in manager
    expert = sign_in(Role.ASSESSMENT_COMMITTEE).get(reader).content.decode()
    assert "/interviews/called/" not in expert
    assert address("tests_taken", table.case, invitation.application_id) not in expert


def test_a_claimant_whom_nobody_has_chosen_yet_stays_a_number_on_a_blind_case(world, sign_in):
    table = set_table(world)
    switch_on(table.case, actor=world.ours.actor(Role.HR_EXTENDED))
    PriorityClaim.objects.create(application=table.applications[1], state="INTERVIEW_DUE")
    Application.objects.filter(pk=table.applications[1].pk).update(state="UNDER_REVIEW", stage_reached=10)

    for role, named in ((Role.HR_EXTENDED, True), (Role.HIRING_MANAGER, False)):
        shown = sign_in(role).get(address("interviews", table.case)).context["claimants"]
        assert [row.candidate.given_name == table.applications[1].candidate.given_name for row in shown] == [named]
