"""GRD-10, GRD-14, GRD-15: what a decision must have, who may make it, and that it stands afterwards."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.access.roles import Role
from recruitment.applications.models import Application, PriorityClaim
from recruitment.assessments.marks import RatingLevel
from recruitment.assessments.models import Rating
from recruitment.assessments.statements import Assessment
from recruitment.audit.models import AuditEntry
from recruitment.cases.lifecycle import CONCLUDE
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.deciding import (
    Words,
    conclude,
    conclude_unfilled,
    correct_decision,
    decide_again,
    decide_to_cancel,
    write_decision,
)
from recruitment.decisions.models import DecidedApplicant, HiringDecision, Offer
from recruitment.decisions.queries import decision_in_force, draft_of
from recruitment.errors import NotPossible
from recruitment.lifecycle import obstacles
from recruitment.people.actor import Actor
from recruitment.planning.forecast import forecast
from tests.factories.deciding import clear, concluded, whole, written
from tests.factories.world import seat_case_roles

SOON = dt.date(2099, 1, 1)


def codes(case) -> set[str]:
    return {each.code for each in obstacles(CONCLUDE, RecruitmentCase.objects.get(pk=case.pk))}


def refused(deed) -> set[str]:
    with pytest.raises(NotPossible) as refusal, transaction.atomic():
        deed()
    return {each.code for each in refusal.value.obstacles}


class TestWhatADecisionMustHave:
    def test_nothing_is_concluded_before_anything_is_written(self, table):
        assert codes(table.case) == {"no_decision"}

        deed = lambda: conclude(table.case, terms={}, answer_by=SOON, actor=table.hr)  # noqa: E731

        assert refused(deed) == {"no_decision"}

    def test_decider_factors_day_and_somebody_chosen(self, table):
        write_decision(table.case, Words(), chosen=[], actor=table.hr)

        assert codes(table.case) == {"decider_missing", "factors_missing", "start_date_missing", "nobody_chosen"}

    def test_a_whole_decision_opens_the_way(self, table):
        written(table)

        assert codes(table.case) == set()

    def test_who_was_not_interviewed_is_chosen_only_with_a_reason(self, table):
        Application.objects.filter(pk=table.read[0].pk).update(state="SHORTLISTED")
        written(table, chosen=table.read[:1])
        assert codes(table.case) == {"not_interviewed"}

        written(table, chosen=table.read[:1], no_interview_reason="Er ansat i dag og kendt af panelet.")

        assert codes(table.case) == set()

    def test_no_more_are_chosen_than_there_are_positions(self, table):
        written(table, chosen=table.met)
        assert codes(table.case) == {"too_many_chosen"}

        RecruitmentCase.objects.filter(pk=table.case.pk).update(positions_count=2)

        assert codes(table.case) == set()

    def test_who_can_no_longer_be_offered_the_job_is_named(self, table):
        written(table)
        Application.objects.filter(pk=table.met[0].pk).update(state="WITHDRAWN")

        assert codes(table.case) == {"cannot_be_offered"}

    def test_who_passes_over_a_claimant_compares_in_writing(self, table):
        clear(PriorityClaim.objects.create(application=table.met[1]))
        written(table)
        assert "comparison_missing" in codes(table.case)

        written(table, comparison="Den valgte har ført tilsyn i fem år; den anden ikke.")
        assert "comparison_missing" not in codes(table.case)
        written(table, chosen=table.met[1:])

        assert "comparison_missing" not in codes(table.case)


class TestImpartiality:
    def test_a_disqualified_person_does_not_decide(self, table):
        written(table)
        ConflictOfInterestDeclaration.objects.filter(case=table.case, user=table.manager).update(status="EXCLUDED")
        assert codes(table.case) == {"decider_excluded"}

        written(table, decider=table.ours.staff[Role.HR_EXTENDED])

        assert codes(table.case) == set()

    def test_a_disqualified_persons_rating_of_the_chosen_is_set_aside_first(self, table):
        rater = table.ours.staff[Role.HIRING_COMMITTEE]
        level = RatingLevel.objects.first()
        Rating.objects.create(application=table.met[0], rater=rater, level=level)
        written(table)
        assert codes(table.case) == set()
        ConflictOfInterestDeclaration.objects.filter(case=table.case, user=rater).update(status="EXCLUDED")
        assert codes(table.case) == {"rated_by_excluded"}
        written(table, chosen=table.met[1:])
        assert codes(table.case) == set()

        written(table, set_aside_note="Udvalget har vurderet ansøgeren på ny uden den inhabile.")

        assert codes(table.case) == set()


class TestAssessmentCommittee:
    def test_the_chosen_has_been_found_qualified_for_good(self, table):
        seat_case_roles(table.ours)
        table.case.members.filter(role="ASSESSMENT_COMMITTEE").update(access_until=None)
        written(table)
        assert codes(table.case) == {"not_found_qualified"}
        assessment = Assessment.objects.create(
            application=table.met[0], text="Opfylder kravene.", conclusion="QUALIFIED", state="SUBMITTED"
        )
        assert codes(table.case) == {"not_found_qualified"}
        Assessment.objects.filter(pk=assessment.pk).update(state="FINAL", conclusion="NOT_QUALIFIED")
        assert codes(table.case) == {"not_found_qualified"}

        Assessment.objects.filter(pk=assessment.pk).update(conclusion="QUALIFIED")

        assert codes(table.case) == set()

    def test_without_a_committee_nobody_asks(self, table):
        written(table)

        assert "not_found_qualified" not in codes(table.case)


class TestConcluding:
    def test_decision_case_and_offer_in_one_act(self, table):
        decision = concluded(table, reserve=table.met[1:])

        application = Application.objects.get(pk=table.met[0].pk)
        offer = Offer.objects.get()
        assert (table.case.state, application.state) == ("CONCLUDING", "OFFERED")
        assert (offer.application, offer.message.code, offer.message.channel) == (
            application,
            "OFFER_FOLLOWUP",
            "SECURE",
        )
        assert decision == decision_in_force(table.case)
        assert AuditEntry.objects.filter(action="HiringDecision.conclude").exists()
        assert draft_of(table.case) is None
        done = table.case.plan.activities.filter(kind__in=["DECISION", "OFFER"], done_at__isnull=False)
        assert {step.kind for step in done} == {"DECISION", "OFFER"}

    def test_without_terms_nothing_happens(self, table):
        written(table)

        assert refused(lambda: conclude(table.case, terms={}, answer_by=SOON, actor=table.hr)) == {"terms_missing"}

        assert RecruitmentCase.objects.get(pk=table.case.pk).state == "DECIDING"
        assert draft_of(table.case) is not None

    @pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.ADMINISTRATOR])
    def test_others_decide_nothing(self, table, role):
        with pytest.raises(PermissionDenied):
            write_decision(table.case, whole(table), chosen=table.met[:1], actor=table.ours.actor(role))

    def test_another_institution_decides_nothing(self, table, world):
        with pytest.raises(PermissionDenied):
            write_decision(table.case, whole(table), chosen=[], actor=world.theirs.actor(Role.HR_EXTENDED))

    def test_who_has_not_declared_is_asked_first(self, table):
        ConflictOfInterestDeclaration.objects.filter(case=table.case).delete()

        with pytest.raises(PermissionDenied):
            write_decision(table.case, whole(table), chosen=[], actor=Actor.person(table.ours.staff[Role.HR_EXTENDED]))


class TestItStands:
    def test_the_database_refuses_to_change_a_concluded_decision(self, table):
        decision = concluded(table, reserve=table.met[1:])

        for change in (
            lambda: HiringDecision.objects.filter(pk=decision.pk).update(factors="noget andet"),
            lambda: HiringDecision.objects.filter(pk=decision.pk).delete(),
            lambda: DecidedApplicant.objects.filter(decision=decision).update(order=7),
            lambda: DecidedApplicant.objects.filter(decision=decision).delete(),
            lambda: DecidedApplicant.objects.create(
                decision=decision, application=table.read[0], place="CHOSEN", order=9
            ),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_a_draft_is_changed_freely(self, table):
        first = written(table)

        second = written(table, chosen=table.met[1:], factors="noget andet")

        assert first.pk == second.pk
        assert [name.application for name in second.names.all()] == table.met[1:]

    def test_a_correction_is_a_new_version_with_its_reason(self, table):
        before = concluded(table)
        words = whole(table, factors="erfaring med tilsyn")
        assert refused(lambda: correct_decision(table.case, words, reason=" ", actor=table.hr)) == {"reason_missing"}

        made = correct_decision(table.case, words, reason="Et ord manglede.", actor=table.hr)

        assert (made.version, made.corrects) == (before.version + 1, before)
        assert decision_in_force(table.case).factors == "erfaring med tilsyn"
        assert [name.application for name in made.names.all()] == table.met[:1]


class TestWithoutAHire:
    def test_nobody_is_hired_with_a_reason(self, table):
        assert refused(lambda: conclude_unfilled(table.case, reason="", actor=table.hr)) == {"reason_missing"}

        made = conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)

        assert made.kind == "UNFILLED"
        assert RecruitmentCase.objects.get(pk=table.case.pk).state == "CONCLUDING"

    def test_cancelling_is_decided_before_it_is_done(self, table):
        made = decide_to_cancel(table.case, reason="Bevillingen er bortfaldet.", actor=table.hr)

        assert made.kind == "CANCELLED"
        assert RecruitmentCase.objects.get(pk=table.case.pk).state == "DECIDING"

    def test_only_extended_rights_decide_to_cancel(self, table):
        with pytest.raises(PermissionDenied):
            decide_to_cancel(table.case, reason="Nej.", actor=table.ours.actor(Role.HR_LIMITED))

    def test_it_is_not_decided_again_while_an_offer_waits(self, table):
        concluded(table)

        assert refused(lambda: decide_again(table.case, reason="Anden", actor=table.hr)) == {"offer_waits"}


def test_what_a_decision_lacks_is_told_ahead(table):
    ahead = {each.move.name: {o.code for o in each.obstacles} for each in forecast(table.case, table.hr)}

    assert ahead["conclude"] == {"no_decision"}
    assert "conclude" not in {each.move.name for each in forecast(table.case, table.ours.actor(Role.ADMIN_SUPPORT))}
