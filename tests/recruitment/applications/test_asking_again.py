"""Questions after receipt: with a reason, lawful, and to all in the same state (GRD-32, INV-26)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.asking_again import Asked, answer_again, ask_again, remind_of_questions, replies_of
from recruitment.applications.followups import FollowUpReply, FollowUpRound
from recruitment.applications.models import Application
from recruitment.applications.own_data import own_data
from recruitment.audit.models import AuditEntry
from recruitment.errors import NotPossible
from recruitment.mail.models import Message
from tests.factories.assessing import as_, to_assessment


@pytest.fixture
def field(world):
    to_assessment(world, more=2)
    return world


def ask(world, role=Role.HR_CASEWORK, **more):
    order = {
        "state": "UNDER_REVIEW", "questions": ["Hvornår kan du begynde?", " "], "clarifies": first_requirement(world), "justification": "Datoen er flyttet.",
        "deadline": clock.now() + dt.timedelta(days=5), "actor": world.ours.actor(role), **more,
    }  # fmt: skip
    clarifies = order.pop("clarifies")
    order["questions"] = [Asked(text, clarifies) for text in order["questions"]]
    return ask_again(world.ours.case, **order)


def first_requirement(world) -> str:
    return str(world.ours.case.profile.competences.first().pk)


def test_everybody_in_the_state_is_asked_and_nobody_else(field):
    Application.objects.filter(pk=field.others[0].pk).update(state="SHORTLISTED")
    sent = ask(field)
    assert {reply.application_id for reply in sent.round.replies.all()} == {field.application.pk, field.others[1].pk}
    letters = Message.objects.filter(code="FOLLOWUP_QUESTIONS")
    assert {letter.application_id for letter in letters} == {field.application.pk, field.others[1].pk}
    assert {letter.message_class for letter in letters} == {"STANDARD"}
    assert all(str(sent.round.pk) in letter.text for letter in letters)


def test_who_has_no_address_is_named_for_a_letter_on_paper(field):
    field.application.candidate.email = ""
    field.application.candidate.save()
    assert [each.pk for each in ask(field).on_paper] == [field.application.pk]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"justification": " "}, "reason_missing"), ({"questions": []}, "questions"), ({"questions": ["Hvad?"] * 6}, "questions"),
        ({"questions": ["x" * 401]}, "questions"), ({"state": "STARTED"}, "not_this_state"), ({"state": "REJECTED"}, "not_this_state"),
        ({"clarifies": ""}, "requirement_missing"), ({"clarifies": "noget-andet"}, "requirement_missing"),
        ({"questions": ["Er du gravid?"]}, "forbidden_pregnancy"), ({"state": "RESERVE"}, "nobody_there"),
        ({"deadline": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "too_soon"),
    ],
)  # fmt: skip
def test_what_may_not_be_asked_is_refused_and_nothing_is_sent(field, wrong, code):
    with pytest.raises(NotPossible) as refused:
        ask(field, **wrong)
    assert code in {o.code for o in refused.value.obstacles}
    assert not Message.objects.filter(code="FOLLOWUP_QUESTIONS").exists()
    assert not FollowUpRound.objects.exists()


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.HR_EXTENDED, Role.HR_CASEWORK, Role.HR_LIMITED}]
)
def test_only_hr_asks(field, role):
    with pytest.raises(PermissionDenied):
        ask(field, role=role)


def test_answers_are_kept_changed_until_the_deadline_and_told_to_the_applicant(field):
    ask(field, questions=["Hvornår?", "Hvordan?"])
    reply = FollowUpReply.objects.get(application=field.application)
    with pytest.raises(ValidationError):
        answer_again(reply, ["1. marts"], actor=as_(None))
    answer_again(reply, ["1. marts", "Ved ikke"], actor=as_(None))
    answer_again(reply, ["1. april", "Med tog"], actor=as_(None))
    kept = replies_of(field.application)[0]
    assert kept.pairs() == [("Hvornår?", "1. april"), ("Hvordan?", "Med tog")]
    assert [line["answer"] for line in own_data(field.application)["asked_later"]] == ["1. april", "Med tog"]
    with clock.shifted(dt.timedelta(days=6)), pytest.raises(NotPossible):
        answer_again(reply, ["For sent"], actor=as_(None))


@pytest.mark.parametrize("answers", [[], ["", " "], ["x" * 4001]])
def test_bad_answers_are_refused(field, answers):
    ask(field)
    with pytest.raises(ValidationError):
        answer_again(FollowUpReply.objects.get(application=field.application), answers, actor=as_(None))


def test_a_cpr_number_in_an_answer_is_a_task_for_hr(field):
    ask(field)
    answer_again(FollowUpReply.objects.get(application=field.application), ["010190-1234"], actor=as_(None))
    assert Application.objects.get(pk=field.application.pk).has_cpr_number


def test_who_has_withdrawn_answers_no_more(field):
    ask(field)
    Application.objects.filter(pk=field.application.pk).update(state="WITHDRAWN")
    with pytest.raises(NotPossible):
        answer_again(FollowUpReply.objects.get(application=field.application), ["x"], actor=as_(None))


def test_the_database_wants_a_reason(field):
    round_ = ask(field).round
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUpRound.objects.filter(pk=round_.pk).update(justification="")


def test_what_each_question_clarifies_is_kept_with_its_words_and_in_the_log(field):
    round_ = ask(field).round
    competence = field.ours.case.profile.competences.first()

    assert round_.lines() == [("Hvornår kan du begynde?", competence.name_da)]
    entry = AuditEntry.objects.get(action="FollowUpRound.send")
    assert entry.detail["clarifies"] == [str(competence.pk)]


def test_another_cases_requirement_is_none(field):
    theirs = str(field.theirs.case.profile.competences.first().pk)
    with pytest.raises(NotPossible) as refused:
        ask(field, clarifies=theirs)
    assert [o.code for o in refused.value.obstacles] == ["requirement_missing"]


def test_who_has_not_answered_is_reminded_once_before_the_deadline(field):
    ask(field)
    reply = FollowUpReply.objects.get(application=field.others[0])
    answer_again(reply, ["1. marts"], actor=as_(None))
    assert remind_of_questions(clock.now()) == 0

    near = clock.now() + dt.timedelta(days=4)
    assert remind_of_questions(near) == 2
    assert remind_of_questions(near) == 0
    told = Message.objects.filter(code="FOLLOWUP_REMINDER").values_list("application", flat=True)
    assert set(told) == {field.application.pk, field.others[1].pk}


def test_nobody_is_reminded_after_the_deadline_or_after_withdrawing(field):
    ask(field)
    Application.objects.filter(pk=field.application.pk).update(state="WITHDRAWN")
    assert remind_of_questions(clock.now() + dt.timedelta(days=6)) == 0
    assert remind_of_questions(clock.now() + dt.timedelta(days=4)) == 2
