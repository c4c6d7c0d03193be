"""The offer of a job in my applications: read after sign-in, asked once more, answered once."""

import pytest
from django.urls import reverse

from recruitment.applications.models import Application
from recruitment.decisions.models import Offer
from recruitment.people.actions import claim_candidates
from tests.factories.deciding import concluded, to_decision
from tests.factories.world import make_application, make_user


@pytest.fixture
def table(world):
    table = to_decision(world)
    concluded(table, reserve=table.met[1:])
    table.person = make_user("kirsten@ansoeger.example")
    claim_candidates(table.person)
    table.address = reverse("applicant:offer", args=[table.met[0].pk])
    return table


@pytest.fixture
def applicant(client, table):
    client.force_login(table.person)
    return client


def state_of(table) -> str:
    return Application.objects.get(pk=table.met[0].pk).state


def test_it_is_read_after_sign_in_by_its_own_applicant_only(client, table):
    assert client.get(table.address).status_code == 302
    client.force_login(make_user("anden@ansoeger.example"))
    assert client.get(table.address).status_code == 404
    client.force_login(table.person)

    page = client.get(table.address)

    assert "Kr. 42.000" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert table.address in client.get(reverse("applicant:one", args=[table.met[0].pk])).content.decode()


def test_it_stands_on_the_card_until_it_is_answered_and_is_shown_to_its_applicant_only(client, table):
    cards = reverse("applicant:mine")
    client.force_login(make_user("anden@ansoeger.example"))
    assert table.address not in client.get(cards).content.decode()
    client.force_login(table.person)
    assert table.address in client.get(cards).content.decode()

    client.post(table.address, {"button": "accept", "confirmed": "1"})

    assert table.address not in client.get(cards).content.decode()


def test_an_answer_is_asked_for_once_more(applicant, table):
    page = applicant.post(table.address, {"button": "decline"})

    assert page.context["asks"] == "decline"
    assert state_of(table) == "OFFERED"


def test_a_yes(applicant, table):
    assert applicant.post(table.address, {"button": "accept", "confirmed": "1"}).status_code == 302

    assert Offer.objects.get().answer == "ACCEPTED"
    assert state_of(table) == "OFFERED"
    assert applicant.get(table.address).context["waits"] is False


def test_a_no_with_words(applicant, table):
    applicant.post(table.address, {"button": "decline", "confirmed": "1", "words": "Tak, men nej."})

    assert (Offer.objects.get().answer, Offer.objects.get().answer_note) == ("DECLINED", "Tak, men nej.")
    assert state_of(table) == "WITHDRAWN"
    assert applicant.get(table.address).status_code == 200


def test_what_is_wrong_is_told_and_keeps_the_words(applicant, table):
    too_long = "x" * 2001

    answer = applicant.post(table.address, {"button": "decline", "confirmed": "1", "words": too_long})

    assert answer.status_code == 422
    assert too_long in answer.content.decode()
    assert applicant.post(table.address, {"button": "what", "confirmed": "1"}).status_code == 422


def test_an_offer_that_no_longer_stands_is_told_so(applicant, table):
    Application.objects.filter(pk=table.met[0].pk).update(state="WITHDRAWN")

    assert applicant.post(table.address, {"button": "accept", "confirmed": "1"}).status_code == 409


def test_who_withdraws_has_declined(applicant, table):
    applicant.post(reverse("applicant:withdraw", args=[table.met[0].pk]))

    assert Offer.objects.get().answer == "DECLINED"


def test_without_an_offer_there_is_no_page(client, table):
    person = make_user("s0@ansoeger.example")
    claim_candidates(person)
    client.force_login(person)

    assert client.get(reverse("applicant:offer", args=[table.met[1].pk])).status_code == 404


def test_a_mailed_code_alone_opens_no_offer(applicant, table, settings):
    settings.SECURE_INBOX_MFA_REQUIRED = True

    answer = applicant.get(table.address)

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/mine/sikkerhed/")
    assert applicant.post(table.address, {"button": "accept", "confirmed": "1"}).status_code == 302
    assert Offer.objects.get().answer == ""


def test_what_waits_costs_the_same_for_one_application_and_for_many(
    applicant, table, world, django_assert_max_num_queries
):
    counts = []
    for more in (0, 3):
        for _ in range(more):
            make_application(world.theirs.round, email=table.person.email)
        claim_candidates(table.person)
        applicant.get("/mine/")
        with django_assert_max_num_queries(40) as captured:
            assert table.address in applicant.get("/mine/").content.decode()
        counts.append(len(captured))

    assert counts[0] == counts[1]
