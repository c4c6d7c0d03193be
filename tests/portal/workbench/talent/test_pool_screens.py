"""Screens of the talent pools."""

import pytest

from recruitment.access.roles import Role
from recruitment.talent.models import PoolProposal, TalentPool, TalentPoolMembership
from tests.factories.world import make_application
from tests.portal.applicant.test_inbox import person_of
from tests.recruitment.talent.test_pools import FIELDS, ask, join, make_pool


def test_hr_makes_a_pool_and_what_is_wrong_stays_typed(declared, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = f"/admin/pools/new/{declared.ours.institution.pk}/"

    refused = client.post(address, {**FIELDS, "months": "99"})
    made = client.post(address, FIELDS)

    assert refused.status_code == 422
    assert "At finde folk til registrene" in refused.content.decode()
    assert made.status_code == 302
    assert TalentPool.objects.get().months == 12


def test_an_applicant_is_asked_from_the_profile(declared, sign_in):
    pool = make_pool(declared.ours)
    case, application = declared.ours.case, declared.application

    answer = sign_in(Role.HR_LIMITED).post(
        f"/admin/cases/{case.pk}/applications/{application.pk}/pool/", {"pool": pool.pk, "note": "God til data"}
    )

    assert answer.status_code == 302
    assert TalentPoolMembership.objects.get().note == "God til data"


def test_several_are_asked_from_the_list(declared, sign_in):
    pool = make_pool(declared.ours)
    other = make_application(declared.ours.round, email="ny@ansoeger.example")
    references = [declared.application.reference, other.reference]

    client = sign_in(Role.HR_EXTENDED)
    preview = client.get(f"/admin/cases/{declared.ours.case.pk}/applications/pool/", {"only": references})
    client.post(f"/admin/cases/{declared.ours.case.pk}/applications/pool/", {"only": references, "pool": pool.pk})

    assert preview.status_code == 200
    assert TalentPoolMembership.objects.filter(pool=pool).count() == 2


def test_another_employers_pool_cannot_be_chosen(declared, sign_in):
    theirs = make_pool(declared.theirs)
    address = f"/admin/cases/{declared.ours.case.pk}/applications/{declared.application.pk}/pool/"
    assert sign_in(Role.HR_EXTENDED).post(address, {"pool": theirs.pk}).status_code == 422
    assert not TalentPoolMembership.objects.exists()


@pytest.mark.parametrize("name", ["", "edit/", "close/"])
def test_another_employers_pool_does_not_exist(declared, sign_in, name):
    theirs = make_pool(declared.theirs)
    assert sign_in(Role.HR_EXTENDED).get(f"/admin/pools/{theirs.pk}/{name}").status_code == 404


def test_a_member_is_marked_and_taken_out(declared, sign_in):
    membership = join(declared, ask(declared))
    address = f"/admin/pools/{membership.pool_id}/{membership.pk}/"
    client = sign_in(Role.HR_CASEWORK)

    client.post(address, {"note": "Vil gerne flytte til Viborg"})
    assert TalentPoolMembership.objects.get().note == "Vil gerne flytte til Viborg"
    assert client.post(f"{address}remove/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}remove/", {"reason": "Bad om det"}).status_code == 302
    assert not TalentPoolMembership.objects.exists()


def test_a_pool_is_closed_only_when_it_is_confirmed(declared, sign_in):
    membership = join(declared, ask(declared))
    client = sign_in(Role.HR_EXTENDED)
    address = f"/admin/pools/{membership.pool_id}/close/"

    assert client.get(address).status_code == 200
    assert TalentPoolMembership.objects.exists()
    client.post(address)
    assert not TalentPoolMembership.objects.exists()
    assert client.get(address).status_code == 404


def test_the_lists_cost_the_same_with_many(declared, sign_in, count_queries):
    pool = make_pool(declared.ours)
    ask(declared, pool)
    sign_in(Role.HR_EXTENDED)
    one = [count_queries(address) for address in ("/admin/pools/", f"/admin/pools/{pool.pk}/")]
    for number in range(4):
        application = make_application(declared.ours.round, email=f"nr{number}@ansoeger.example")
        declared.application = application
        ask(declared, pool)
        make_pool(declared.ours, name=f"Pulje {number}")
    assert [count_queries(address) for address in ("/admin/pools/", f"/admin/pools/{pool.pk}/")] == one


def test_the_applicant_answers_renews_and_leaves(world, client):
    membership = ask(world)
    client.force_login(person_of(world.application))

    assert "It-specialister" in client.get("/mine/emnebank/").content.decode()
    address = f"/mine/emnebank/{membership.pk}/"
    page = client.get(address).content.decode()
    refused = client.post(address, {"yes": ["storing"]})
    joined = client.post(address, {"yes": ["storing", "contact"]})

    assert "checked" not in page
    assert refused.status_code == 422
    assert 'value="storing" id="yes-storing" aria-describedby="words-storing" checked' in refused.content.decode()
    assert joined.status_code == 302
    assert TalentPoolMembership.objects.get().state == "ACTIVE"
    assert client.get(f"{address}forlad/").status_code == 200
    assert client.post(f"{address}forlad/").status_code == 302
    assert not TalentPoolMembership.objects.exists()


def test_anothers_membership_does_not_exist(world, client):
    membership = ask(world)
    client.force_login(person_of(world.their_application))
    for address in ("", "forlad/"):
        assert client.get(f"/mine/emnebank/{membership.pk}/{address}").status_code == 404
    client.logout()
    assert client.get(f"/mine/emnebank/{membership.pk}/").status_code == 302


def test_a_manager_proposes_and_hr_finds_it_on_the_desk(declared, sign_in):
    pool = make_pool(declared.ours)
    page = f"/admin/cases/{declared.ours.case.pk}/applications/{declared.application.pk}/"
    manager = sign_in(Role.HIRING_MANAGER)
    assert manager.post(f"{page}pool/propose/", {}).status_code == 422
    assert manager.post(f"{page}pool/propose/", {"pool": pool.pk, "note": "God til data"}).status_code == 302
    assert manager.get(f"{page}pool/").status_code == 403

    hr = sign_in(Role.HR_LIMITED)
    assert f"{page}pool/" in hr.get("/admin/").content.decode()
    shown = hr.get(f"{page}pool/").content.decode()
    assert "God til data" in shown
    proposal = PoolProposal.objects.get()
    assert hr.post(f"{page}pool/", {"button": "decline", "proposal": proposal.pk}).status_code == 422
    assert hr.post(f"{page}pool/", {"button": "decline", "proposal": pool.pk, "reason": "x"}).status_code == 404
    hr.post(f"{page}pool/", {"button": "decline", "proposal": proposal.pk, "reason": "Er i en anden bank"})
    assert "Er i en anden bank" in sign_in(Role.HIRING_MANAGER).get(page).content.decode()
