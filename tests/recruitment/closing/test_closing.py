"""The four points, GRD-17, GRD-18, GRD-20, GRD-21; closing, and opening again."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.lifecycle import CLOSE
from recruitment.cases.models import RecruitmentCase
from recruitment.closing.actions import close_case, confirm_points, reopen_case
from recruitment.closing.checklist import counts_of, points_of
from recruitment.closing.guards import outcome_of
from recruitment.decisions.deciding import conclude_unfilled
from recruitment.decisions.rejecting import reject_by_phone
from recruitment.errors import NotPossible
from recruitment.lifecycle import make, obstacles
from recruitment.mail import lifecycle as mail
from recruitment.people.actor import Actor
from recruitment.talent.proposing import decline, propose
from tests.factories.deciding import concluded, filled, letter_to, to_decision
from tests.factories.world import HOUSE
from tests.recruitment.talent.test_pools import make_pool


@pytest.fixture
def table(world):
    return to_decision(world)


def codes(case) -> set[str]:
    return {each.code for each in obstacles(CLOSE, RecruitmentCase.objects.get(pk=case.pk))}


def answer_all(table, *, but=()) -> None:
    """Everybody who is not hired: those who were met by a call, the others by letter."""
    for row in table.read:
        if row not in but:
            letter = letter_to(row, "REJECTION_NO_INTERVIEW")
            for move in (mail.SEND, mail.DELIVER):
                letter = make(move, letter, actor=HOUSE)
    for row in table.met[1:]:
        if row not in but:
            reject_by_phone(row, said="Uddybet.", called_at=clock.now(), actor=table.hr)


@pytest.fixture
def ready(table):
    """Hired, and everybody else answered."""
    filled(table)
    table.case.refresh_from_db()
    answer_all(table)
    return table


def test_nothing_but_the_confirmation_is_missing_and_it_closes_the_case(ready):
    assert codes(ready.case) == {"not_confirmed"}
    with pytest.raises(NotPossible), transaction.atomic():
        close_case(ready.case, actor=ready.hr)

    confirm_points(ready.case, pool="NOBODY", actor=ready.hr)
    closed = close_case(ready.case, actor=ready.hr)

    assert (closed.state, closed.outcome, closed.closed_at is not None) == ("CLOSED", "FILLED", True)


def test_one_without_an_answer_keeps_it_open(table):
    filled(table)
    answer_all(table, but=table.read[:1])

    assert codes(table.case) == {"unanswered", "not_confirmed"}

    letter = make(mail.SEND, letter_to(table.read[0], "REJECTION_NO_INTERVIEW"), actor=HOUSE)
    assert "unanswered" in codes(table.case)
    make(mail.DELIVER, letter, actor=HOUSE)
    assert codes(table.case) == {"not_confirmed"}


def test_who_was_interviewed_gets_more_than_a_standard_letter(table):
    filled(table)
    answer_all(table, but=table.met[1:])
    letter = make(mail.SEND, letter_to(table.met[1], "REJECTION_AFTER_INTERVIEW_SHORT"), actor=HOUSE)
    make(mail.DELIVER, letter, actor=HOUSE)
    assert codes(table.case) == {"no_fuller_answer", "not_confirmed"}

    reject_by_phone(table.met[1], said="Uddybet.", called_at=clock.now(), actor=table.hr)

    assert codes(table.case) == {"not_confirmed"}


def test_an_offer_that_waits_keeps_it_open(table):
    concluded(table)
    answer_all(table)

    assert codes(table.case) == {"offer_open", "unanswered", "not_confirmed"}


def test_a_decision_to_hire_with_nobody_hired_is_no_outcome(table):
    concluded(table)
    Application.objects.filter(pk=table.met[0].pk).update(state="WITHDRAWN")
    answer_all(table)
    assert codes(table.case) == {"nobody_hired", "not_confirmed"}

    Application.objects.filter(pk=table.met[0].pk).update(state="HIRED")

    assert codes(table.case) == {"not_confirmed"}


def test_somebody_hired_after_it_was_decided_to_hire_nobody_is_no_outcome_either(table):
    conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)
    answer_all(table)
    rows = Application.objects.filter(pk=table.met[0].pk)
    rows.update(state="HIRED")
    assert codes(table.case) == {"hired_after_all", "not_confirmed"}

    rows.update(state="WITHDRAWN")

    assert codes(table.case) == {"not_confirmed"}


def test_each_guard_of_closing_says_in_words_what_is_missing_and_where(table):
    filled(table)
    table.case.refresh_from_db()
    rest = [each for each in obstacles(CLOSE, table.case) if not (str(each.message).strip() and each.place)]

    assert len(obstacles(CLOSE, table.case)) == len(codes(table.case)) == 2
    assert rest == []


def test_nobody_hired_as_decided_is_unfilled(table):
    conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)
    answer_all(table)
    reject_by_phone(table.met[0], said="Uddybet.", called_at=clock.now(), actor=table.hr)
    confirm_points(table.case, pool="NO_POOL", actor=table.hr)

    assert close_case(table.case, actor=table.hr).outcome == "UNFILLED"


def test_the_outcome_follows_the_hires(ready):
    assert outcome_of(ready.case) == "FILLED"

    RecruitmentCase.objects.filter(pk=ready.case.pk).update(positions_count=2)

    assert outcome_of(RecruitmentCase.objects.get(pk=ready.case.pk)) == "PARTLY_FILLED"


def test_the_points_are_answered_by_the_rows(table):
    filled(table)
    table.case.refresh_from_db()
    before = {point.name: point.is_met for point in points_of(table.case)}
    answer_all(table)

    after = {point.name: point.is_met for point in points_of(table.case)}

    assert before == {"answered": False, "fuller": False, "closed": True, "pool": True}
    assert all(after.values())


def test_an_interviewed_applicant_without_any_answer_has_had_no_fuller_one(table):
    filled(table)
    answer_all(table, but=table.met[1:])

    waiting = points_of(table.case)[1]
    reject_by_phone(table.met[1], said="Uddybet.", called_at=clock.now(), actor=table.hr)

    assert ([each.code for each in waiting.missing], counts_of(table.case)["interviewed"]) == (["met_and_waiting"], 1)
    assert points_of(table.case)[1].is_met
    assert codes(table.case) == {"not_confirmed"}


def test_what_is_not_met_is_not_confirmed(table):
    filled(table)

    with pytest.raises(NotPossible) as refusal:
        confirm_points(table.case, pool="NOBODY", actor=table.hr)

    assert {each.code for each in refusal.value.obstacles} == {"unanswered"}


def test_a_person_says_what_became_of_the_interesting_ones(ready):
    with pytest.raises(NotPossible) as refusal:
        confirm_points(ready.case, pool="", actor=ready.hr)

    assert {each.code for each in refusal.value.obstacles} == {"pool_missing"}


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.ADMIN_SUPPORT])
def test_others_close_nothing(ready, role):
    for deed in (
        lambda a: confirm_points(ready.case, pool="NOBODY", actor=a),
        lambda a: close_case(ready.case, actor=a),
    ):
        with pytest.raises(PermissionDenied):
            deed(ready.ours.actor(role))


class TestOpeningAgain:
    @pytest.fixture
    def closed(self, ready):
        confirm_points(ready.case, pool="NOBODY", actor=ready.hr)
        ready.case = close_case(ready.case, actor=ready.hr)
        return ready

    def test_with_a_reason_and_then_everything_is_confirmed_anew(self, closed):
        with pytest.raises(NotPossible), transaction.atomic():
            reopen_case(closed.case, reason="", actor=closed.hr)

        opened = reopen_case(closed.case, reason="En ansøger har bedt om begrundelse.", actor=closed.hr)

        assert (opened.state, opened.outcome, opened.closed_at) == ("CONCLUDING", "", None)
        assert codes(opened) == {"not_confirmed"}

    def test_only_with_extended_rights(self, closed):
        with pytest.raises(PermissionDenied):
            reopen_case(closed.case, reason="Nej.", actor=closed.ours.actor(Role.HR_LIMITED))

    def test_not_after_the_time_of_deletion(self, closed):
        RecruitmentCase.objects.filter(pk=closed.case.pk).update(closed_at=clock.now() - dt.timedelta(days=400))

        with pytest.raises(NotPossible) as refusal:
            reopen_case(RecruitmentCase.objects.get(pk=closed.case.pk), reason="For sent.", actor=closed.hr)

        assert {each.code for each in refusal.value.obstacles} == {"past_retention"}


def test_what_the_manager_proposed_for_a_pool_stands_at_the_fourth_point_until_hr_has_decided(ready):
    said = points_of(ready.case)[3].answer
    proposal = propose(ready.met[1], make_pool(ready.ours), actor=Actor.person(ready.manager))
    assert points_of(ready.case)[3].answer != said

    decline(proposal, reason="Er allerede i en anden bank", actor=ready.hr)

    assert points_of(ready.case)[3].answer == said
