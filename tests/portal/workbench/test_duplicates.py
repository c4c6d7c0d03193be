"""HR sees who may have applied twice, compares them, and says what they are."""

import pytest
from django.urls import reverse

from portal.applicant.wording import progress_of
from recruitment.access.roles import Role
from recruitment.applications.models import Application
from recruitment.applications.same_person import SamePerson
from recruitment.people.models import Candidate
from tests.factories.assessing import apply_many, to_assessment


@pytest.fixture
def twin(world):
    to_assessment(world, more=1)
    other = world.others[0]
    people = [world.application.candidate_id, other.candidate_id]
    Candidate.objects.filter(pk__in=people).update(phone="+45 11 22 33 44")
    return other


@pytest.fixture
def compared(world, twin) -> str:
    return reverse("workbench:same_person", args=[world.ours.case.pk, world.application.pk, twin.pk])


def test_the_list_leads_to_the_pair_and_the_pair_to_both(world, twin, compared, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    pairs = reverse("workbench:alike", args=[world.ours.case.pk])

    assert pairs in client.get(reverse("workbench:applications", args=[world.ours.case.pk])).content.decode()
    assert compared in client.get(pairs).content.decode()
    shown = client.get(compared).content.decode()
    assert "samme telefonnummer" in shown
    for application in (world.application, twin):
        assert reverse("workbench:application", args=[world.ours.case.pk, application.pk]) in shown
        assert application.candidate.email in shown


def test_handled_as_one_and_parted_again(world, twin, compared, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    answer = client.post(compared, {"button": "same", "counts": str(twin.pk), "reason": "Spurgt i telefonen."})

    reader = reverse("workbench:application", args=[world.ours.case.pk, world.application.pk])
    assert (answer.status_code, answer["Location"]) == (302, reader)
    assert Application.objects.get(pk=world.application.pk).joined_to_id == twin.pk
    carrying = client.get(reverse("workbench:application", args=[world.ours.case.pk, twin.pk])).content.decode()
    assert reader in carrying

    assert client.post(compared, {"button": "part", "reason": "De var to."}).status_code == 302
    assert Application.objects.get(pk=world.application.pk).state == "UNDER_REVIEW"


def test_not_the_same_person_ends_the_hint(world, twin, compared, sign_in):
    client = sign_in(Role.HR_CASEWORK)
    assert client.post(compared, {"button": "different"}).status_code == 302

    assert SamePerson.objects.get().verdict == "DIFFERENT"
    assert compared not in client.get(reverse("workbench:alike", args=[world.ours.case.pk])).content.decode()


def test_without_a_reason_it_says_so_and_keeps_what_was_chosen(world, twin, compared, sign_in):
    answer = sign_in(Role.HR_CASEWORK).post(compared, {"button": "same", "counts": str(world.application.pk)})

    assert answer.status_code == 422
    assert f'value="{world.application.pk}"' in answer.content.decode()
    assert not SamePerson.objects.exists()


@pytest.mark.parametrize("role", [Role.HIRING_MANAGER, Role.HIRING_COMMITTEE, Role.ADMIN_SUPPORT])
def test_nobody_else_is_shown_a_hint(world, twin, compared, sign_in, role):
    client = sign_in(role)
    assert client.get(compared).status_code == 403
    assert client.get(reverse("workbench:alike", args=[world.ours.case.pk])).status_code == 403
    shown = client.get(reverse("workbench:applications", args=[world.ours.case.pk])).content.decode()
    assert "/alike/" not in shown


def test_no_other_employers_application_is_compared(world, twin, sign_in):
    theirs = reverse(
        "workbench:same_person", args=[world.ours.case.pk, world.application.pk, world.their_application.pk]
    )
    assert sign_in(Role.HR_EXTENDED).get(theirs).status_code == 404


def test_the_pairs_cost_the_same_for_few_and_many(world, twin, sign_in, count_queries):
    sign_in(Role.HR_CASEWORK)
    address = reverse("workbench:alike", args=[world.ours.case.pk])
    before = count_queries(address)
    for one, other in zip(*[iter(apply_many(world.ours, 8))] * 2, strict=True):
        Candidate.objects.filter(pk__in=[one.candidate_id, other.candidate_id]).update(
            phone=f"2222{one.pk.int % 10000:04d}"
        )

    assert count_queries(address) == before


def test_the_applicant_reads_that_both_are_handled_as_one(world, twin, compared, sign_in, client):
    sign_in(Role.HR_CASEWORK).post(
        compared, {"button": "same", "counts": str(world.application.pk), "reason": "Spurgt."}
    )
    assert progress_of(Application.objects.get(pk=twin.pk)).word == "Behandles som én"
