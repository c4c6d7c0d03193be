"""A question that can wait leaves the form for the interview guide."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from recruitment.access.roles import Role
from recruitment.cases.models import RecruitmentCase
from recruitment.errors import NotPossible
from recruitment.interviews.guides import guide_of, sections_of
from recruitment.interviews.moved_questions import move_to_interview
from recruitment.interviews.rounds import make_round
from recruitment.questions.models import ScreeningQuestion
from tests.factories.world import HOUSE, make_case


@pytest.fixture
def case(world):
    return make_case(world.ours)


def ask(case, **more) -> ScreeningQuestion:
    return ScreeningQuestion.objects.create(
        form=case.form, kind="FREE_TEXT", text_da="Hvordan vil du begynde?", **{"justification": "x", **more}
    )


def planned(case):
    RecruitmentCase.objects.filter(pk=case.pk).update(state="READY")
    case.refresh_from_db()
    return make_round(case, actor=HOUSE, panel=[])


def asked_in(round_) -> dict[str, list[str]]:
    return {section.code: [q.text for q in section.questions.all()] for section in sections_of(guide_of(round_))}


def test_it_stands_in_guides_that_are_begun_later_under_its_requirement(world, case):
    personal = case.profile.competences.create(kind="PERSONAL", name_da="Ro")
    question = ask(case, linked_requirement=personal, justification="")

    move_to_interview(question, actor=world.ours.actor(Role.HR_EXTENDED))

    question.refresh_from_db()
    assert question.retired_at is not None
    round_ = planned(case)
    assert "Hvordan vil du begynde?" in asked_in(round_)["PERSONAL"]
    last = guide_of(round_).sections.get(code="PERSONAL").questions.order_by("position").last()
    assert last.competence == personal


def test_it_is_added_to_a_guide_that_is_there(world, case):
    round_ = planned(case)
    guide_of(round_)

    move_to_interview(ask(case), actor=world.ours.actor(Role.HR_EXTENDED))

    assert asked_in(round_)["PROFESSIONAL"][-1] == "Hvordan vil du begynde?"


def test_what_applicants_have_been_asked_stays_in_the_form(world):
    question = ask(world.ours.case)
    with pytest.raises(NotPossible):
        move_to_interview(question, actor=world.ours.actor(Role.HR_EXTENDED))
    question.refresh_from_db()
    assert (question.retired_at, question.is_for_interview) == (None, False)


@pytest.mark.parametrize("role", [Role.HR_CASEWORK, Role.HIRING_MANAGER, Role.COMMUNICATIONS])
def test_who_does_not_write_the_form_moves_nothing(world, case, role):
    with pytest.raises(PermissionDenied):
        move_to_interview(ask(case), actor=world.ours.actor(role))


def test_the_form_offers_it(world, case, client):
    question = ask(case)
    client.force_login(world.ours.staff[Role.HR_EXTENDED])
    address = reverse("workbench:question_to_interview", args=[case.pk, question.pk])

    assert address in client.get(reverse("workbench:form", args=[case.pk])).content.decode()
    assert client.post(address).status_code == 302
    assert ScreeningQuestion.objects.get(pk=question.pk).is_for_interview
