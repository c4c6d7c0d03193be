"""How current an ad is: the day it went out and the day it was last changed, by the calendar of Copenhagen."""

import datetime as dt

import pytest

from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.posting import job_posting

pytestmark = pytest.mark.django_db

SHORTLY_AFTER_MIDNIGHT = dt.datetime(2026, 6, 3, 22, 30, tzinfo=dt.UTC)  # the fourth of June in Copenhagen


@pytest.fixture
def ad(world) -> JobAdvertisement:
    found = JobAdvertisement.objects.select_related("round").get(round__case=world.application.case)
    found.round.opens_at = found.published_at = SHORTLY_AFTER_MIDNIGHT
    found.round.save()
    found.save()
    return found


def test_the_list_says_when_an_ad_went_out(client, ad):
    assert "Opslået 4. juni 2026" in client.get("/job/").content.decode()


def test_the_list_says_when_an_ad_was_changed_and_only_then(client, ad):
    unchanged = client.get("/job/").content.decode()
    JobAdvertisement.objects.filter(pk=ad.pk).update(published_at=ad.published_at + dt.timedelta(days=2))

    assert "ændret" not in unchanged
    assert "ændret 6. juni 2026" in client.get("/job/").content.decode()


def test_search_engines_are_told_the_day_the_job_was_first_posted(ad):
    JobAdvertisement.objects.filter(pk=ad.pk).update(published_at=ad.published_at + dt.timedelta(days=2))

    assert job_posting(JobAdvertisement.objects.get(pk=ad.pk))["datePosted"] == "2026-06-04"
