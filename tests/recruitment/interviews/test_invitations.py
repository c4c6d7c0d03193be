"""C5: calling, answering, moving, calling off, and what happens where nobody answers."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.actions import withdraw
from recruitment.applications.models import Application, PriorityClaim
from recruitment.audit.models import AuditEntry
from recruitment.cases.lifecycle import BEGIN_DECISION, DECIDE_WITHOUT_INTERVIEWS
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible, StaleRow
from recruitment.interviews import answering
from recruitment.interviews.guards import claimants_not_called
from recruitment.interviews.inviting import Call, accept_for, call_off, decline_for, invite, reschedule
from recruitment.interviews.models import InterviewInvitation, InterviewSlot
from recruitment.interviews.queries import answers_to_see_to, to_call
from recruitment.interviews.rounds import make_round
from recruitment.lifecycle import make, obstacles
from recruitment.mail.delivery import as_bytes
from recruitment.mail.models import Message
from recruitment.people.actor import Actor
from tests.factories.interviews import invited, make_times, set_table
from tests.factories.world import HOUSE

APPLICANT = Actor.person(None)


def codes(refusal) -> set[str]:
    return {obstacle.code for obstacle in refusal.value.obstacles}


def letters(row) -> list[str]:
    application = row.application if isinstance(row, InterviewInvitation) else row
    return list(Message.objects.filter(application=application, code__startswith="INTERVIEW").values_list("code", flat=True))  # fmt: skip


def state_of(slot: InterviewSlot) -> str:
    return InterviewSlot.objects.get(pk=slot.pk).state


def test_the_first_invitation_brings_applicant_and_case_on_in_one_go(world):
    table = set_table(world)

    invitation = invited(table, actor=world.ours.actor(Role.HIRING_MANAGER))

    application = Application.objects.get(pk=table.applications[0].pk)
    assert (invitation.state, state_of(table.slots[0])) == ("SENT", "HELD")
    assert (application.state, application.stage_reached) == ("INVITED", 30)
    assert RecruitmentCase.objects.get(pk=table.case.pk).state == "INTERVIEWING"
    assert letters(invitation) == ["INTERVIEW_INVITE_1"]
    assert AuditEntry.objects.filter(action="InterviewInvitation.send", application_id=application.pk).exists()


@pytest.mark.parametrize(
    "role", [Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED, Role.HIRING_MANAGER, Role.ADMIN_SUPPORT]
)
def test_those_who_may_call_applicants(world, role):
    assert invited(set_table(world), actor=world.ours.actor(role)).state == "SENT"


@pytest.mark.parametrize(
    "role", [Role.HIRING_COMMITTEE, Role.ASSESSMENT_COMMITTEE, Role.ADMINISTRATOR, Role.COMMUNICATIONS]
)
def test_those_who_may_not(world, role):
    table = set_table(world)

    with pytest.raises(PermissionDenied):
        invited(table, actor=world.ours.actor(role))

    assert not InterviewInvitation.objects.exists()


def test_several_are_called_at_once_or_nobody(world):
    table = set_table(world, applicants=3)
    first, second, third = table.applications

    with pytest.raises(NotPossible) as refusal:
        invite(table.round, [Call(first, table.slots[0]), Call(second, table.slots[0])], actor=HOUSE)
    assert codes(refusal) == {"slot_taken"}
    assert not Message.objects.filter(code="INTERVIEW_INVITE_1").exists()
    assert RecruitmentCase.objects.get(pk=table.case.pk).state == "ASSESSING"

    made = invite(
        table.round, [Call(a, s) for a, s in zip((first, second, third), table.slots, strict=True)], actor=HOUSE
    )

    assert [row.state for row in made] == ["SENT"] * 3
    assert not to_call(table.round).exists()


def test_nobody_is_called_who_is_not_shortlisted_or_has_been_called_or_has_no_panel_or_time(world):
    table = set_table(world, times=2)
    first, second = table.applications
    Application.objects.filter(pk=second.pk).update(state="UNDER_REVIEW")
    second.refresh_from_db()
    invited(table)

    for calls, code in (
        ([Call(second, table.slots[1])], "not_shortlisted"),
        ([Call(first, table.slots[1])], "called_already"),
        ([Call(world.their_application)], "other_case"),
        ([], "nobody"),
    ):
        with pytest.raises(NotPossible) as refusal:
            invite(table.round, calls, actor=HOUSE)
        assert codes(refusal) == {code}
    Application.objects.filter(pk=second.pk).update(state="SHORTLISTED")
    empty = make_round(table.case, actor=HOUSE)
    with pytest.raises(NotPossible) as refusal:
        invite(empty, [Call(Application.objects.get(pk=second.pk))], actor=HOUSE)
    assert codes(refusal) == {"no_panel", "no_time"}


def test_yes_books_the_time_and_confirms_it(world):
    table = set_table(world)

    accepted = answering.accept(invited(table), actor=APPLICANT)

    assert (accepted.state, state_of(table.slots[0])) == ("ACCEPTED", "BOOKED")
    assert letters(accepted) == ["INTERVIEW_INVITE_1", "INTERVIEW_CONFIRMED"]
    with pytest.raises(NotPossible):
        answering.accept(accepted, actor=APPLICANT)


def test_no_frees_the_time_and_becomes_a_task(world):
    table = set_table(world)

    declined = answering.decline(invited(table), actor=APPLICANT, words="Jeg har fået et andet job.")

    assert (declined.state, declined.answer_note, state_of(table.slots[0])) == (
        "DECLINED",
        "Jeg har fået et andet job.",
        "FREE",
    )
    assert list(answers_to_see_to(world.ours.actor(Role.HR_CASEWORK))) == [declined]
    assert not answers_to_see_to(world.ours.actor(Role.HIRING_COMMITTEE))
    assert not answers_to_see_to(world.theirs.actor(Role.HR_EXTENDED))


def test_another_time_is_asked_for_with_words_and_the_old_one_kept_until_hr_has_answered(world):
    table = set_table(world)
    invitation = invited(table)
    with pytest.raises(NotPossible) as refusal:
        answering.ask_new_time(invitation, actor=APPLICANT, words=" ")
    assert codes(refusal) == {"words_missing"}

    asked = answering.ask_new_time(invitation, actor=APPLICANT, words="Hellere efter klokken 12.")
    assert (asked.state, state_of(table.slots[0])) == ("NEW_TIME_REQUESTED", "HELD")
    moved = reschedule(asked, table.slots[2], actor=HOUSE)

    assert (moved.state, moved.slot, state_of(table.slots[0])) == ("RESCHEDULED", table.slots[2], "FREE")
    assert letters(moved)[-1] == "INTERVIEW_CHANGED"
    assert answering.accept(moved, actor=APPLICANT).state == "ACCEPTED"


def test_who_chooses_among_the_free_times_sees_only_those(world):
    table = set_table(world, times=3)
    InterviewSlot.objects.filter(pk=table.slots[1].pk).update(state="BLOCKED")
    invitation = invited(table, pick=True)
    assert set(answering.free_times(invitation)) == {table.slots[0], table.slots[2]}

    picked = answering.pick(invitation, table.slots[2], actor=APPLICANT)

    assert (picked.state, picked.slot, state_of(table.slots[2])) == ("ACCEPTED", table.slots[2], "BOOKED")
    assert not answering.free_times(picked)
    with pytest.raises(NotPossible):
        answering.pick(picked, table.slots[0], actor=APPLICANT)


def test_an_answer_to_what_has_been_changed_meanwhile_changes_nothing(world):
    table = set_table(world)
    invitation = invited(table)
    seen = invitation.version
    moved = reschedule(invitation, table.slots[1], actor=HOUSE)

    for answer in (answering.accept, answering.decline):
        with pytest.raises(StaleRow):
            answer(invitation, actor=APPLICANT, version=seen)

    assert InterviewInvitation.objects.get().state == "RESCHEDULED"
    assert answering.accept(invitation, actor=APPLICANT, version=moved.version).slot == table.slots[1]


@pytest.mark.django_db(transaction=True)
def test_hr_and_applicant_at_the_same_moment_never_overwrite_each_other(world):
    table = set_table(world)
    invitation = invited(table)
    barrier, outcomes = threading.Barrier(2), []

    def run(name, deed):
        try:
            barrier.wait()
            deed(version=invitation.version)
            outcomes.append(name)
        except (StaleRow, NotPossible):
            outcomes.append("refused")
        finally:
            connections.close_all()

    deeds = {
        "yes": lambda version: answering.accept(invitation, actor=APPLICANT, version=version),
        "moved": lambda version: reschedule(invitation, table.slots[1], actor=HOUSE, version=version),
    }
    threads = [threading.Thread(target=run, args=item) for item in deeds.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    now = InterviewInvitation.objects.get()
    assert sorted(outcomes) in (["refused", "yes"], ["moved", "refused"])
    assert (now.state, now.slot) == (
        ("ACCEPTED", table.slots[0]) if "yes" in outcomes else ("RESCHEDULED", table.slots[1])
    )


def test_calling_off_needs_a_reason_frees_the_time_and_tells_the_applicant(world):
    table = set_table(world)
    invitation = answering.accept(invited(table), actor=APPLICANT)

    with pytest.raises(NotPossible) as refusal:
        call_off(invitation, actor=world.ours.actor(Role.HR_CASEWORK), reason="")
    assert codes(refusal) == {"reason_missing"}
    gone = call_off(invitation, actor=world.ours.actor(Role.HR_CASEWORK), reason="Panelet er sygt.")

    assert (gone.state, state_of(table.slots[0]), letters(gone)[-1]) == ("CANCELLED", "FREE", "INTERVIEW_CANCELLED")
    assert invite(table.round, [Call(Application.objects.get(pk=gone.application_id), table.slots[0])], actor=HOUSE)


def test_half_way_without_an_answer_is_reminded_of_once_and_the_end_frees_the_time(world):
    table = set_table(world)
    invitation = invited(table)
    length = invitation.answer_due_at - invitation.sent_at

    with clock.shifted(length / 2 - dt.timedelta(minutes=5)):
        assert answering.see_to_invitations() == 0
    with clock.shifted(length / 2 + dt.timedelta(minutes=5)):
        assert (answering.see_to_invitations(), answering.see_to_invitations()) == (1, 0)
    assert letters(invitation) == ["INTERVIEW_INVITE_1", "INTERVIEW_REMINDER"]
    with clock.shifted(length + dt.timedelta(minutes=5)):
        assert answering.see_to_invitations() == 1

    assert (InterviewInvitation.objects.get().state, state_of(table.slots[0])) == ("EXPIRED", "FREE")
    assert answers_to_see_to(world.ours.actor(Role.ADMIN_SUPPORT)).count() == 1


def test_who_is_to_come_tomorrow_is_told_once(world):
    table = set_table(world)
    accepted = answering.accept(invited(table), actor=APPLICANT)

    with clock.shifted(table.slots[0].starts_at - clock.now() - dt.timedelta(hours=20)):
        assert (answering.see_to_invitations(), answering.see_to_invitations()) == (1, 0)

    assert letters(accepted)[-1] == "INTERVIEW_REMINDER"


def test_an_answer_on_the_telephone_is_noted_with_its_reason(world):
    table = set_table(world)
    hr = world.ours.actor(Role.HR_CASEWORK)
    invitation = invited(table)
    with pytest.raises(NotPossible):
        accept_for(invitation, actor=hr, reason="")

    accepted = accept_for(invitation, actor=hr, reason="Ringede kl. 10.")
    declined = decline_for(accepted, actor=hr, reason="Ringede igen.")

    assert [change.move for change in declined.history.all()] == ["send", "accept_for", "decline_for"]
    assert state_of(table.slots[0]) == "FREE"


def test_somebody_without_an_address_is_called_without_a_letter(world):
    table = set_table(world)
    type(table.applications[0].candidate).objects.update(email="")
    table.applications[0].refresh_from_db()

    assert invited(table).state == "SENT"
    assert letters(table.applications[0]) == []


def test_a_withdrawn_application_frees_its_time(world):
    table = set_table(world)
    invitation = answering.accept(invited(table), actor=APPLICANT)

    withdraw(Application.objects.get(pk=invitation.application_id), actor=APPLICANT)

    assert (InterviewInvitation.objects.get().state, state_of(table.slots[0])) == ("CANCELLED", "FREE")
    assert "INTERVIEW_CANCELLED" not in letters(invitation)


def test_letters_say_when_where_who_what_and_carry_the_entry_and_go_by_plain_mail(world):
    table = set_table(world, programme="Velkomst\nFaglige spørgsmål", bring="Et eksempel på en afgørelse")
    invitation = invited(table)

    letter = Message.objects.get(application=invitation.application, code="INTERVIEW_INVITE_1")

    assert (letter.message_class, letter.channel) == ("STANDARD", "EMAIL")
    for told in (
        "Møderum 2",
        "Torvet 1, 2. sal",
        "Faglige spørgsmål",
        "Et eksempel på en afgørelse",
        str(table.panel[0]),
    ):
        assert told in letter.text
    assert f"/mine/{invitation.application_id}/samtale/{invitation.pk}/" in letter.text
    raw = as_bytes(letter)
    assert b'text/calendar; method="REQUEST"' in raw
    raw.decode("ascii")


def test_an_invitation_to_choose_has_no_entry_until_a_time_is_chosen(world):
    table = set_table(world)
    picked = answering.pick(invited(table, pick=True), table.slots[0], actor=APPLICANT)

    entries = dict(Message.objects.filter(application=picked.application).values_list("code", "calendar"))

    assert entries["INTERVIEW_INVITE_1"] == ""
    assert "BEGIN:VEVENT" in entries["INTERVIEW_CONFIRMED"]


def test_the_case_is_not_decided_before_an_interview_has_been_held(world):
    table = set_table(world)
    invited(table)
    case = RecruitmentCase.objects.get(pk=table.case.pk)
    assert {o.code for o in obstacles(BEGIN_DECISION, case)} == {"no_interview_held"}

    InterviewInvitation.objects.update(state="HELD")

    assert make(BEGIN_DECISION, case, actor=world.ours.actor(Role.HIRING_MANAGER)).state == "DECIDING"


@pytest.mark.parametrize(("claim", "formal", "waits"), [
    ({"state": "INTERVIEW_DUE"}, False, True),
    ({"state": "ELIGIBLE", "claimed_via": "JOB_CENTRE"}, False, True),
    ({"state": "ELIGIBLE"}, True, True),
    ({"state": "ELIGIBLE"}, False, False),
    ({"state": "NOT_ELIGIBLE"}, True, False),
    ({"state": "CLAIMED"}, True, False),
])  # fmt: skip
def test_the_decision_waits_for_those_with_a_right_to_an_interview(world, claim, formal, waits):
    table = set_table(world)
    table.case.profile.education_is_formal = formal
    table.case.profile.save()
    PriorityClaim.objects.create(application=table.applications[1], **claim)
    invitation = invited(table)
    InterviewInvitation.objects.filter(pk=invitation.pk).update(state="HELD")

    case = RecruitmentCase.objects.get(pk=table.case.pk)

    assert [o.code for o in obstacles(BEGIN_DECISION, case)] == (["priority_claimant_waits"] if waits else [])
    assert {o.code for o in obstacles(DECIDE_WITHOUT_INTERVIEWS, case)} - {"wrong_state"} == (
        {"priority_claimant_waits"} if waits else set()
    )
    assert list(claimants_not_called(case)) == ([table.applications[1]] if waits else [])
    for state in ("HELD", "DECLINED"):
        InterviewInvitation.objects.update_or_create(
            round=table.round, application=table.applications[1], defaults={"state": state, "slot": table.slots[1]}
        )
        assert obstacles(BEGIN_DECISION, case) == []


def test_the_second_round_calls_who_was_interviewed_and_thanks_for_the_first(world):
    table = set_table(world)
    invitation = invited(table)
    InterviewInvitation.objects.filter(pk=invitation.pk).update(state="HELD")
    Application.objects.filter(pk=invitation.application_id).update(state="INTERVIEWED", stage_reached=40)
    second = make_round(table.case, actor=HOUSE, panel=table.panel)
    slots = make_times(second, table.room, 1, after=20)
    assert invitation.application in to_call(second)

    again = invite(second, [Call(Application.objects.get(pk=invitation.application_id), slots[0])], actor=HOUSE)[0]

    assert letters(again)[-1] == "INTERVIEW_INVITE_2"
    application = Application.objects.get(pk=invitation.application_id)
    assert (application.state, application.stage_reached) == ("INVITED", 40)
