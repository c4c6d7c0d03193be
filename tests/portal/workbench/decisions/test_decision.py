"""HR and the manager decide, offer and correct on the screens."""

import datetime as dt

import pytest
from django.urls import reverse

from recruitment import clock
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.cases.models import RecruitmentCase
from recruitment.decisions.models import HiringDecision, Offer, Recommendation
from recruitment.decisions.queries import decision_in_force, draft_of
from tests.factories.assessing import apply_many
from tests.factories.deciding import FACTORS, concluded, hold_for, to_decision, written

DAY = "2099-02-01"


@pytest.fixture
def table(world):
    return to_decision(world)


@pytest.fixture
def hr(client, table):
    client.force_login(table.hr.user)
    return client


def at(name, case, *more):
    return reverse(f"workbench:{name}", args=[case.pk, *more])


def typed(table, **more):
    first, second = table.met
    return {
        "decider": table.manager.pk, "start_date": DAY, "factors": FACTORS, "comparison": "", "no_interview_reason": "", "set_aside_note": "",
        f"place-{first.pk}": "CHOSEN", f"place-{second.pk}": "RESERVE", f"order-{second.pk}": "1", **more,
    }  # fmt: skip


def test_from_the_draft_to_the_offer(hr, table):
    answer = hr.post(at("decision_write", table.case), typed(table))
    assert answer.status_code == 302
    shown = hr.get(at("decision", table.case))
    assert not shown.context["blockers"]

    answer = hr.post(at("conclude", table.case), {f"terms-{table.met[0].pk}": "Kr. 42.000", "answer_by": DAY})

    assert answer.status_code == 302
    assert Application.objects.get(pk=table.met[0].pk).state == "OFFERED"
    page = hr.get(at("decision", table.case))
    assert [row.application_id for row in page.context["offers"]] == [table.met[0].pk]
    assert [name.order for name in decision_in_force(table.case).names.filter(place="RESERVE")] == [1]


def test_what_is_missing_leads_to_where_it_is_mended(hr, table):
    hr.post(at("decision_write", table.case), typed(table, factors="", decider=""))

    shown = hr.get(at("decision", table.case)).context["blockers"]

    write = at("decision_write", table.case)
    assert {each.url for each in shown} == {f"{write}#id_factors", f"{write}#id_decider"}


def test_a_refused_conclusion_keeps_the_terms_that_were_typed(hr, table):
    written(table, factors="")

    answer = hr.post(at("conclude", table.case), {f"terms-{table.met[0].pk}": "Kr. 42.000", "answer_by": DAY})

    assert answer.status_code == 422
    assert "Kr. 42.000" in answer.content.decode()
    assert draft_of(table.case) is not None


def test_the_form_asks_only_for_what_the_case_raises(hr, table):
    form = hr.get(at("decision_write", table.case)).context["form"]

    assert {field.name for field in form.hidden_fields()} == {"comparison", "set_aside_note"}
    assert "factors_en" not in form.fields


def test_the_recommendation_is_kept_in_versions(client, table):
    client.force_login(table.manager)
    first, second = table.met
    for order in (("1", "2"), ("2", "1")):
        answer = client.post(at("recommend", table.case), {
            f"order-{first.pk}": order[0], f"order-{second.pk}": order[1], f"reason-{first.pk}": "Bedst til tilsyn.",
            f"reason-{second.pk}": "Skriver klart.", "comparison": "",
        })  # fmt: skip
        assert answer.status_code == 302

    newest = Recommendation.objects.first()
    assert newest.version == 2
    assert [name.application for name in newest.names.all()] == [second, first]


def test_a_name_without_a_reason_is_refused_and_nothing_is_lost(hr, table):
    answer = hr.post(at("recommend", table.case), {f"order-{table.met[0].pk}": "1", "comparison": "Begge er gode."})

    assert answer.status_code == 422
    assert "Begge er gode." in answer.content.decode()
    assert not Recommendation.objects.exists()


