"""Nobody is called about an applicant who has not said yes to that call."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.audit.models import AuditEntry
from recruitment.cases.lifecycle import CONCLUDE
from recruitment.consents.models import Consent
from recruitment.documents.models import Document
from recruitment.errors import NotPossible
from recruitment.fairness import hearings
from recruitment.fairness.facts import spare_hearing
from recruitment.fairness.models import FactNote
from recruitment.lifecycle import obstacles
from recruitment.mail.models import Message
from recruitment.references import referees, taking
from recruitment.references.guides import guide_in_force, publish_guide
from recruitment.references.lifecycle import BEGIN
from recruitment.references.models import Referee, ReferenceCheck, ReferenceNote
from recruitment.references.queries import may_contact, references_to_take, too_few
from recruitment.references.sharing import share, shared_results
from tests.factories.fairness import REFEREE, consented, late_stage, named, small_file
from tests.factories.world import HOUSE, declare_all


@pytest.fixture
def late(world):
    declare_all(world.ours)
    return late_stage(world)


def codes(refusal) -> list[str]:
    return [each.code for each in refusal.value.obstacles]


def finish(late, *, is_adverse: bool) -> ReferenceCheck:
    check = taking.begin(consented(late), actor=HOUSE)
    taking.write_down(check, actor=HOUSE, answers=["Chef i tre år"])
    return taking.complete(check, actor=HOUSE, summary="Et kort resultat.", is_adverse=is_adverse)


class TestGuard:
    """GRD-11."""

    def test_without_a_yes_the_reference_does_not_begin_and_with_it_does(self, late):
        check, _letter = referees.ask_consent(named(late), actor=HOUSE)
        found = [each for each in obstacles(BEGIN, check) if each.code == "no_consent"]
        assert found

        check = referees.answer_consent(check, actor=late.applicant, is_given=True)

        assert not obstacles(BEGIN, check)
        assert taking.begin(check, actor=HOUSE).state == "IN_PROGRESS"

    def test_a_yes_to_one_referee_is_none_to_another(self, late):
        consented(late)
        other, _letter = referees.ask_consent(
            referees.name_referee(late.application, actor=late.applicant, **{**REFEREE, "name": "Jens Brink"}),
            actor=HOUSE,
        )
        assert {each.code for each in obstacles(BEGIN, other)} == {"wrong_state", "no_consent"}

    def test_the_present_employer_has_a_consent_of_its_own(self, late):
        check = consented(late, is_current_employer=True)
        assert check.consent.kind == "REFERENCE_CURRENT_EMPLOYER"
        assert check.consent.text.kind == "CURRENT_EMPLOYER"

        Consent.objects.filter(pk=check.consent_id).update(kind="REFERENCE")

        assert "no_consent" in {each.code for each in obstacles(BEGIN, ReferenceCheck.objects.get(pk=check.pk))}

    def test_the_database_refuses_it_too(self, late):
        check, _letter = referees.ask_consent(named(late), actor=HOUSE)
        for deed in (
            lambda: ReferenceCheck.objects.filter(pk=check.pk).update(state="IN_PROGRESS"),
            lambda: ReferenceNote.objects.create(check_row=check),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                deed()

    @pytest.mark.parametrize("state", ["UNDER_REVIEW", "SHORTLISTED", "INVITED", "REJECTED"])
    def test_it_is_too_early_before_the_interview(self, late, state):
        check = named(late)
        Application.objects.filter(pk=late.application.pk).update(state=state)
        late.application.refresh_from_db()
        with pytest.raises(NotPossible) as refusal:
            referees.ask_for_referees(late.application, actor=HOUSE)
        assert codes(refusal) == ["too_early"]
        with pytest.raises(NotPossible) as refusal:
            referees.ask_consent(ReferenceCheck.objects.get(pk=check.pk), actor=HOUSE)
        assert codes(refusal) == ["too_early"]

    def test_how_to_reach_a_referee_is_hidden_until_the_yes(self, late):
        check, _letter = referees.ask_consent(named(late), actor=HOUSE)
        assert not may_contact(check)
        assert may_contact(referees.answer_consent(check, actor=late.applicant, is_given=True))


class TestNaming:
    """Who may be asked."""

    def test_the_applicant_names_them_after_being_asked(self, late):
        with pytest.raises(NotPossible):
            referees.name_referee(late.application, actor=late.applicant, **REFEREE)

        assert named(late).referee.given_by_applicant

        assert Message.objects.get(code="REFEREES_WANTED").channel == "SECURE"

    def test_hr_writes_down_what_the_applicant_said_and_how(self, world, late):
        hr = world.ours.actor(Role.HR_EXTENDED)
        with pytest.raises(NotPossible) as refusal:
            referees.note_referee(late.application, actor=hr, noted_how=" ", **REFEREE)
        assert codes(refusal) == ["how_missing"]
        assert not referees.note_referee(
            late.application, actor=hr, noted_how="Telefon i dag", **REFEREE
        ).referee.given_by_applicant

    def test_nobody_else_may(self, world, late):
        for role in (Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT, Role.COMMUNICATIONS):
            with pytest.raises(PermissionDenied):
                referees.note_referee(late.application, actor=world.ours.actor(role), noted_how="x", **REFEREE)
        with pytest.raises(PermissionDenied):
            referees.name_referee(late.application, actor=world.ours.actor(Role.HR_EXTENDED), **REFEREE)

    def test_a_referee_can_be_reached(self, late):
        referees.ask_for_referees(late.application, actor=HOUSE)
        with pytest.raises(NotPossible):
            referees.name_referee(late.application, actor=late.applicant, name="Bo", organisation="X")
        with pytest.raises(ValidationError):
            referees.name_referee(late.application, actor=late.applicant, name="Bo", organisation="X", email="intet")
        assert not Referee.objects.exists()


class TestConsent:
    """Asked in the secure inbox, word for word, and taken back as easily."""

    def test_the_words_are_kept_as_shown(self, late):
        check, letter = referees.ask_consent(named(late), actor=HOUSE)

        assert letter.channel == "SECURE"
        assert check.consent.state == "REQUESTED"
        assert "Bodil Stær, Havnekontoret" in check.consent.shown_text
        assert "{" not in check.consent.shown_text
        assert check.consent.text.version == 1

    def test_a_no_is_kept_and_can_become_a_yes(self, late):
        check, _letter = referees.ask_consent(named(late), actor=HOUSE)
        check = referees.answer_consent(check, actor=late.applicant, is_given=False)
        assert (check.state, Consent.objects.get(pk=check.consent_id).state) == ("CONSENT_REFUSED", "REFUSED")
        assert referees.answer_consent(check, actor=late.applicant, is_given=True).state == "CONSENT_GIVEN"

    def test_only_the_applicant_answers_and_hr_notes_it_with_how(self, world, late):
        check, _letter = referees.ask_consent(named(late), actor=HOUSE)
        hr = world.ours.actor(Role.HR_EXTENDED)
        with pytest.raises(PermissionDenied):
            referees.answer_consent(check, actor=hr, is_given=True)
        with pytest.raises(NotPossible):
            referees.answer_consent_for(check, actor=hr, is_given=True, how="")
        assert referees.answer_consent_for(check, actor=hr, is_given=True, how="Telefon i dag").state == "CONSENT_GIVEN"

    def test_withdrawn_it_stops_at_once(self, late):
        check = taking.begin(consented(late), actor=HOUSE)

        stopped = referees.withdraw_consent(check, actor=late.applicant)

        assert (stopped.state, stopped.consent.state) == ("ABORTED", "WITHDRAWN")
        with pytest.raises(NotPossible) as refusal:
            taking.write_down(stopped, actor=HOUSE, remarks="Ringede alligevel.")
        assert codes(refusal) == ["no_consent"]

    def test_what_was_written_after_the_withdrawal_is_deleted_and_the_earlier_kept(self, late):
        check = taking.begin(consented(late), actor=HOUSE)
        taking.write_down(check, actor=HOUSE, remarks="Før.")
        said = clock.now()
        taking.write_down(check, actor=HOUSE, remarks="Efter.", file=small_file())
        taking.complete(check, actor=HOUSE, summary="Resultat.", is_adverse=True)

        stopped = referees.withdraw_consent_for(check, actor=HOUSE, at=said, how="Telefon kl. 10")

        assert stopped.state == "ABORTED"
        assert [note.remarks for note in stopped.notes.all()] == ["Før."]
        assert not FactNote.objects.exists()
        assert not Document.objects.filter(kind="REFERENCE_FORM").exists()

    def test_what_was_finished_before_stays(self, late):
        check = finish(late, is_adverse=False)

        kept = referees.withdraw_consent(check, actor=late.applicant)

        assert (kept.state, Consent.objects.get(pk=kept.consent_id).state) == ("COMPLETED", "WITHDRAWN")
        assert FactNote.objects.count() == kept.notes.count() == 1


class TestTaking:
    """What was said."""

    def test_answers_follow_the_guide_that_was_in_force(self, world, late):
        check = taking.begin(consented(late), actor=HOUSE)
        publish_guide(world.ours.institution, "da", ["Hvad kan ansøgeren?"], actor=world.ours.actor(Role.HR_EXTENDED))

        note = taking.write_down(check, actor=HOUSE, answers=["a", "b"])

        assert (note.answers, check.guide.institution) == (["a", "b"], None)
        assert guide_in_force(world.ours.institution, "da").version == 1
        assert guide_in_force(world.ours.institution, "da").questions == ["Hvad kan ansøgeren?"]

    def test_a_guide_asks_nothing_forbidden_and_is_its_institutions(self, world):
        with pytest.raises(NotPossible):
            publish_guide(world.ours.institution, "da", ["Er du gravid?"], actor=HOUSE)
        for actor in (world.theirs.actor(Role.ADMINISTRATOR), world.ours.actor(Role.HIRING_MANAGER)):
            with pytest.raises(PermissionDenied):
                publish_guide(world.ours.institution, "da", ["Hvad kan ansøgeren?"], actor=actor)

    def test_a_form_can_be_uploaded_instead(self, late):
        check = taking.begin(consented(late), actor=HOUSE)
        note = taking.write_down(check, actor=HOUSE, file=small_file())
        assert (note.document.kind, note.document.uploaded_by) == ("REFERENCE_FORM", "STAFF")

    def test_nothing_written_is_no_reference(self, late):
        check = taking.begin(consented(late), actor=HOUSE)
        with pytest.raises(NotPossible) as refusal:
            taking.complete(check, actor=HOUSE, summary="Fint.", is_adverse=False)
        assert codes(refusal) == ["nothing_written"]

    def test_a_good_one_blocks_nothing_and_two_are_wanted(self, late):
        check = finish(late, is_adverse=False)
        assert check.state == "COMPLETED"
        assert not {each.code for each in obstacles(CONCLUDE, late.case)} & {"fact_unheard", "hearing_open"}
        assert too_few(late.application)
        assert late.case.plan.activities.get(kind="REFERENCES").done_at

    def test_why_fewer_than_two_are_taken_can_be_said_and_answers_the_nudge(self, late):
        with pytest.raises(NotPossible):
            taking.say_why_fewer(late.application, "  ", actor=HOUSE)
        taking.say_why_fewer(late.application, "Ansøgeren har kun haft én leder.", actor=HOUSE)
        assert not too_few(late.application)

    def test_an_adverse_one_must_be_heard_and_follows_the_hearing(self, late):
        check = finish(late, is_adverse=True)
        assert check.state == "ADVERSE"
        assert "fact_unheard" in {each.code for each in obstacles(CONCLUDE, late.case)}

        hearing = hearings.open_hearing(late.application, actor=HOUSE, trigger="REFERENCE", notes=[check.fact])
        check.refresh_from_db()
        assert (check.state, check.hearing) == ("HEARING", hearing)
        hearing = hearings.respond(hearings.send_hearing(hearing, actor=HOUSE), "Nej.", actor=late.applicant)
        hearings.evaluate(hearing, "Tages til efterretning.", actor=HOUSE)

        check.refresh_from_db()
        assert check.state == "CLOSED"
        assert not {each.code for each in obstacles(CONCLUDE, late.case)} & {"fact_unheard", "hearing_open"}

    def test_or_it_is_written_why_not(self, late):
        check = finish(late, is_adverse=True)
        spare_hearing(check.fact, "Det indgår ikke i afgørelsen.", actor=HOUSE)
        check.refresh_from_db()
        assert check.state == "CLOSED"

    def test_what_waits_stands_with_those_who_take_references(self, world, late):
        check = consented(late)
        for role in (Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HIRING_MANAGER):
            assert list(references_to_take(world.ours.actor(role))) == [check]
        for actor in (world.ours.actor(Role.HIRING_COMMITTEE), world.theirs.actor(Role.HR_EXTENDED)):
            assert not references_to_take(actor)

    def test_a_time_to_come_is_no_withdrawal(self, late):
        with pytest.raises(NotPossible):
            referees.withdraw_consent_for(consented(late), actor=HOUSE, at=clock.now() + dt.timedelta(hours=1), how="x")


class TestSharing:
    """The committee sees the result only where it has been shared (C6)."""

    def test_what_is_shared_is_seen_by_the_hiring_committee_and_nobody_else(self, late, world):
        check = finish(late, is_adverse=False)
        member = world.ours.actor(Role.HIRING_COMMITTEE)
        assert shared_results(member, late.application) == []

        share(check, actor=world.ours.actor(Role.HIRING_MANAGER), with_committee=True)

        assert shared_results(member, late.application) == [check]
        for role in (Role.ASSESSMENT_COMMITTEE, Role.ADMIN_SUPPORT, Role.COMMUNICATIONS):
            assert shared_results(world.ours.actor(role), late.application) == []
        assert shared_results(world.theirs.actor(Role.HR_EXTENDED), late.application) == []
        assert AuditEntry.objects.filter(action="ReferenceCheck.share").count() == 1
        share(check, actor=HOUSE, with_committee=False)
        assert shared_results(member, late.application) == []

    def test_the_committee_shares_nothing_itself(self, late, world):
        check = finish(late, is_adverse=False)
        with pytest.raises(PermissionDenied):
            share(check, actor=world.ours.actor(Role.HIRING_COMMITTEE), with_committee=True)

    def test_what_counts_against_somebody_is_shared_when_they_have_been_heard(self, late):
        check = finish(late, is_adverse=True)
        with pytest.raises(NotPossible) as refusal:
            share(check, actor=HOUSE, with_committee=True)
        assert codes(refusal) == ["not_shareable"]

        spare_hearing(check.fact, actor=HOUSE, reason="Ansøgeren har selv fortalt det ved samtalen.")

        assert share(ReferenceCheck.objects.get(), actor=HOUSE, with_committee=True).shared_at is not None

    def test_a_consent_that_is_taken_back_takes_it_away_again(self, late, world):
        share(finish(late, is_adverse=False), actor=HOUSE, with_committee=True)
        referees.withdraw_consent(ReferenceCheck.objects.get(), actor=late.applicant)
        assert shared_results(world.ours.actor(Role.HIRING_COMMITTEE), late.application) == []
