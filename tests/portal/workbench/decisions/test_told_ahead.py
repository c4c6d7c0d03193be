"""GRD-9 to GRD-16 are told on the case before anybody runs into them: with words, and with the way to where each is mended."""

import pytest
from django.urls import resolve

from portal.workbench.places import address_of
from recruitment.access.models import ConflictOfInterestDeclaration
from recruitment.applications.models import PriorityClaim
from recruitment.assessments.statements import Assessment
from recruitment.cases.models import RecruitmentCase
from recruitment.fairness import access_requests
from recruitment.fairness.facts import spare_hearing
from recruitment.planning.forecast import forecast
from recruitment.references import referees
from tests.factories.deciding import clear, to_decision, written
from tests.factories.fairness import REFEREE, adverse_note, hearing_on
from tests.factories.world import HOUSE, seat_case_roles


@pytest.fixture
def table(world):
    """Interviews have been held, the decision is still to come, its draft whole."""
    table = to_decision(world)
    table.application, table.world = table.met[1], world
    written(table)
    RecruitmentCase.objects.filter(pk=table.case.pk).update(state="INTERVIEWING")
    return table


def told(table) -> dict[str, tuple[str, str]]:
    """What HR is told, by its code: the words, and the screen that mends it."""
    case = RecruitmentCase.objects.get(pk=table.case.pk)
    return {
        each.code: (str(each.message), address_of(each.place, case))
        for ahead in forecast(case, table.hr) for each in ahead.obstacles
    }  # fmt: skip


def no_factors(table):
    written(table, factors="")
    return lambda: written(table)


def no_consent(table):
    check = referees.note_referee(table.application, actor=HOUSE, noted_how="Sagt i telefonen.", **REFEREE)
    return check.delete


def a_hearing(table):
    hearing = hearing_on(table)
    return lambda: type(hearing).objects.filter(pk=hearing.pk).update(state="EVALUATED", evaluation="Ændrer intet.")


def an_unheard_fact(table):
    note = adverse_note(table)
    return lambda: spare_hearing(note, "Ansøgeren har selv fortalt det.", actor=HOUSE)


def a_claim(table):
    claim = PriorityClaim.objects.create(application=table.application, state="NOT_TO_BE_HIRED")
    return lambda: clear(claim)


def a_claimant_to_call(table):
    claim = PriorityClaim.objects.create(application=table.read[0], state="INTERVIEW_DUE")
    return claim.delete


def a_disqualified_decider(table):
    rows = ConflictOfInterestDeclaration.objects.filter(case=table.case, user=table.manager)
    rows.update(status="EXCLUDED")
    return lambda: rows.update(status="CLEARED")


def nobody_found_qualified(table):
    seat_case_roles(table.ours)
    table.case.members.filter(role="ASSESSMENT_COMMITTEE").update(access_until=None)
    words = {"text": "Opfylder kravene.", "conclusion": "QUALIFIED", "state": "FINAL"}
    return lambda: Assessment.objects.create(application=table.met[0], **words)


def papers_asked_for(table):
    asked = access_requests.note_access(table.application, actor=HOUSE)
    return lambda: type(asked).objects.filter(pk=asked.pk).update(state="DELIVERED")


@pytest.mark.parametrize(
    ("hinder", "code", "screen"),
    [
        pytest.param(a_claimant_to_call, "priority_claimant_waits", "interviews", id="GRD-9"),
        pytest.param(no_factors, "factors_missing", "decision_write", id="GRD-10"),
        pytest.param(no_consent, "no_consent", "fairness", id="GRD-11"),
        pytest.param(a_hearing, "hearing_open", "fairness", id="GRD-12, a hearing"),
        pytest.param(an_unheard_fact, "fact_unheard", "fairness", id="GRD-12, a fact"),
        pytest.param(a_claim, "claim_not_settled", "fairness", id="GRD-13"),
        pytest.param(a_disqualified_decider, "decider_excluded", "decision_write", id="GRD-14"),
        pytest.param(nobody_found_qualified, "not_found_qualified", "assessments", id="GRD-15"),
        pytest.param(papers_asked_for, "access_pending", "fairness", id="GRD-16"),
    ],
)
def test_what_will_stand_in_the_way_is_told_and_leads_to_where_it_is_mended(table, hinder, code, screen):
    assert code not in told(table)

    mend = hinder(table)

    words, address = told(table)[code]
    assert words.strip()
    assert resolve(address.partition("#")[0]).url_name == screen
    mend()
    assert code not in told(table)
