"""What applicants may ask for, and how long they may be kept waiting."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.applicant_list import wish_discretion
from recruitment.applications.lifecycle import OFFER
from recruitment.applications.models import Application, PriorityClaim
from recruitment.assessments.models import Comment
from recruitment.cases.lifecycle import CLOSE, CONCLUDE
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible
from recruitment.fairness import access_requests as access
from recruitment.fairness import reasons
from recruitment.fairness.following import turn_the_clock
from recruitment.fairness.guards import reasons_to_leave_out
from recruitment.fairness.models import PartyHearing
from recruitment.fairness.queries import access_to_answer, reasons_to_answer
from recruitment.lifecycle import obstacles
from recruitment.mail.models import Message
from recruitment.planning.workdays import workday_from, workdays_between
from tests.factories.fairness import adverse_note, hearing_on, late_stage
from tests.factories.world import HOUSE, declare_all, make_application


@pytest.fixture
def late(world):
    declare_all(world.ours)
    return late_stage(world)


@pytest.fixture
def rejected(late):
    """Our applicant has had their answer."""
    Application.objects.filter(pk=late.application.pk).update(state="REJECTED", answer_delivered_at=clock.now())
    late.application = Application.objects.select_related("case__institution", "candidate", "round").get(
        pk=late.application.pk
    )
    return late


def codes(move, row) -> set[str]:
    return {each.code for each in obstacles(move, row)}


def delivered(late):
    asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)
    access.choose(asked, {str(item.pk): (True, "") for item in asked.items.all()}, actor=HOUSE)
    return access.deliver(access.decide(asked, "Du får det hele.", actor=HOUSE), actor=HOUSE)


class TestGuard16:
    """GRD-16: the decision waits for the papers."""

    def test_it_blocks_until_they_are_delivered(self, late):
        access.ask_access(late.application, actor=late.applicant)
        assert "access_pending" in codes(CONCLUDE, late.case) & codes(OFFER, late.application)

        delivered(late)

        assert "access_pending" not in codes(CONCLUDE, late.case) | codes(OFFER, late.application)

    def test_the_one_who_decides_overrides_it_with_a_reason(self, world, late):
        asked = access.ask_access(late.application, actor=late.applicant)
        for role in (Role.HR_CASEWORK, Role.HIRING_COMMITTEE):
            with pytest.raises(PermissionDenied):
                access.override(asked, "Haster.", actor=world.ours.actor(role))
        manager = world.ours.actor(Role.HIRING_MANAGER)
        with pytest.raises(NotPossible):
            access.override(asked, "  ", actor=manager)
        access.override(asked, "Anmodningen angår en oplysning uden betydning.", actor=manager)
        assert "access_pending" not in codes(CONCLUDE, late.case)

    def test_who_has_been_answered_already_is_not_waited_for(self, rejected):
        access.ask_access(rejected.application, actor=rejected.applicant)
        assert "access_pending" not in codes(CONCLUDE, rejected.case)


class TestGuard19:
    """GRD-19: a case is not closed while something is owed."""

    @pytest.mark.parametrize(("owe", "settled", "code"), [
        (hearing_on, {"state": "EVALUATED", "evaluation": "Ændrer intet."}, "hearing_open"),
        (lambda late: access.note_access(late.application, actor=HOUSE), {"state": "DELIVERED"}, "access_pending"),
        (lambda late: PriorityClaim.objects.create(application=late.application, state="STATEMENT_SENT"),
         {"state": "NOT_APPLICABLE"}, "negotiation_open"),
    ])  # fmt: skip
    def test_each_of_them_blocks_with_its_words_until_it_is_settled(self, late, owe, settled, code):
        RecruitmentCase.objects.filter(pk=late.case.pk).update(state="CONCLUDING")
        late.case.refresh_from_db()
        assert code not in codes(CLOSE, late.case)

        owed = owe(late)

        (found,) = [each for each in obstacles(CLOSE, late.case) if each.code == code]
        assert str(found.message)
        type(owed).objects.filter(pk=owed.pk).update(**settled)
        assert code not in codes(CLOSE, late.case)

    def test_reasons_that_were_asked_for_block_until_they_are_given(self, rejected):
        asked = reasons.ask_reasons(rejected.application, actor=rejected.applicant)
        assert "reasons_pending" in codes(CLOSE, rejected.case)
        reasons.draft_reasons(asked, actor=HOUSE, decision_text="Vi valgte en anden.", factors="Tilsyn.")
        reasons.answer_reasons(asked, actor=HOUSE)
        assert "reasons_pending" not in codes(CLOSE, rejected.case)

    def test_delivered_and_evaluated_open_it(self, late):
        hearing = hearing_on(late)
        PartyHearing.objects.filter(pk=hearing.pk).update(state="EVALUATED", evaluation="x")
        delivered(late)
        assert not codes(CLOSE, late.case) & {"hearing_open", "access_pending", "reasons_pending", "negotiation_open"}


class TestAccess:
    """Papers about oneself, and nothing else."""

    def test_the_limit_is_seven_working_days_and_told_when_it_passes(self, late):
        asked = access.ask_access(late.application, actor=late.applicant)
        assert workdays_between(clock.today(), asked.due_on) == 7
        with clock.shifted(dt.timedelta(days=(asked.due_on - clock.today()).days)):
            turn_the_clock()
            turn_the_clock()
        assert Message.objects.filter(code="WRITTEN_REASONS_STATUS").count() == 1

    def test_the_institution_sets_the_limit(self, late):
        late.application.case.institution.settings.access_workdays = 3
        assert access.ask_access(late.application, actor=late.applicant).due_on == workday_from(clock.today(), 3)

    def test_asking_twice_is_asking_once(self, late):
        first = access.ask_access(late.application, actor=late.applicant)
        assert access.ask_access(late.application, actor=late.applicant) == first

    def test_everything_about_the_applicant_is_collected_and_nothing_about_others(self, world, late):
        other = make_application(
            world.theirs.round, given_name="Fremmed", family_name="Ansøger", email="fremmed@ansoeger.example"
        )
        adverse_note(late)
        Comment.objects.create(
            application=late.application, author=world.ours.staff[Role.HIRING_MANAGER], text="Skriver klart."
        )
        Comment.objects.create(
            application=late.application,
            author=world.ours.staff[Role.HIRING_MANAGER],
            text="Min egen huskeseddel.",
            visibility="PRIVATE",
        )
        asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)

        told = "\n".join(f"{item.title}\n{item.words}" for item in asked.items.all())

        assert "Har fået en advarsel." in told
        assert "Skriver klart." in told
        assert "huskeseddel" not in told
        assert "Fremmed" not in told
        documents = {item.document for item in asked.items.all() if item.document}
        assert documents == set(late.application.documents.all())
        assert other.documents.exists()

    def test_each_paper_is_chosen_and_what_is_held_back_has_a_reason(self, late):
        asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)
        first, *rest = asked.items.all()
        with pytest.raises(NotPossible):
            access.decide(asked, "Du får det hele.", actor=HOUSE)
        with pytest.raises(NotPossible) as refusal:
            access.choose(asked, {str(first.pk): (False, "")}, actor=HOUSE)
        assert [each.code for each in refusal.value.obstacles] == ["reason_missing"]
        access.choose(
            asked,
            {str(first.pk): (False, "Internt arbejdsdokument."), **{str(item.pk): (True, "") for item in rest}},
            actor=HOUSE,
        )
        done = access.deliver(access.decide(asked, "Du får det meste.", actor=HOUSE), actor=HOUSE)

        assert list(access.given_items(done)) == rest
        letter = Message.objects.get(code="PARTY_ACCESS_ANSWER")
        assert letter.channel == "SECURE"
        assert "Internt arbejdsdokument." in letter.text

    def test_collecting_again_keeps_what_was_chosen(self, late):
        asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)
        access.choose(asked, {str(item.pk): (True, "") for item in asked.items.all()}, actor=HOUSE)
        adverse_note(late)

        again = access.collect(asked, actor=HOUSE)

        assert [item.words for item in again.items.filter(is_given=None)] == ["telefon\n\nHar fået en advarsel."]

    def test_nothing_is_read_before_it_is_delivered(self, late):
        asked = access.collect(access.ask_access(late.application, actor=late.applicant), actor=HOUSE)
        access.choose(asked, {str(item.pk): (True, "") for item in asked.items.all()}, actor=HOUSE)
        assert not access.given_items(asked)

    def test_it_stands_with_hr_and_nobody_else(self, world, late):
        asked = access.ask_access(late.application, actor=late.applicant)
        assert list(access_to_answer(world.ours.actor(Role.HR_EXTENDED))) == [asked]
        for actor in (
            world.ours.actor(Role.HIRING_MANAGER),
            world.ours.actor(Role.ADMIN_SUPPORT),
            world.theirs.actor(Role.HR_EXTENDED),
        ):
            assert not access_to_answer(actor)
            with pytest.raises(PermissionDenied):
                access.collect(asked, actor=actor)
        with pytest.raises(PermissionDenied):
            access.ask_access(late.application, actor=world.ours.actor(Role.HR_EXTENDED))


class TestLists:
    """Who else has applied: for civil servants' posts only."""

    def test_there_is_none_to_any_other_post(self, late):
        with pytest.raises(NotPossible) as refusal:
            access.ask_access(late.application, actor=late.applicant, kind="APPLICANT_LIST")
        assert [each.code for each in refusal.value.obstacles] == ["no_list"]
        with pytest.raises(NotPossible):
            wish_discretion(late.application, actor=late.applicant, wished=True)

    def test_who_wants_discretion_does_not_stand_on_it(self, late):
        RecruitmentCase.objects.filter(pk=late.case.pk).update(employment_basis="CIVIL_SERVANT")
        late.application = Application.objects.select_related("case__institution", "candidate", "round").get(
            pk=late.application.pk
        )
        asked = access.collect(
            access.ask_access(late.application, actor=late.applicant, kind="APPLICANT_LIST"), actor=HOUSE
        )
        assert [item.words for item in asked.items.all()] == ["Kirsten Holm"]

        wish_discretion(late.application, actor=late.applicant, wished=True)

        assert [item.words for item in access.collect(asked, actor=HOUSE).items.all()] == [""]
        late.application.refresh_from_db()
        assert late.application.draft["about"]["discretion"] == ["on"]

    def test_a_list_that_waits_does_not_hold_the_decision(self, late):
        RecruitmentCase.objects.filter(pk=late.case.pk).update(employment_basis="CIVIL_SERVANT")
        late.application = Application.objects.select_related("case__institution", "candidate").get(
            pk=late.application.pk
        )
        access.ask_access(late.application, actor=late.applicant, kind="APPLICANT_LIST")
        assert "access_pending" not in codes(CONCLUDE, late.case)