def test_a_yes_on_the_telephone_and_the_next_in_reserve_after_a_no(hr, table):
    concluded(table, reserve=table.met[1:])
    offer = Offer.objects.get()
    now = clock.now().astimezone(clock.COPENHAGEN).strftime("%Y-%m-%dT%H:%M")

    refused = hr.post(at("offer", table.case, offer.pk), {"button": "no", "said": "", "called_at": now})
    assert refused.status_code == 422
    hr.post(at("offer", table.case, offer.pk), {"button": "no", "said": "Har sagt nej.", "called_at": now})
    hr.post(at("offer_next", table.case), {"terms": "Kr. 41.000", "answer_by": DAY})
    again = Offer.objects.get(application=table.met[1])
    hr.post(at("offer", table.case, again.pk), {"button": "yes", "said": "Ja tak.", "called_at": now})

    assert [row.state for row in Application.objects.filter(pk__in=[r.pk for r in table.met]).order_by("state")] == [
        "HIRED", "WITHDRAWN"
    ]  # fmt: skip


def test_the_words_are_corrected_with_a_reason(hr, table):
    concluded(table)
    words = {"decider": table.manager.pk, "start_date": DAY, "factors": "erfaring", "comparison": "", "no_interview_reason": "", "set_aside_note": ""}  # fmt: skip
    assert hr.post(at("decision_correct", table.case), words).status_code == 422

    hr.post(at("decision_correct", table.case), {**words, "reason": "Et ord manglede."})

    assert decision_in_force(table.case).factors == "erfaring"
    assert HiringDecision.objects.filter(case=table.case).count() == 2


@pytest.mark.parametrize(("name", "state"), [("conclude_unfilled", "CONCLUDING"), ("decide_to_cancel", "DECIDING")])
def test_nobody_is_hired_and_the_answers_follow(hr, table, name, state):
    assert hr.post(at(name, table.case), {"reason": ""}).status_code == 422

    answer = hr.post(at(name, table.case), {"reason": "Ingen opfylder kravene."})

    assert answer["Location"] == at("answers", table.case)
    assert RecruitmentCase.objects.get(pk=table.case.pk).state == state


def test_cancelling_leads_by_way_of_the_letters(hr, table):
    overview = hr.get(at("case", table.case))
    assert at("decide_to_cancel", table.case) in overview.content.decode()

    page = hr.get(reverse("workbench:move", args=["case", table.case.pk, "cancel_running"]))

    assert [each.url for each in page.context["blockers"]] == [at("answers", table.case)]


def test_they_do_not_exist_for_another_institution(client, table, world):
    client.force_login(world.theirs.staff[Role.HR_EXTENDED])
    concluded(table)
    for name, more in (("decision", ()), ("decision_write", ()), ("conclude", ()), ("recommend", ()), ("offer_next", ()), ("offer", (Offer.objects.get().pk,))):  # fmt: skip
        assert client.get(at(name, table.case, *more)).status_code == 404, name


def test_an_offer_of_another_case_does_not_exist_on_this_one(hr, table, world):
    decision = HiringDecision.objects.create(case=world.theirs.case, version=1)
    other = Offer.objects.create(application=world.their_application, decision=decision, terms="x", answer_by=DAY)

    assert hr.get(at("offer", table.case, other.pk)).status_code == 404


def test_the_screens_cost_the_same_for_few_and_for_many(hr, table, count_queries):
    written(table)
    addresses = [at(name, table.case) for name in ("decision", "decision_write", "recommend")]
    before = [count_queries(address) for address in addresses]
    hold_for(table.case, apply_many(table.ours, 8))

    assert [count_queries(address) for address in addresses] == before


def test_what_waits_stands_on_the_desk(hr, table):
    concluded(table)
    Offer.objects.update(answer="ACCEPTED", answered_at=clock.now())
    RecruitmentCase.objects.filter(pk=table.case.pk).update(expected_answer_date=clock.today() - dt.timedelta(days=1))

    page = hr.get("/admin/").content.decode()

    assert at("offer", table.case, Offer.objects.get().pk) in page
    assert at("answers", table.case) in page
