"""Handing in: what must be there, which instant counts, and once only."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from recruitment import clock
from recruitment.applications.actions import RoundClosed, correct, discard_draft, save_step, submit, withdraw
from recruitment.applications.applicant_list import wants_discretion
from recruitment.applications.models import Application, ApplicationState, PriorityClaim
from recruitment.applications.steps import form_for
from recruitment.applications.summary import has_unconfirmed_corrections, summary_in_force
from recruitment.cases.models import RecruitmentCase
from recruitment.consents.models import Consent
from recruitment.documents.models import Document
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from recruitment.outbox.models import OutboxItem
from recruitment.people.actor import Actor
from recruitment.people.models import Candidate
from tests.factories.world import begin_draft, fill_draft, make_application

ANYONE = Actor.person(None)


def test_a_complete_draft_is_received_with_the_instant_the_request_came(world):
    draft = fill_draft(begin_draft(world.ours.round))
    at = clock.now()

    received = submit(draft, actor=ANYONE, at=at)

    assert (received.state, received.received_at, received.stage_reached) == (ApplicationState.SUBMITTED, at, 10)
    assert received.candidate.full_name == "Kirsten Holm"
    assert received.motivation_text == "Jeg vil gerne føre tilsyn."


def test_a_draft_without_an_accepted_notice_is_refused(world):
    draft = fill_draft(begin_draft(world.ours.round))
    Consent.objects.all().delete()

    with pytest.raises(NotPossible) as refusal:
        submit(draft, actor=ANYONE)

    assert [o.code for o in refusal.value.obstacles] == ["notice"]


def test_what_is_missing_is_said_field_by_field_and_nothing_is_lost(world):
    draft = begin_draft(world.ours.round)
    save_step(draft, "about", {"given_name": ["Kirsten"], "email": ["ikke en adresse"]})

    with pytest.raises(NotPossible) as refusal:
        submit(draft, actor=ANYONE)

    assert {o.place for o in refusal.value.obstacles} == {
        "about#family_name", "about#email", "about#origin", "papers#motivation", "papers#document-CV",
    }  # fmt: skip
    draft.refresh_from_db()
    assert draft.draft["about"]["email"] == ["ikke en adresse"]


def test_pressing_the_button_fifty_times_gives_one_application_and_one_receipt(world):
    draft = fill_draft(begin_draft(world.ours.round))

    answers = {submit(draft, actor=ANYONE).reference for _ in range(50)}

    assert answers == {draft.reference}
    assert Message.objects.filter(application=draft, code="APPLICATION_RECEIPT").count() == 1


def test_the_last_moment_before_the_deadline_counts_and_the_deadline_itself_does_not(world):
    round_ = world.ours.round
    in_time = fill_draft(begin_draft(round_))
    late = fill_draft(begin_draft(round_))
    edge = round_.application_deadline

    submit(in_time, actor=ANYONE, at=edge - dt.timedelta(microseconds=1))
    with pytest.raises(RoundClosed):
        submit(late, actor=ANYONE, at=edge)

    late.refresh_from_db()
    assert late.state == ApplicationState.STARTED
    assert late.draft["papers"]["motivation"] == ["Jeg vil gerne føre tilsyn."]


def test_the_receipt_waits_in_the_outbox_in_the_same_transaction(world):
    received = make_application(world.ours.round)

    message = Message.objects.get(application=received)

    assert message.recipient == "kirsten@ansoeger.example"
    assert received.reference in message.text
    assert OutboxItem.objects.get(subject=str(message.pk)).state == "QUEUED"


def test_nul_and_lone_surrogates_are_taken_out_of_what_is_saved(world):
    draft = begin_draft(world.ours.round)

    saved = save_step(draft, "papers", {"motivation": ["før\x00efter\ud800"]})

    assert saved.draft["papers"]["motivation"] == ["førefter"]


def test_a_draft_cannot_hold_more_text_than_an_application(world):
    with pytest.raises(ValidationError):
        save_step(begin_draft(world.ours.round), "papers", {"motivation": ["x" * 200_001]})


def test_a_correction_before_the_deadline_keeps_the_version_before(world):
    received = make_application(world.ours.round)
    save_step(received, "papers", {"motivation": ["Bedre begrundet."]})

    corrected = correct(received, actor=ANYONE)

    assert corrected.motivation_text == "Bedre begrundet."
    assert corrected.versions.get().content["motivation"] == "Jeg vil gerne føre tilsyn."
    assert corrected.received_at == received.received_at


def test_no_correction_after_the_deadline(world):
    received = make_application(world.ours.round)

    with pytest.raises(RoundClosed):
        save_step(received, "papers", {"motivation": ["For sent."]}, at=world.ours.round.application_deadline)
    with pytest.raises(RoundClosed):
        correct(received, actor=ANYONE, at=world.ours.round.application_deadline)


def test_withdrawing_is_confirmed_by_mail_and_counts_as_answered(world):
    withdrawn = withdraw(make_application(world.ours.round), actor=ANYONE)

    assert withdrawn.state == ApplicationState.WITHDRAWN
    assert withdrawn.answer_delivered_at is not None
    assert Message.objects.filter(code="WITHDRAWAL_CONFIRMED", application=withdrawn).count() == 1


def test_a_discarded_draft_leaves_nothing_behind(world):
    draft = fill_draft(begin_draft(world.ours.round))
    candidate = draft.candidate

    discard_draft(draft)

    assert not Application.objects.filter(reference=draft.reference).exists()
    assert not Candidate.objects.filter(pk=candidate.pk).exists()
    assert not Document.objects.filter(application_id=draft.pk).exists()


def test_a_claim_to_preferential_access_is_kept_apart_and_goes_when_it_is_taken_back(world):
    received = make_application(world.ours.round, priority="on")
    assert PriorityClaim.objects.filter(application=received).exists()

    save_step(received, "about", {**received.draft["about"], "priority": []})
    correct(received, actor=ANYONE)

    assert not PriorityClaim.objects.filter(application=received).exists()


def test_who_applies_for_a_civil_servants_post_can_stay_off_the_list_of_applicants(world):
    RecruitmentCase.objects.filter(pk=world.ours.case.pk).update(employment_basis="CIVIL_SERVANT")
    plain, discreet = make_application(world.ours.round), make_application(world.ours.round, discretion="on")
    assert [wants_discretion(row) for row in (plain, discreet)] == [False, True]
    assert [summary_in_force(row)[0].lines[-1].value for row in (plain, discreet)] == [str(_("No")), str(_("Yes"))]

    save_step(discreet, "about", {**discreet.draft["about"], "discretion": []})
    assert has_unconfirmed_corrections(Application.objects.get(pk=discreet.pk))
    correct(discreet, actor=ANYONE)
    assert not wants_discretion(discreet)


def test_other_posts_have_no_list_and_no_such_wish(world):
    draft = begin_draft(world.ours.round)
    assert "discretion" not in form_for(draft, "about").fields

    assert not wants_discretion(make_application(world.ours.round, discretion="on"))


def test_a_signed_in_person_gets_their_own_draft_back(world):
    person = Actor.person(world.ours.staff["COMMUNICATIONS"])

    first, second = begin_draft(world.ours.round, person), begin_draft(world.ours.round, person)

    assert first == second


def test_nobody_can_begin_when_the_deadline_has_passed(world):
    round_ = world.ours.round
    with clock.shifted(dt.timedelta(days=22)), pytest.raises(RoundClosed):
        begin_draft(round_)


def test_two_browsers_with_one_address_are_two_candidates(world):
    """Somebody else's address tells nothing about them: no refusal gives away that they have applied."""
    first, second = make_application(world.ours.round), make_application(world.ours.round)

    assert first.candidate != second.candidate


def test_a_cpr_number_in_the_text_is_noted_for_hr(world):
    draft = fill_draft(begin_draft(world.ours.round))
    save_step(draft, "papers", {"motivation": ["Mit nummer er 010190-1234."]})

    assert submit(draft, actor=ANYONE).has_cpr_number
