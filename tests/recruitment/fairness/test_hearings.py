"""What counts against somebody is shown to them before anybody decides."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.actions import withdraw
from recruitment.applications.lifecycle import OFFER, REJECT_BY_PHONE
from recruitment.cases.lifecycle import CONCLUDE
from recruitment.documents.discretion import of_the_application, right_of
from recruitment.errors import NotPossible
from recruitment.fairness import hearings
from recruitment.fairness.facts import note_fact, spare_hearing, supplement
from recruitment.fairness.following import turn_the_clock
from recruitment.fairness.models import FactNote, PartyHearing
from recruitment.lifecycle import obstacles
from recruitment.mail.models import Message
from recruitment.planning.workdays import workdays_between
from tests.factories.fairness import adverse_note, hearing_on, late_stage, small_file
from tests.factories.world import HOUSE, declare_all

OURS = {"hearing_open", "fact_unheard"}


def in_the_way(move, row) -> set[str]:
    return {each.code for each in obstacles(move, row)} & OURS


@pytest.fixture
def late(world):
    declare_all(world.ours)
    return late_stage(world)


class TestGuard:
    """GRD-12."""

    def test_a_fact_that_counts_against_somebody_blocks_until_it_is_judged(self, late):
        note = adverse_note(late)
        for move, row in ((CONCLUDE, late.case), (OFFER, late.application), (REJECT_BY_PHONE, late.application)):
            assert in_the_way(move, row) == {"fact_unheard"}

        spare_hearing(note, "Ansøgeren har selv fortalt det.", actor=HOUSE)

        assert not in_the_way(CONCLUDE, late.case) | in_the_way(OFFER, late.application)

    def test_an_open_hearing_blocks_until_it_is_evaluated(self, late):
        hearing = hearing_on(late)
        assert in_the_way(CONCLUDE, late.case) == in_the_way(OFFER, late.application) == {"hearing_open"}

        hearing = hearings.respond(hearing, "Sagen blev frafaldet.", actor=late.applicant)
        assert in_the_way(CONCLUDE, late.case) == {"hearing_open"}
        hearings.evaluate(hearing, "Svaret ændrer vores vurdering.", actor=HOUSE)

        assert not in_the_way(CONCLUDE, late.case)

    def test_the_step_of_the_plan_is_done_with_it(self, late):
        step = late.case.plan.activities.create(kind="HEARING")
        hearing = hearings.respond(hearing_on(late), "Nej.", actor=late.applicant)
        hearings.evaluate(hearing, "Ændrer intet.", actor=HOUSE)
        step.refresh_from_db()
        assert step.done_at

    def test_a_hearing_that_was_dropped_leaves_the_fact_unheard(self, late):
        hearing = hearing_on(late, sent=False)
        assert in_the_way(CONCLUDE, late.case) == {"hearing_open"}

        hearings.drop(hearing, actor=HOUSE, reason="Forkert sag.")

        assert in_the_way(CONCLUDE, late.case) == {"fact_unheard"}

    def test_who_has_withdrawn_is_waited_for_by_nobody(self, late):
        hearing = hearing_on(late)

        withdraw(late.application, actor=late.applicant)

        assert not in_the_way(CONCLUDE, late.case)
        assert PartyHearing.objects.get(pk=hearing.pk).state == "CLOSED"

    def test_each_obstacle_says_where_it_is_mended(self, late):
        hearing_on(late)
        found = [each for each in obstacles(CONCLUDE, late.case) if each.code == "hearing_open"]
        assert [each.place for each in found] == ["fairness.hearings"]


class TestFacts:
    """They stand as they were written."""

    def test_a_note_cannot_be_changed_or_removed_not_even_by_sql(self, late):
        note = adverse_note(late)
        for deed in (
            lambda: FactNote.objects.filter(pk=note.pk).update(fact_text="Intet."),
            lambda: FactNote.objects.filter(pk=note.pk).delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                deed()
        assert FactNote.objects.get(pk=note.pk).fact_text == "Har fået en advarsel."

    def test_it_is_supplemented_instead(self, late):
        note = adverse_note(late)

        added = supplement(note, "Advarslen er to år gammel.", actor=HOUSE)

        assert list(note.supplements_to.all()) == [added]
        assert added.application == late.application

    @pytest.mark.parametrize(("fields", "code"), [
        ({"source": "WEB"}, "address_missing"),
        ({"fact_text": "  "}, "fact_missing"),
        ({"source": "RUMOUR"}, "source"),
        ({"received_on": dt.date(2999, 1, 1)}, "in_the_future"),
        ({"is_adverse": True, "application": None}, "about_nobody"),
    ])  # fmt: skip
    def test_what_is_missing_is_told_and_nothing_kept(self, late, fields, code):
        whole = {"source": "PHONE", "fact_text": "Ringede.", "application": late.application}
        with pytest.raises(NotPossible) as refusal:
            note_fact(late.case, actor=HOUSE, **{**whole, **fields})
        assert [each.code for each in refusal.value.obstacles] == [code]
        assert not FactNote.objects.exists()

    def test_the_database_wants_the_address_of_what_was_found_on_the_web(self, late):
        with pytest.raises(IntegrityError), transaction.atomic():
            FactNote.objects.create(case=late.case, source="WEB", fact_text="x", received_on=clock.today())

    def test_hr_judges_and_the_manager_only_writes(self, world, late):
        manager = world.ours.actor(Role.HIRING_MANAGER)
        note = note_fact(
            late.case, actor=manager, application=late.application, source="PHONE", fact_text="x", is_adverse=True
        )
        for role in (Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT):
            with pytest.raises(PermissionDenied):
                spare_hearing(note, "Kendt.", actor=world.ours.actor(role))
        with pytest.raises(PermissionDenied):
            note_fact(late.case, actor=world.ours.actor(Role.HIRING_COMMITTEE), source="PHONE", fact_text="x")
        spare_hearing(note, "Kendt.", actor=world.ours.actor(Role.HR_CASEWORK))

    def test_without_a_reason_no_hearing_is_spared(self, late):
        with pytest.raises(NotPossible):
            spare_hearing(adverse_note(late), " ", actor=HOUSE)


class TestTheWay:
    """From the facts to the evaluation."""

    def test_the_facts_lie_in_the_secure_inbox_and_the_mail_names_none(self, late):
        hearing = hearing_on(late)

        letter = Message.objects.get(code="PARTY_HEARING")
        assert (letter.channel, hearing.letter) == ("SECURE", letter)
        assert "advarsel" in letter.text
        assert "advarsel" not in Message.objects.get(code="SECURE_NOTICE").text

    def test_the_usual_deadline_is_five_working_days(self, late):
        assert workdays_between(clock.today(), hearing_on(late).deadline) == 5
        late.application.case.institution.settings.hearing_workdays = 8
        again = hearings.open_hearing(late.application, actor=HOUSE, trigger="TEST", facts_text="Testen.")
        assert workdays_between(clock.today(), hearings.send_hearing(again, actor=HOUSE).deadline) == 8

    def test_a_deadline_of_a_day_is_refused(self, late):
        hearing = hearing_on(late, sent=False)
        with pytest.raises(NotPossible):
            hearings.send_hearing(hearing, actor=HOUSE, deadline=clock.today() + dt.timedelta(days=1))

    def test_the_applicant_answers_with_files_that_few_may_read(self, late):
        hearing = hearings.respond(hearing_on(late), "Se bilaget.", actor=late.applicant, files=[small_file()])

        assert hearing.state == "RESPONDED"
        assert right_of(hearing.attachments.get()) == "hearing.view"
        assert hearing.attachments.get() not in of_the_application(late.application.documents.all())

    def test_nobody_else_answers(self, world, late):
        hearing = hearing_on(late)
        for actor in (world.ours.actor(Role.HR_EXTENDED), world.theirs.actor(Role.HR_EXTENDED)):
            with pytest.raises(PermissionDenied):
                hearings.respond(hearing, "x", actor=actor)

    def test_what_was_said_on_the_telephone_is_noted_with_how(self, late):
        hearing = hearing_on(late)
        with pytest.raises(NotPossible):
            hearings.respond_for(hearing, "Kan ikke genkende det.", actor=HOUSE, how="")
        assert (
            hearings.respond_for(hearing, "Kan ikke genkende det.", actor=HOUSE, how="Telefon i dag").state
            == "RESPONDED"
        )

    def test_the_clock_reminds_once_and_ends_it(self, late):
        hearing = hearing_on(late)
        assert turn_the_clock() == 0
        days = (hearing.deadline - clock.today()).days
        with clock.shifted(dt.timedelta(days=days - 1)):
            turn_the_clock()
            turn_the_clock()
        assert Message.objects.filter(code="PARTY_HEARING_REMINDER").count() == 1
        with clock.shifted(dt.timedelta(days=days)):
            turn_the_clock()
        assert PartyHearing.objects.get().state == "SENT"
        with clock.shifted(dt.timedelta(days=days + 1)):
            turn_the_clock()
        assert PartyHearing.objects.get().state == "DEADLINE_PASSED"

    def test_a_late_answer_counts_until_somebody_has_evaluated(self, late):
        hearing = hearing_on(late)
        with clock.shifted(dt.timedelta(days=30)):
            turn_the_clock()
            hearing = hearings.respond(PartyHearing.objects.get(), "Undskyld.", actor=late.applicant)
            hearing = hearings.evaluate(hearing, "Ændrer intet.", actor=HOUSE)
            with pytest.raises(NotPossible):
                hearings.respond(hearing, "Og mere.", actor=late.applicant)

    def test_more_time_is_told(self, late):
        hearing = hearing_on(late)
        later = hearing.deadline + dt.timedelta(days=14)
        assert hearings.extend(hearing, later, actor=HOUSE).deadline == later
        assert Message.objects.filter(code="PARTY_HEARING_REMINDER").count() == 1

    def test_a_hearing_without_an_answer_is_not_evaluated_before_its_date(self, late):
        with pytest.raises(NotPossible):
            hearings.evaluate(hearing_on(late), "For tidligt.", actor=HOUSE)

    def test_hr_leads_it_and_the_manager_does_not(self, world, late):
        hearing = hearing_on(late, sent=False)
        with pytest.raises(PermissionDenied):
            hearings.send_hearing(hearing, actor=world.ours.actor(Role.HIRING_MANAGER))
        with pytest.raises(PermissionDenied):
            hearings.send_hearing(hearing, actor=world.theirs.actor(Role.HR_EXTENDED))
        assert hearings.send_hearing(hearing, actor=world.ours.actor(Role.HR_CASEWORK)).state == "SENT"
