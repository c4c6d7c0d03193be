"""Answers, interview, test and reference of one applicant on one line of time, each for who may see it."""

import pytest

from portal.workbench.evidence import evidence_of
from recruitment import clock
from recruitment.access.roles import Role
from recruitment.interviews.models import InterviewInvitation, InterviewRound
from recruitment.references import taking
from tests.factories.fairness import consented, late_stage
from tests.factories.world import HOUSE, declare_all


@pytest.fixture
def known(world):
    declare_all(world.ours)
    late = late_stage(world)
    check = taking.begin(consented(late), actor=HOUSE)
    taking.write_down(check, actor=HOUSE, answers=["Chef i tre år"])
    taking.complete(check, actor=HOUSE, summary="Et kort resultat.", is_adverse=False)
    application = late.application
    application.test_results.create(test_name="Prøvesag", purpose="Skriftlighed", used_in_interview="Tales igennem.")
    round_ = InterviewRound.objects.create(case=application.case, number=1)
    InterviewInvitation.objects.create(round=round_, application=application, state="SENT", sent_at=clock.now())
    return application


def sorts(world, application, role: Role) -> set[str]:
    return {str(piece.sort) for piece in evidence_of(world.ours.actor(role), application, 2)}


def test_all_of_it_stands_in_the_order_of_time(world, known):
    pieces = evidence_of(world.ours.actor(Role.HR_CASEWORK), known, 2)

    assert [piece.at for piece in pieces] == sorted(piece.at for piece in pieces)
    assert {"Svar", "Samtale", "Test", "Reference"} == {str(piece.sort) for piece in pieces}


def test_a_member_meets_neither_tests_nor_references(world, known):
    assert {"Test", "Reference"} <= sorts(world, known, Role.HIRING_MANAGER)
    assert not {"Test", "Reference"} & sorts(world, known, Role.HIRING_COMMITTEE)
    assert "Svar" in sorts(world, known, Role.HIRING_COMMITTEE)


def test_it_stands_in_the_reader(world, known, client):
    client.force_login(world.ours.staff[Role.HR_CASEWORK])
    shown = client.get(f"/admin/cases/{known.case_id}/applications/{known.pk}/").content.decode()
    assert "workbench-evidence" in shown
    assert f"/applications/{known.pk}/tests/" in shown
