"""Preferential access: found, interviewed, negotiated with the job centre before somebody else gets the post."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.lifecycle import OFFER
from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.lifecycle import BEGIN_DECISION, CONCLUDE
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible
from recruitment.fairness import claims, guards
from recruitment.fairness.claim_models import JobCentreNegotiation
from recruitment.fairness.queries import claims_to_act_on
from recruitment.interviews.holding import hold
from recruitment.interviews.models import InterviewInvitation
from recruitment.lifecycle import obstacles
from recruitment.mail.models import Message
from tests.factories.fairness import late_stage, small_file
from tests.factories.interviews import invited, set_table
from tests.factories.world import HOUSE, declare_all, make_application


@pytest.fixture
def late(world):
    """Our applicant has preferential access; another one is the best."""
    other = make_application(world.ours.round, given_name="Bo", email="bo@ansoeger.example")
    declare_all(world.ours)
    late = late_stage(world, state="INTERVIEWED")
    Application.objects.filter(pk=other.pk).update(state="FINALIST", stage_reached=40, first_opened_at=clock.now())
    late.best = Application.objects.get(pk=other.pk)
    return late


def claim_of(late, state: str = "INTERVIEWED", **fields) -> PriorityClaim:
    return PriorityClaim.objects.create(application=late.application, state=state, **fields)


def in_the_way(move, row) -> bool:
    return "claim_not_settled" in {each.code for each in obstacles(move, row)}


def negotiated(claim) -> PriorityClaim:
    claim = claims.turn_down(claim, actor=HOUSE, reason="En anden er bedre kvalificeret.")
    claims.write_statement(
        claim, actor=HOUSE, job_centre="Jobcenter Viborg", statement_text="Den anden har ført tilsyn i ti år."
    )
    claim = claims.send_statement(claim, actor=HOUSE, way="PRINTED")
    return claims.note_negotiation(claim, actor=HOUSE, negotiated_on=clock.today(), form="PHONE", outcome="Enige.")


class TestGuard:
    """GRD-13."""

    def test_the_post_is_not_filled_before_the_minutes_of_the_negotiation(self, late):
        claim = claim_of(late)
        for _step in range(2):
            assert in_the_way(CONCLUDE, late.case)
            assert in_the_way(OFFER, late.best)
            if claim.state == "INTERVIEWED":
                claim = negotiated(claim)
        with pytest.raises(NotPossible) as refusal:
            claims.clear(claim, actor=HOUSE)
        assert [each.code for each in refusal.value.obstacles] == ["minutes_missing"]

        claims.attach_minutes(claim, *small_file(), actor=HOUSE)
        claims.clear(claim, actor=HOUSE)

        assert not in_the_way(CONCLUDE, late.case)
        assert not in_the_way(OFFER, late.best)

    @pytest.mark.parametrize(
        "state",
        ["CLAIMED", "ELIGIBLE", "INTERVIEW_DUE", "INTERVIEWED", "NOT_TO_BE_HIRED", "STATEMENT_SENT", "NEGOTIATED"],
    )
    def test_each_state_on_the_way_blocks_and_says_what_to_do(self, late, state):
        claim_of(late, state)
        found = [each for each in obstacles(CONCLUDE, late.case) if each.code == "claim_not_settled"]
        assert [each.place for each in found] == ["fairness.priority"]

    @pytest.mark.parametrize("state", ["NOT_ELIGIBLE", "NOT_APPLICABLE", "HIRED"])
    def test_what_is_settled_opens(self, late, state):
        claim_of(late, state)
        assert not in_the_way(CONCLUDE, late.case)
        assert not in_the_way(OFFER, late.best)

    def test_the_claimant_may_be_offered_the_post_and_others_may_then_follow(self, late):
        claim_of(late)
        assert not in_the_way(OFFER, late.application)
        Application.objects.filter(pk=late.application.pk).update(state="OFFERED")
        assert not in_the_way(CONCLUDE, late.case)

    def test_a_claimant_who_has_been_chosen_blocks_nothing(self, late, monkeypatch):
        claim_of(late)
        monkeypatch.setattr(guards, "chosen_by_rooms_above", [lambda _case: [late.application.pk]])
        assert not in_the_way(CONCLUDE, late.case)

    def test_who_has_withdrawn_claims_nothing(self, late):
        claim_of(late)
        Application.objects.filter(pk=late.application.pk).update(state="WITHDRAWN")
        assert not in_the_way(CONCLUDE, late.case)

    def test_the_database_wants_the_minutes_too(self, late):
        claim = negotiated(claim_of(late))
        with pytest.raises(IntegrityError), transaction.atomic():
            PriorityClaim.objects.filter(pk=claim.pk).update(state="CLEARED")

    def test_somebody_employed_here_already_makes_it_not_apply(self, late):
        with pytest.raises(NotPossible):
            claims.set_aside(claim_of(late), actor=HOUSE, reason=" ")
        claims.set_aside(PriorityClaim.objects.get(), actor=HOUSE, reason="Internt besat.")
        assert not in_the_way(CONCLUDE, late.case)


class TestDeciding:
    """Whether there is a claim, and what follows."""

    @pytest.mark.parametrize(("via", "met", "state"), [
        ("JOB_CENTRE", None, "INTERVIEW_DUE"),
        ("JOB_CENTRE", False, "INTERVIEW_DUE"),
        ("APPLICANT", True, "INTERVIEW_DUE"),
        ("APPLICANT", False, "ELIGIBLE"),
    ])  # fmt: skip
    def test_the_duty_to_interview_follows_by_itself(self, world, late, via, met, state):
        hr = world.ours.actor(Role.HR_CASEWORK)
        claim = claims.decide_claim(
            claim_of(late, "CLAIMED", claimed_via=via), actor=hr, is_eligible=True, formal_education_met=met
        )
        assert (claim.state, claim.duty_to_interview, claim.decided_by) == (state, state == "INTERVIEW_DUE", hr.user)
        assert claim.decided_at

    def test_an_own_claim_needs_a_word_on_the_education(self, late):
        with pytest.raises(NotPossible) as refusal:
            claims.decide_claim(claim_of(late, "CLAIMED"), actor=HOUSE, is_eligible=True)
        assert [each.code for each in refusal.value.obstacles] == ["formal_education"]

    def test_a_no_has_a_reason_and_can_be_looked_at_again(self, late):
        claim = claim_of(late, "CLAIMED")
        with pytest.raises(NotPossible):
            claims.decide_claim(claim, actor=HOUSE, is_eligible=False)
        claim = claims.decide_claim(claim, actor=HOUSE, is_eligible=False, reason="Ingen dokumentation.")
        assert claims.look_again(claim, actor=HOUSE, reason="Nu er den her.").state == "CLAIMED"

    def test_hr_decides_and_nobody_else(self, world, late):
        claim = claim_of(late, "CLAIMED")
        for actor in (
            world.ours.actor(Role.HIRING_MANAGER),
            world.ours.actor(Role.HIRING_COMMITTEE),
            world.theirs.actor(Role.HR_EXTENDED),
        ):
            with pytest.raises(PermissionDenied):
                claims.decide_claim(claim, actor=actor, is_eligible=True, formal_education_met=True)

    def test_a_job_centre_can_send_somebody(self, late):
        assert claims.register_claim(late.application, via="JOB_CENTRE", actor=HOUSE).state == "CLAIMED"

    def test_it_waits_on_the_desk_of_hr(self, world, late):
        claim = claim_of(late, "CLAIMED")
        assert list(claims_to_act_on(world.ours.actor(Role.HR_EXTENDED))) == [claim]
        for actor in (
            world.ours.actor(Role.HIRING_MANAGER),
            world.ours.actor(Role.ADMIN_SUPPORT),
            world.theirs.actor(Role.HR_EXTENDED),
        ):
            assert not claims_to_act_on(actor)


class TestFollowing:
    """GRD-9, and what happens by itself."""

    def test_an_interview_that_was_held_meets_the_duty_and_opens_the_decision(self, world):
        table = set_table(world)
        claim = PriorityClaim.objects.create(application=table.applications[0], state="INTERVIEW_DUE")
        invitation = invited(table)
        InterviewInvitation.objects.filter(pk=invitation.pk).update(state="ACCEPTED")
        case = RecruitmentCase.objects.get(pk=table.case.pk)
        assert "priority_claimant_waits" in {each.code for each in obstacles(BEGIN_DECISION, case)}

        with clock.shifted(dt.timedelta(days=30)):
            hold(InterviewInvitation.objects.get(pk=invitation.pk), actor=HOUSE)

        claim.refresh_from_db()
        assert claim.state == "INTERVIEWED"
        assert claim.history.get().move == "meet"
        assert not obstacles(BEGIN_DECISION, case)

    def test_nobody_is_turned_down_before_the_interview_they_have_a_right_to(self, late):
        with pytest.raises(NotPossible) as refusal:
            claims.turn_down(claim_of(late, "INTERVIEW_DUE"), actor=HOUSE, reason="En anden er bedre.")
        assert [each.code for each in refusal.value.obstacles] == ["interview_due"]


class TestNegotiation:
    """Statement, talk, minutes."""

    def test_the_statement_is_kept_as_it_left_the_house_and_never_mailed(self, late):
        negotiated(claim_of(late))
        agreed = JobCentreNegotiation.objects.get()
        assert "Den anden har ført tilsyn i ti år." in agreed.letter
        assert agreed.statement_sent_at
        assert not Message.objects.filter(code="JOBCENTRE_STATEMENT").exists()

    def test_it_needs_words_and_a_receiver(self, late):
        claim = claims.turn_down(claim_of(late), actor=HOUSE, reason="x")
        with pytest.raises(NotPossible) as refusal:
            claims.send_statement(claim, actor=HOUSE, way="PRINTED")
        assert [each.code for each in refusal.value.obstacles] == ["statement_missing", "job_centre_missing"]

    def test_it_does_not_change_after_it_was_sent(self, late):
        claim = negotiated(claim_of(late))
        with pytest.raises(NotPossible):
            claims.write_statement(claim, actor=HOUSE, job_centre="Andet", statement_text="Andet")

    @pytest.mark.parametrize(("fields", "code"), [
        ({"form": "SMOKE"}, "form"), ({"outcome": ""}, "outcome_missing"), ({"negotiated_on": dt.date(2999, 1, 1)}, "day"),
        ({"negotiated_on": dt.date(2000, 1, 1)}, "day"),
    ])  # fmt: skip
    def test_the_talk_has_a_day_a_form_and_an_outcome(self, late, fields, code):
        claim = claims.turn_down(claim_of(late), actor=HOUSE, reason="x")
        claims.write_statement(claim, actor=HOUSE, job_centre="Jobcenter Viborg", statement_text="x")
        claim = claims.send_statement(claim, actor=HOUSE, way="SECURE")
        whole = {"negotiated_on": clock.today(), "form": "MEETING", "outcome": "Enige."}
        with pytest.raises(NotPossible) as refusal:
            claims.note_negotiation(claim, actor=HOUSE, **{**whole, **fields})
        assert [each.code for each in refusal.value.obstacles] == [code]