class TestReasons:
    """Reasons in writing."""

    def test_asked_for_within_fourteen_days_and_not_later(self, rejected):
        with clock.shifted(dt.timedelta(days=15)):
            assert not reasons.may_ask(rejected.application)
            with pytest.raises(NotPossible) as refusal:
                reasons.ask_reasons(rejected.application, actor=rejected.applicant)
            assert [each.code for each in refusal.value.obstacles] == ["too_late"]
        with clock.shifted(dt.timedelta(days=14)):
            asked = reasons.ask_reasons(rejected.application, actor=rejected.applicant)
        assert asked.due_on == clock.today() + dt.timedelta(days=28)
        assert reasons.ask_reasons(rejected.application, actor=rejected.applicant) == asked

    def test_who_has_not_been_rejected_has_none(self, late):
        with pytest.raises(NotPossible) as refusal:
            reasons.ask_reasons(late.application, actor=late.applicant)
        assert [each.code for each in refusal.value.obstacles] == ["not_rejected"]

    def test_after_fourteen_days_the_house_says_how_far_we_are(self, rejected):
        asked = reasons.ask_reasons(rejected.application, actor=rejected.applicant)
        with clock.shifted(dt.timedelta(days=13)):
            turn_the_clock()
        assert not Message.objects.filter(code="WRITTEN_REASONS_STATUS").exists()
        with clock.shifted(dt.timedelta(days=14)):
            turn_the_clock()
            turn_the_clock()
        asked.refresh_from_db()
        assert (asked.state, Message.objects.filter(code="WRITTEN_REASONS_STATUS").count()) == ("STATUS_SENT", 1)

    def test_the_answer_lies_in_the_secure_inbox(self, world, rejected):
        asked = reasons.ask_reasons(rejected.application, actor=rejected.applicant)
        with pytest.raises(NotPossible):
            reasons.answer_reasons(asked, actor=HOUSE)
        hr = world.ours.actor(Role.HR_CASEWORK)
        reasons.draft_reasons(asked, actor=hr, decision_text="Vi valgte en anden.", factors="Erfaring med tilsyn.")
        assert reasons.answer_reasons(asked, actor=hr).letter.channel == "SECURE"
        with pytest.raises(NotPossible):
            reasons.draft_reasons(asked, actor=hr, decision_text="x", factors="x")

    def test_it_stands_with_those_who_reject(self, world, rejected):
        asked = reasons.ask_reasons(rejected.application, actor=rejected.applicant)
        assert list(reasons_to_answer(world.ours.actor(Role.HR_LIMITED))) == [asked]
        for actor in (world.ours.actor(Role.HIRING_MANAGER), world.theirs.actor(Role.HR_EXTENDED)):
            assert not reasons_to_answer(actor)
            with pytest.raises(PermissionDenied):
                reasons.draft_reasons(asked, actor=actor, decision_text="x", factors="x")


def test_who_must_not_be_answered_yet_is_told_for_sending_to_many(late, django_assert_num_queries):
    hearing_on(late)
    PriorityClaim.objects.create(application=late.application)
    access.note_access(late.application, actor=HOUSE)

    with django_assert_num_queries(4):
        found = reasons_to_leave_out(late.case)

    assert {key: [each.code for each in told] for key, told in found.items()} == {
        late.application.pk: ["hearing_open", "claim_not_settled", "access_pending"]
    }
