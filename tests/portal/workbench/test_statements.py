"""The screens of assessments: written together, stepped on by HR, read and answered by the applicant."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.models import CaseMember
from recruitment.access.roles import Role
from recruitment.assessments.statements import Assessment
from recruitment.people.actions import claim_candidates
from tests.factories.assessing import to_assessment
from tests.factories.world import make_user

COMMITTEE, HR = Role.ASSESSMENT_COMMITTEE, Role.HR_CASEWORK


@pytest.fixture
def field(world):
    to_assessment(world, more=1)
    CaseMember.objects.filter(case=world.ours.case, role=COMMITTEE).update(is_chair=True)
    return world


def address(world, more="") -> str:
    return f"/admin/cases/{world.ours.case.pk}/applications/{world.application.pk}/assessment/{more}"


WORDS = {"text": "Forsker på højt niveau.", "conclusion": "QUALIFIED", "version": "0"}


def test_the_whole_way_on_screens(field, sign_in, client):
    assert sign_in(COMMITTEE).post(address(field), WORDS).status_code == 302
    assert sign_in(COMMITTEE).post(address(field, "submit/"), {}).status_code == 302
    sign_in(HR).post(address(field, "check/"), {"reason": "Procedure og begrundelse er i orden."})
    until = clock.today() + dt.timedelta(days=10)
    sign_in(HR).post(address(field, "send/"), {"until": until.isoformat()})
    assert Assessment.objects.get().state == "SENT_FOR_COMMENT"

    person = make_user(field.application.candidate.email)
    claim_candidates(person)
    client.force_login(person)
    own = f"/mine/{field.application.pk}/bedoemmelse/"
    assert "Forsker på højt niveau." in client.get(own).content.decode()
    assert client.post(own, {"text": ""}).status_code == 422
    client.post(own, {"text": "Tak, ingen bemærkninger."})

    assert "Tak, ingen bemærkninger." in sign_in(HR).get(address(field)).content.decode()
    sign_in(HR).post(address(field, "finish/"), {})
    assert Assessment.objects.get().state == "FINAL"


def test_two_who_write_at_once_see_both_versions(field, sign_in):
    client = sign_in(COMMITTEE)
    client.post(address(field), WORDS)
    stale = client.post(address(field), {**WORDS, "text": "Mine ord i stedet"})
    shown = stale.content.decode()
    assert stale.status_code == 422
    assert "Mine ord i stedet" in shown
    assert "Forsker på højt niveau." in shown
    assert client.post(address(field), {"text": "Begges ord", "conclusion": "", "version": "1"}).status_code == 302


def test_a_hindrance_is_told_before_and_after_it_is_tried(field, sign_in):
    client = sign_in(COMMITTEE)
    client.post(address(field), {**WORDS, "conclusion": ""})
    assert client.post(address(field, "submit/"), {}).status_code == 422
    assert Assessment.objects.get().state == "DRAFT"


def test_hr_sends_back_only_with_words(field, sign_in):
    sign_in(COMMITTEE).post(address(field), WORDS)
    sign_in(COMMITTEE).post(address(field, "submit/"), {})
    assert sign_in(HR).post(address(field, "return/"), {"reason": ""}).status_code == 422
    sign_in(HR).post(address(field, "return/"), {"reason": "Begrund konklusionen."})
    assert "Begrund konklusionen." in sign_in(COMMITTEE).get(address(field)).content.decode()


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE])
def test_the_others_meet_it_when_hr_has_passed_it_on(field, sign_in, role):
    sign_in(COMMITTEE).post(address(field), WORDS)
    assert sign_in(role).get(address(field)).status_code == 404
    Assessment.objects.update(state="LEGALITY_CHECKED")
    assert sign_in(role).get(address(field)).status_code == 200
    assert sign_in(role).post(address(field), WORDS).status_code == 403
    assert sign_in(role).post(address(field, "send/"), {}).status_code == 403


def test_unknown_steps_and_strangers_are_nowhere(field, sign_in, client):
    sign_in(COMMITTEE).post(address(field), WORDS)
    assert sign_in(HR).post(address(field, "reject/"), {}).status_code == 404
    assert sign_in(Role.HR_EXTENDED, field.theirs).get(address(field)).status_code == 404
    client.force_login(make_user("fremmed@ansoeger.example"))
    assert client.get(f"/mine/{field.application.pk}/bedoemmelse/").status_code == 404
    client.logout()
    assert client.get(f"/mine/{field.application.pk}/bedoemmelse/").status_code == 302


def test_the_list_stands_by_name_and_in_no_order_of_worth(field, sign_in):
    sign_in(COMMITTEE).post(address(field), WORDS)
    page = sign_in(COMMITTEE).get(f"/admin/cases/{field.ours.case.pk}/applications/assessments/")
    assert [row.candidate.family_name for row, _each in page.context["lines"]] == ["Holm", "Nr000"]
