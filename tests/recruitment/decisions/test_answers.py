"""Who is answered with what: sorted, sent, followed by the state; and the rejection as a record (GRD-17, GRD-23, GRD-25)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.lifecycle import REJECT, somebody_has_no_answer
from recruitment.applications.models import Application, PriorityClaim
from recruitment.applications.own_data import own_data
from recruitment.cases.lifecycle import CANCEL_RUNNING, CONCLUDE
from recruitment.cases.models import RecruitmentCase
from recruitment.cases.moving import cancel_running_case, readvertise_case
from recruitment.decisions.answers import PhoneLog, Rejection
from recruitment.decisions.confirming import send_short_letter, short_letters_to_send
from recruitment.decisions.deciding import (
    Words,
    conclude_unfilled,
    correct_decision,
    decide_again,
    decide_to_cancel,
    write_decision,
)
from recruitment.decisions.following import follow_letter
from recruitment.decisions.letters import Merging
from recruitment.decisions.recommending import Named, recommend
from recruitment.decisions.rejecting import (
    does_not_fit_any_more,
    reconsider,
    reject_by_phone,
    send_answers,
    write_grounds,
    write_reasons,
)
from recruitment.decisions.sorting import sort_answers
from recruitment.decisions.telling import pieces
from recruitment.errors import NotPossible
from recruitment.events import StateChanged
from recruitment.fairness.models import PartyHearing
from recruitment.fairness.request_models import AccessRequest
from recruitment.letters.models import BulkLine
from recruitment.letters.outcomes import told_by_phone
from recruitment.lifecycle import make, obstacles
from recruitment.mail import lifecycle as mail
from recruitment.mail.models import Message, MessageTemplate
from recruitment.people.actor import Actor
from tests.factories.assessing import apply_many
from tests.factories.deciding import FACTORS, clear, concluded, filled, letter_to, whole
from tests.factories.world import HOUSE
from tests.recruitment.letters.conftest import pass_grace, sweep


def letters(case, **how) -> dict:
    return {each.application.pk: each.code for each in sort_answers(case, **how).planned}


def held(case, **how) -> dict:
    return {each.application.pk: each.code for each in sort_answers(case, **how).held}


def fresh(application) -> Application:
    return Application.objects.get(pk=application.pk)


def goes(application, code, *moves, channel="EMAIL") -> Message:
    """The letter is written and these things happen to it."""
    letter = letter_to(application, code, channel=channel, state="POSTED" if channel == "SECURE" else "QUEUED")
    for move in moves:
        letter = make(move, letter, actor=HOUSE)
    return letter


class TestSorting:
    def test_when_the_post_is_filled_everybody_else_is_sorted_by_itself(self, table):
        filled(table)
        write_reasons(table.met[1], factors="Andre har mere erfaring.", feedback="Roligt og klart.", actor=table.hr)

        found = letters(table.case)

        assert found == {
            table.met[1].pk: "REJECTION_AFTER_INTERVIEW_REASONED", table.read[0].pk: "REJECTION_NO_INTERVIEW",
            table.read[1].pk: "REJECTION_NO_INTERVIEW",
        }  # fmt: skip
        assert held(table.case) == {}

    def test_who_was_interviewed_needs_words_or_a_call(self, table):
        filled(table)

        assert held(table.case) == {table.met[1].pk: "fuller_reasons_missing"}

    def test_after_a_call_the_short_letter_follows(self, table):
        filled(table)
        reject_by_phone(table.met[1], said="Uddybet i ti minutter.", called_at=clock.now(), actor=table.hr)

        assert letters(table.case)[table.met[1].pk] == "REJECTION_AFTER_INTERVIEW_SHORT"

    def test_nobody_is_rejected_whom_nobody_has_opened(self, table):
        filled(table)
        Application.objects.filter(pk=table.read[0].pk).update(first_opened_at=None)

        assert held(table.case)[table.read[0].pk] == "not_opened"

    def test_a_claim_that_is_open_holds_the_answer_back(self, table):
        filled(table)
        claim = PriorityClaim.objects.create(application=table.read[0], state="STATEMENT_SENT")
        assert held(table.case)[table.read[0].pk] == "claim_not_settled"

        clear(claim)
        assert held(table.case)[table.read[0].pk] == "reasons_missing"
        write_reasons(table.read[0], factors="Andre er bedre kvalificeret.", feedback="", actor=table.hr)
        assert held(table.case)[table.read[0].pk] == "priority_words_missing"
        write_reasons(
            table.read[0],
            factors="Andre er bedre.",
            feedback="",
            priority="Du er ikke lige så kvalificeret.",
            actor=table.hr,
        )

        assert letters(table.case)[table.read[0].pk] == "REJECTION_PRIORITY_CLAIM"

    def test_nobody_is_answered_while_they_are_heard_or_wait_for_their_papers(self, table):
        filled(table)
        hearing = PartyHearing.objects.create(application=table.read[0], trigger="FACT_NOTE", facts_text="Advarsel.")
        asked = AccessRequest.objects.create(application=table.read[1], due_on=clock.today())
        assert held(table.case)[table.read[0].pk] == "hearing_open"
        assert held(table.case)[table.read[1].pk] == "access_pending"

        PartyHearing.objects.filter(pk=hearing.pk).update(state="CLOSED")
        AccessRequest.objects.filter(pk=asked.pk).update(state="DELIVERED")

        assert set(letters(table.case)) == {row.pk for row in table.read}

    def test_who_has_no_address_gets_a_letter_on_paper(self, table):
        filled(table)
        person = table.read[0].candidate
        person.email = ""
        person.save()

        assert [each.on_paper for each in sort_answers(table.case).planned if each.application == table.read[0]] == [
            True
        ]

    def test_unfilled_and_cancelled_say_so(self, table):
        conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)
        table.case.refresh_from_db()

        assert set(letters(table.case).values()) == {"REJECTION_CASE_UNFILLED"}
        assert set(held(table.case).values()) == {"fuller_reasons_missing"}

    def test_the_same_number_of_queries_for_few_and_for_many(self, table):
        filled(table)

        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                sort_answers(table.case)
            return len(captured)

        before = queries()
        apply_many(table.ours, 20)

        assert queries() == before


class TestEarly:
    """Before the post is filled (GRD-25)."""

    def test_only_those_who_are_out_of_it_and_only_with_the_grounds(self, table):
        Application.objects.filter(pk=table.read[1].pk).update(state="RESERVE")
        assert held(table.case) == {
            table.met[0].pk: "interviewed_too_early", table.met[1].pk: "interviewed_too_early",
            table.read[0].pk: "no_reasons", table.read[1].pk: "in_play",
        }  # fmt: skip

        write_grounds(table.case, words="erfaring med tilsyn.", actor=table.hr)

        assert letters(table.case) == {table.read[0].pk: "REJECTION_EARLY"}
        words = Merging(table.case).values(sort_answers(table.case).planned[0])
        assert words["decisive_factors_general"] == "erfaring med tilsyn"

    def test_interviewed_ones_are_warned_of_and_can_be_answered_all_the_same(self, table):
        write_reasons(table.met[1], factors="Andre har mere erfaring.", feedback="Klart.", actor=table.hr)
        assert held(table.case)[table.met[1].pk] == "interviewed_too_early"

        found = letters(table.case, with_interviewed=True)

        assert found[table.met[1].pk] == "REJECTION_AFTER_INTERVIEW_REASONED"

    def test_the_early_letter_never_says_that_the_post_is_filled(self, world):
        for language in ("da", "en"):
            words = MessageTemplate.objects.get(code="REJECTION_EARLY", language=language).body.lower()
            assert not any(said in words for said in ("besat", "filled", "ansat", "hired", "har valgt en"))

    def test_the_reserve_waits_while_an_offer_is_open(self, table):
        concluded(table, reserve=table.met[1:])

        assert held(table.case, with_interviewed=True)[table.met[1].pk] == "in_reserve"
        assert held(table.case)[table.met[0].pk] == "offered"


class TestSending:
    def test_the_list_is_frozen_as_it_was_shown(self, table):
        filled(table)

        sending = send_answers(table.case, actor=table.hr, expected=2)

        lines = BulkLine.objects.filter(sending=sending)
        assert {line.application_id: line.code or line.left_code for line in lines} == {
            table.read[0].pk: "REJECTION_NO_INTERVIEW", table.read[1].pk: "REJECTION_NO_INTERVIEW",
            table.met[1].pk: "fuller_reasons_missing",
        }  # fmt: skip
        assert {line.values["decisive_factors_general"] for line in lines if line.code} == {FACTORS}
        assert letters(table.case) == {}  # nobody is on two lists
        assert len(sort_answers(table.case).underway) == 2

    def test_another_number_than_was_shown_sends_nothing(self, table):
        filled(table)

        with pytest.raises(NotPossible, match="2"):
            send_answers(table.case, actor=table.hr, expected=3)

        assert not BulkLine.objects.exists()

    def test_who_was_unticked_is_left_out_and_named(self, table):
        filled(table)

        sending = send_answers(table.case, actor=table.hr, without={table.read[0].pk}, expected=1)

        assert BulkLine.objects.get(sending=sending, application=table.read[0]).left_code == "not_now"

    def test_from_the_list_to_the_answer_without_a_hand(self, table):
        filled(table)
        sending = send_answers(table.case, actor=table.hr, expected=2)
        reject_by_phone(table.read[1], said="Ringede selv.", called_at=clock.now(), actor=table.hr)
        assert fresh(table.read[0]).state == "UNDER_REVIEW"

        pass_grace()
        sweep()
        letter = Message.objects.get(application=table.read[0], code="REJECTION_NO_INTERVIEW")
        make(mail.DELIVER, make(mail.SEND, letter, actor=HOUSE), actor=HOUSE)

        assert FACTORS in letter.text
        assert fresh(table.read[0]).state == "REJECTED"
        assert fresh(table.read[0]).answer_delivered_at is not None
        assert BulkLine.objects.get(sending=sending, application=table.read[1]).state == "LEFT_OUT"
        assert not Message.objects.filter(application=table.read[1], code="REJECTION_NO_INTERVIEW").exists()

    def test_what_no_longer_fits_is_not_sent(self, table):
        filled(table)
        sending = send_answers(table.case, actor=table.hr, expected=2)
        line = BulkLine.objects.get(sending=sending, application=table.read[0])
        assert does_not_fit_any_more(line) is None

        PriorityClaim.objects.create(application=table.read[0], state="ELIGIBLE")

        assert does_not_fit_any_more(line)[0] == "claim_not_settled"

    @pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
    def test_others_send_no_answers(self, table, role):
        filled(table)
        actor = table.ours.actor(role)

        for deed in (
            lambda: send_answers(table.case, actor=actor, expected=2),
            lambda: write_reasons(table.met[1], factors="x", feedback="y", actor=actor),
            lambda: write_grounds(table.case, words="x", actor=actor),
        ):
            with pytest.raises(PermissionDenied):
                deed()


class TestStateFollowsLetter:
    def test_rejected_when_sent_answered_when_delivered(self, table):
        filled(table)
        letter = goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND)
        assert (fresh(table.read[0]).state, fresh(table.read[0]).answer_delivered_at) == ("REJECTED", None)

        make(mail.DELIVER, letter, actor=HOUSE)

        assert fresh(table.read[0]).answer_delivered_at is not None
        record = Rejection.objects.get(application=table.read[0])
        assert (record.code, record.general, record.message) == ("REJECTION_NO_INTERVIEW", FACTORS, letter)

    def test_in_the_secure_inbox_when_it_has_been_told_of(self, table):
        filled(table)
        write_reasons(table.met[1], factors="Andre har mere erfaring.", feedback="Klart.", actor=table.hr)

        goes(table.met[1], "REJECTION_AFTER_INTERVIEW_REASONED", mail.NOTIFY, channel="SECURE")

        application = fresh(table.met[1])
        assert (application.state, application.answer_delivered_at is not None) == ("REJECTED", True)
        record = Rejection.objects.get(application=table.met[1])
        assert (record.is_elaborated, record.individual, record.feedback) == (
            True,
            "Andre har mere erfaring.",
            "Klart.",
        )

    def test_on_paper_when_it_is_in_the_post(self, table):
        filled(table)

        goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.POST_LETTER, channel="LETTER")

        assert fresh(table.read[0]).answer_delivered_at is not None

    def test_a_rejection_that_comes_back_is_no_answer_until_told_otherwise(self, table):
        filled(table)
        letter = goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND, mail.DELIVER)

        make(mail.BOUNCE, letter, actor=HOUSE)

        assert (fresh(table.read[0]).state, fresh(table.read[0]).answer_delivered_at) == ("REJECTED", None)
        assert held(table.case)[table.read[0].pk] == "bounced"
        assert somebody_has_no_answer(table.case) is not None
        reject_by_phone(table.read[0], said="Fik svaret i telefonen.", called_at=clock.now(), actor=table.hr)
        assert fresh(table.read[0]).answer_delivered_at is not None

    def test_a_call_about_the_letter_that_came_back_is_the_answer(self, table):
        filled(table)
        first, second = (goes(row, "REJECTION_NO_INTERVIEW", mail.SEND, mail.BOUNCE) for row in table.read)

        told_by_phone(first, "Talte med ansøgeren kl. 10.", actor=table.hr)
        reject_by_phone(fresh(table.read[1]), said="Fik svaret.", called_at=clock.now(), actor=table.hr)

        assert all(fresh(row).answer_delivered_at for row in table.read)
        assert PhoneLog.objects.filter(application__in=table.read).count() == 2
        second.refresh_from_db()
        assert second.settled_how == "PHONE"

    def test_a_bounced_notice_takes_the_secure_letter_back(self, table):
        filled(table)
        write_reasons(table.met[1], factors="Andre har mere.", feedback="Klart.", actor=table.hr)
        posted = goes(table.met[1], "REJECTION_AFTER_INTERVIEW_REASONED", mail.NOTIFY, channel="SECURE")
        notice = letter_to(table.met[1], "SECURE_NOTICE", state="SENT")
        Message.objects.filter(pk=notice.pk).update(announces=posted)
        notice.refresh_from_db()

        make(mail.BOUNCE, notice, actor=HOUSE)

        assert fresh(table.met[1]).answer_delivered_at is None

    def test_a_letter_on_paper_after_the_bounce_is_an_answer_that_a_late_bounce_does_not_take(self, table):
        filled(table)
        letter = goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND)
        goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.POST_LETTER, channel="LETTER")

        make(mail.BOUNCE, letter, actor=HOUSE)

        assert fresh(table.read[0]).answer_delivered_at is not None
        assert held(table.case).get(table.read[0].pk) is None

    def test_who_came_too_late_is_answered_by_that_letter(self, table):
        Application.objects.filter(pk=table.read[0].pk).update(state="LATE", stage_reached=0)

        goes(table.read[0], "LATE_NOT_CONSIDERED", mail.SEND, mail.DELIVER)

        assert fresh(table.read[0]).state == "LATE"
        assert fresh(table.read[0]).answer_delivered_at is not None

    def test_a_letter_that_has_gone_is_never_stopped_by_what_we_think_of_it(self, table):
        letter = letter_to(table.read[0], "REJECTION_NO_INTERVIEW")  # no decision, no grounds: GRD-23

        follow_letter(StateChanged(row=letter, move="send", actor=HOUSE))

        assert fresh(table.read[0]).state == "UNDER_REVIEW"

    def test_other_letters_move_nobody(self, table):
        filled(table)

        goes(table.read[0], "PROCESS_DELAYED", mail.SEND, mail.DELIVER)

        assert (fresh(table.read[0]).state, fresh(table.read[0]).answer_delivered_at) == ("UNDER_REVIEW", None)


class TestReasons:
    """GRD-23."""

    def test_no_rejection_without_what_decided_it(self, table):
        assert {each.code for each in obstacles(REJECT, table.read[0])} == {"no_reasons"}

        filled(table)

        assert obstacles(REJECT, fresh(table.read[0])) == []

    def test_the_grounds_of_the_selection_are_reasons_too(self, table):
        write_grounds(table.case, words="erfaring med tilsyn", actor=table.hr)

        assert obstacles(REJECT, table.read[0]) == []

    def test_an_english_reader_gets_english_words(self, table):
        filled(table)
        Application.objects.filter(pk=table.read[0].pk).update(language="en")
        assert Merging(table.case).general("REJECTION_NO_INTERVIEW", "en") == FACTORS  # none were written

        correct_decision(
            table.case,
            whole(table, factors_en="experience with supervision"),
            reason="Engelsk manglede.",
            actor=table.hr,
        )

        assert Merging(table.case).general("REJECTION_NO_INTERVIEW", "en") == "experience with supervision"

    def test_the_record_is_never_changed(self, table):
        filled(table)
        goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND)
        reject_by_phone(table.met[1], said="Uddybet.", called_at=clock.now(), actor=table.hr)

        for change in (
            lambda: Rejection.objects.update(general="andet"),
            lambda: Rejection.objects.all().delete(),
            lambda: PhoneLog.objects.update(said="andet"),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


class TestShortLetter:
    """After a call, to one applicant."""

    @pytest.fixture
    def called(self, table):
        filled(table)
        reject_by_phone(table.met[1], said="Uddybet i ti minutter.", called_at=clock.now(), actor=table.hr)
        return fresh(table.met[1])

    def test_it_goes_at_once_and_once_and_leaves_the_list(self, table, called):
        assert list(short_letters_to_send(table.hr)) == [called]

        letter = send_short_letter(called, actor=table.hr)

        assert (letter.code, letter.application) == ("REJECTION_AFTER_INTERVIEW_SHORT", called)
        assert called.pk not in letters(table.case)
        assert not short_letters_to_send(table.hr).exists()
        with pytest.raises(NotPossible) as refusal:
            send_short_letter(called, actor=table.hr)
        assert [each.code for each in refusal.value.obstacles] == ["no_short_letter"]
        assert Message.objects.filter(application=called, code=letter.code).count() == 1

    def test_on_paper_where_there_is_no_address(self, table, called):
        type(called.candidate).objects.filter(pk=called.candidate_id).update(email="")
        assert send_short_letter(fresh(called), actor=table.hr).channel == "LETTER"

    def test_none_is_owed_before_the_call_or_without_an_interview(self, table):
        filled(table)
        reject_by_phone(table.read[0], said="Ikke kaldt.", called_at=clock.now(), actor=table.hr)
        for application in (table.met[1], fresh(table.read[0])):
            with pytest.raises(NotPossible):
                send_short_letter(application, actor=table.hr)
        assert not short_letters_to_send(table.hr).exists()

    def test_the_manager_calls_and_hr_writes(self, table, called, world):
        with pytest.raises(PermissionDenied):
            send_short_letter(called, actor=table.ours.actor(Role.HIRING_MANAGER))
        for other in (table.ours.actor(Role.HIRING_MANAGER), world.theirs.actor(Role.HR_EXTENDED)):
            assert not short_letters_to_send(other).exists()


class TestByHand:
    def test_the_manager_tells_on_the_telephone(self, table):
        filled(table)
        manager = Actor.person(table.manager)

        reject_by_phone(table.met[1], said="Talte om samtalen.", called_at=clock.now(), actor=manager)

        application = fresh(table.met[1])
        assert (application.state, application.answer_delivered_at is not None) == ("REJECTED", True)
        assert Rejection.objects.get().is_elaborated

    @pytest.mark.parametrize("role", [Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
    def test_others_do_not(self, table, role):
        with pytest.raises(PermissionDenied):
            reject_by_phone(table.met[1], said="x", called_at=clock.now(), actor=table.ours.actor(role))

    def test_an_answer_that_was_wrong_is_taken_up_again_and_answered_anew(self, table):
        filled(table)
        goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND, mail.DELIVER)
        with pytest.raises(PermissionDenied):
            reconsider(fresh(table.read[0]), reason="Fejl.", actor=table.ours.actor(Role.HR_CASEWORK))

        reconsider(fresh(table.read[0]), reason="Et bilag blev overset.", actor=table.hr)

        assert fresh(table.read[0]).answer_delivered_at is None
        assert letters(table.case)[table.read[0].pk] == "REJECTION_NO_INTERVIEW"
        goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND)
        assert Rejection.objects.filter(application=table.read[0]).count() == 2


def test_the_applicant_is_given_what_was_decided_about_them(table):
    filled(table)
    goes(table.read[0], "REJECTION_NO_INTERVIEW", mail.SEND)

    own = own_data(fresh(table.read[0]))

    assert [row["decisive_factors"] for row in own["rejections"]] == [FACTORS]
    assert [row["terms"] for row in own_data(fresh(table.met[0]))["offers"]] == ["Kr. 42.000 om måneden"]
    assert [piece.words for piece in pieces(fresh(table.read[0]))] == [FACTORS]


def test_papers_of_the_decision_are_about_the_applicant_alone(table):
    both = [Named(table.met[0], "Har ført tilsyn i fem år."), Named(table.met[1], "Skriver klart.")]
    recommend(table.case, both, comparison="Den første er stærkest.", actor=table.hr)
    filled(table)
    reject_by_phone(table.met[1], said="Uddybet.", called_at=clock.now(), actor=table.hr)

    words = "\n".join(piece.words for piece in pieces(fresh(table.met[1])))

    assert "Skriver klart." in words
    assert "Uddybet." in words
    assert "fem år" not in words
    assert "stærkest" not in words


class TestClaimWithoutAHire:
    """Where nobody is hired nobody is preferred to the claimant, so their claim ends with the post."""

    @pytest.mark.parametrize("state", ["CLAIMED", "INTERVIEW_DUE", "INTERVIEWED", "STATEMENT_SENT", "NEGOTIATED"])
    def test_an_unfilled_post_ends_the_claim_and_the_claimant_is_answered(self, table, state):
        claim = PriorityClaim.objects.create(application=table.read[0], state=state)

        conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)

        claim.refresh_from_db()
        assert claim.state == "NOT_APPLICABLE"
        assert claim.history.get().move == "lapse"
        table.case.refresh_from_db()
        assert letters(table.case)[table.read[0].pk] == "REJECTION_CASE_UNFILLED"

    def test_so_does_a_recruitment_that_will_be_cancelled(self, table):
        claim = PriorityClaim.objects.create(application=table.read[0], state="ELIGIBLE")
        decide_to_cancel(table.case, reason="Budgettet er væk.", actor=table.hr)
        claim.refresh_from_db()
        assert claim.state == "NOT_APPLICABLE"

    def test_when_somebody_may_be_hired_after_all_it_is_there_again(self, table):
        claim = PriorityClaim.objects.create(application=table.read[0], state="INTERVIEWED")
        settled = PriorityClaim.objects.create(application=table.read[1], state="NOT_APPLICABLE")
        conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)

        decide_again(RecruitmentCase.objects.get(pk=table.case.pk), reason="En har fortrudt.", actor=table.hr)

        claim.refresh_from_db()
        settled.refresh_from_db()
        assert (claim.state, settled.state) == ("CLAIMED", "NOT_APPLICABLE")
        case = RecruitmentCase.objects.get(pk=table.case.pk)
        assert "claim_not_settled" in {each.code for each in obstacles(CONCLUDE, case)}

    def test_also_when_a_hire_is_written_after_the_thought_of_cancelling(self, table):
        claim = PriorityClaim.objects.create(application=table.read[0], state="INTERVIEWED")
        decide_to_cancel(table.case, reason="Budgettet er væk.", actor=table.hr)
        write_decision(table.case, Words(factors="x"), chosen=[table.met[0]], actor=table.hr)
        claim.refresh_from_db()
        assert claim.state == "CLAIMED"

    def test_also_when_the_post_is_advertised_again(self, table):
        claim = PriorityClaim.objects.create(application=table.read[0], state="INTERVIEWED")
        decide_to_cancel(table.case, reason="Budgettet er væk.", actor=table.hr)
        case = RecruitmentCase.objects.get(pk=table.case.pk)
        readvertise_case(
            case, reason="Budgettet er der igen.", deadline=clock.now() + dt.timedelta(days=30), actor=table.hr
        )
        claim.refresh_from_db()
        assert claim.state == "CLAIMED"

    def test_what_was_cleared_with_the_job_centre_stays_so(self, table):
        claim = clear(PriorityClaim.objects.create(application=table.read[0], state="STATEMENT_SENT"))
        conclude_unfilled(table.case, reason="Ingen opfylder kravene.", actor=table.hr)
        assert PriorityClaim.objects.get(application=table.read[0]).state == "CLEARED", claim


class TestCancelling:
    def test_a_recruitment_is_cancelled_when_everybody_has_been_told(self, table):
        assert {each.code for each in obstacles(CANCEL_RUNNING, table.case)} == {"unanswered"}
        decide_to_cancel(table.case, reason="Bevillingen er væk.", actor=table.hr)
        for row in table.met:
            write_reasons(row, factors="Stillingen er nedlagt.", feedback="Tak for samtalen.", actor=table.hr)

        found = letters(table.case)

        assert set(found.values()) == {"REJECTION_CASE_UNFILLED", "REJECTION_AFTER_INTERVIEW_REASONED"}
        for row in (*table.met, *table.read):
            goes(row, found[row.pk], mail.SEND, mail.DELIVER)
        assert cancel_running_case(table.case, actor=table.hr, reason="Bevillingen er væk.").outcome == "CANCELLED"
