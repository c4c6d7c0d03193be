"""The screen where the hired person and the case file are handed over."""

import pytest

from recruitment.access.roles import Role
from recruitment.closing.records import CaseFilePackage, HandOver
from tests.factories.deciding import filled, to_decision


@pytest.fixture
def case(world):
    table = to_decision(world)
    filled(table)
    return table.case


def test_the_hired_person_is_fetched_and_the_receipt_noted(case, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    hand_over = HandOver.objects.get()
    address = f"/admin/cases/{case.pk}/closing/records/hired/{hand_over.pk}/"

    fetched = client.get(address)
    refused = client.post(f"{address}receipt/", {"receiver": "HR-systemet", "receipt": ""})
    noted = client.post(f"{address}receipt/", {"receiver": "HR-systemet", "receipt": "4711"})

    assert fetched.json()["application"] == hand_over.application.reference
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert refused.status_code == 422
    assert "HR-systemet" in refused.content.decode()
    assert noted.status_code == 302
    assert "4711" in client.get(f"/admin/cases/{case.pk}/closing/records/").content.decode()


def test_a_package_is_ordered_with_a_purpose(case, sign_in):
    client = sign_in(Role.HR_EXTENDED)
    address = f"/admin/cases/{case.pk}/closing/records/"

    assert client.post(address, {"purpose": ""}).status_code == 422
    assert client.post(address, {"purpose": "Journaliseres"}).status_code == 302
    package = CaseFilePackage.objects.get()
    assert package.state == "QUEUED"
    assert client.get(f"{address}packages/{package.pk}/").status_code == 302


def test_caseworkers_see_the_hired_and_no_package(case, sign_in):
    page = sign_in(Role.HR_CASEWORK).get(f"/admin/cases/{case.pk}/closing/records/")
    assert (page.status_code, page.context["may_pack"]) == (200, False)


def test_the_wizard_leads_there(case, sign_in):
    page = sign_in(Role.HR_EXTENDED).get(f"/admin/cases/{case.pk}/closing/").content.decode()
    assert f"/admin/cases/{case.pk}/closing/records/" in page


def test_the_lists_cost_the_same_with_many(case, sign_in, count_queries):
    sign_in(Role.HR_EXTENDED)
    address = f"/admin/cases/{case.pk}/closing/records/"
    hand_over = HandOver.objects.get()
    CaseFilePackage.objects.create(case=case, number=1, purpose="Journaliseres", state="FAILED")
    one = count_queries(address)
    for number in range(2, 6):
        HandOver.objects.create(application=hand_over.application, content={})
        CaseFilePackage.objects.create(case=case, number=number, purpose="Journaliseres", state="FAILED")

    assert count_queries(address) == one
