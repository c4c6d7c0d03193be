"""Who is behind a job: the employer and unit, who reads, who runs the system, and people on the team with or without a picture."""

import pytest
from django.test import Client

from portal.pages.checking import pictures_of
from recruitment.advertising.models import JobAdvertisement
from recruitment.organisation.models import OrganisationalUnit
from tests.house.public_pages import _body, _picture, publish

pytestmark = [
    pytest.mark.django_db,
    # Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
    pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture
def ad(world):
    world.picture = _picture()
    return publish(world, world.ours.case, "da")


def kept(page) -> JobAdvertisement:
    return JobAdvertisement.objects.get(page_id=page.pk, retired_at=None)


def test_the_ad_and_the_page_before_the_form_name_employer_unit_and_who_runs_the_system(world, ad):
    case = world.ours.case
    assert OrganisationalUnit.objects.get(pk=case.unit_id).depth > 1
    for address in (ad.url, f"/soeg/{world.ours.round.pk}/"):
        words = Client().get(address).content.decode()
        named = (case.institution.name, case.unit.name, case.institution.data_protection.processor_name)
        assert [name for name in named if name not in words] == []


def test_somebody_on_the_team_is_shown_and_kept_with_the_version(ad):
    shown = Client().get(ad.url).content.decode()
    person = next(block for block in kept(ad).blocks if block["kind"] == "person")

    assert 'class="ad__face"' in shown
    assert (person["value"]["name"], person["value"]["image"]["alt"]) == ("Bo Lund", "Et hus")
    assert "Bo Lund" in kept(ad).text


def test_without_a_picture_the_person_is_there_all_the_same(world, ad):
    ad.body = [("person", {"name": "Ida Holm", "title": "", "image": None, "body": ""}), *_body(world.picture)[:7]]
    ad.save_revision().publish()
    shown = Client().get(ad.url).content.decode()

    assert "Ida Holm" in shown
    assert 'class="ad__face"' not in shown


def test_the_picture_counts_as_one_of_the_ads_so_that_consent_and_alternative_are_looked_after(world, ad):
    ad.body = [
        ("person", {"name": "Ida Holm", "title": "", "image": world.picture, "body": ""}),
        *_body(world.picture)[:7],
    ]
    ad.picture = None
    ad.save_revision().publish()

    assert ("body/0", world.picture) in [(place, image) for place, image in pictures_of(ad)]
    assert world.picture.pk in kept(ad).picture_ids
