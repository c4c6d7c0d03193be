"""Asking again on screens: HR writes, the applicant answers, the reader shows."""

import datetime as dt

import pytest

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.followups import FollowUpRound
from recruitment.people.actions import claim_candidates
from tests.factories.assessing import to_assessment
from tests.factories.world import make_user


@pytest.fixture
def field(world):
    return to_assessment(world, more=1)


def test_asked_answered_and_read(field, sign_in, client):
    address = f"/admin/cases/{field.ours.case.pk}/applications/questions/"
    until = (clock.now() + dt.timedelta(days=9)).astimezone(clock.COPENHAGEN).strftime("%Y-%m-%dT%H:%M")
    clarifies = str(field.ours.case.profile.competences.first().pk)
    sent = {
        "state": "UNDER_REVIEW",
        "asked-TOTAL_FORMS": "5",
        "asked-INITIAL_FORMS": "0",
        "asked-0-text": "Hvornår kan du begynde?",
        "asked-0-clarifies": clarifies,
        "asked-2-text": "Har du bil?",
        "asked-2-clarifies": clarifies,
        "justification": "",
        "deadline": until,
    }
    assert sign_in(Role.HR_CASEWORK).post(address, sent).status_code == 422
    why = {"justification": "Ny dato"}
    assert sign_in(Role.HR_CASEWORK).post(address, {**sent, **why, "asked-2-clarifies": ""}).status_code == 422
    assert sign_in(Role.HR_CASEWORK).post(address, {**sent, **why}).status_code == 302
    round_ = FollowUpRound.objects.get()

    own = f"/mine/{field.application.pk}/spoergsmaal/{round_.pk}/"
    assert client.get(own).status_code in {302, 404}
    person = make_user(field.application.candidate.email)
    claim_candidates(person)
    client.force_login(person)
    assert "Har du bil?" in client.get(own).content.decode()
    assert client.post(own, {"answer": ["", ""]}).status_code == 422
    half = client.post(own, {"answer": ["1. marts", ""]})
    assert half.status_code == 422
    assert "1. marts" in half.content.decode()
    assert client.post(own, {"answer": ["1. marts", "Ja"]}).status_code == 302
    assert own in client.get(f"/mine/{field.application.pk}/").content.decode()

    shown = sign_in(Role.HIRING_COMMITTEE).get(
        f"/admin/cases/{field.ours.case.pk}/applications/{field.application.pk}/"
    )
    assert "1. marts" in shown.content.decode()


def test_anothers_questions_are_nobodys(field, sign_in, client):
    address = f"/admin/cases/{field.ours.case.pk}/applications/questions/"
    assert sign_in(Role.HIRING_MANAGER).get(address).status_code == 403
    assert sign_in(Role.HR_EXTENDED, field.theirs).get(address).status_code == 404
    client.force_login(make_user("fremmed@ansoeger.example"))
    assert client.get(f"/mine/{field.application.pk}/spoergsmaal/{field.ours.case.pk}/").status_code == 404
