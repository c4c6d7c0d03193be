"""Fair treatment and the room of decisions together: who is to get the post, and who must not be answered yet."""

import pytest

from recruitment.applications.models import Application, PriorityClaim
from recruitment.cases.lifecycle import CONCLUDE
from recruitment.decisions.deciding import conclude
from recruitment.decisions.sorting import sort_answers
from recruitment.errors import NotPossible
from recruitment.fairness import access_requests as access
from recruitment.fairness.hearings import evaluate, open_hearing, respond_for, send_hearing
from recruitment.lifecycle import obstacles
from tests.factories.deciding import concluded, filled, to_decision, written
from tests.factories.world import HOUSE


@pytest.fixture
def table(world):
    return to_decision(world)


def codes(case) -> set[str]:
    return {each.code for each in obstacles(CONCLUDE, case)}


def test_the_claimant_who_is_chosen_gets_the_offer_and_so_does_the_other(table):
    type(table.case).objects.filter(pk=table.case.pk).update(positions_count=2)
    table.case.refresh_from_db()
    other, claimant = table.met
    claim = PriorityClaim.objects.create(application=claimant, state="INTERVIEWED")

    concluded(table, chosen=[other, claimant])

    assert set(Application.objects.filter(state="OFFERED")) == {other, claimant}
    claim.refresh_from_db()
    assert claim.state == "INTERVIEWED"


def test_who_is_hired_has_no_claim_left(table):
    claim = PriorityClaim.objects.create(application=table.met[0], state="INTERVIEWED")

    filled(table)

    claim.refresh_from_db()
    assert claim.state == "HIRED"
    assert claim.history.get().move == "hire"


def test_a_claimant_who_is_passed_over_stops_the_decision(table):
    chosen, claimant = table.met
    PriorityClaim.objects.create(application=claimant, state="INTERVIEWED")
    written(table, chosen=[chosen], comparison="Den valgte har ført tilsyn i ti år.")
    assert "claim_not_settled" in codes(table.case)
    with pytest.raises(NotPossible):
        conclude(table.case, terms={chosen.pk: "x"}, answer_by=None, actor=table.hr)


def test_who_is_being_heard_or_waits_for_papers_gets_no_answer_yet(table):
    heard, asking = table.read
    hearing = send_hearing(
        open_hearing(heard, actor=HOUSE, trigger="FACT_NOTE", facts_text="En oplysning."), actor=HOUSE
    )
    access.note_access(asking, actor=HOUSE)

    held = {each.application.pk: (each.code, each.place) for each in sort_answers(table.case).held}

    assert held[heard.pk] == ("hearing_open", "fairness.hearings")
    assert held[asking.pk] == ("access_pending", "fairness.access")
    evaluate(respond_for(hearing, "Ingen bemærkninger.", actor=HOUSE, how="Telefon"), "Ændrer intet.", actor=HOUSE)
    assert "hearing_open" not in {each.code for each in sort_answers(table.case).held}
