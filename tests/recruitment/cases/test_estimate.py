"""How long it takes to apply: guessed from the form, then known from those who have."""

import datetime as dt

import pytest
from django.db.models import F

from recruitment.applications.models import Application
from recruitment.applications.queries import AT_ONE_SITTING, times_taken
from recruitment.cases.estimate import ENOUGH, minutes_to_apply
from tests.factories.world import make_application
from tests.house.public_pages import _picture, publish

# Wagtail leaves a picture's temporary file to the garbage collector when it makes a rendition.
pytestmark = pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")

MINUTE = dt.timedelta(minutes=1)


def took(application: Application, time: dt.timedelta, **fields: object) -> None:
    Application.objects.filter(pk=application.pk).update(started_at=F("received_at") - time, **fields)


def test_until_twenty_have_applied_the_form_says_it(world):
    guess = minutes_to_apply(world.ours.case)
    assert minutes_to_apply(world.ours.case, took=[50 * MINUTE] * (ENOUGH - 1)) == guess


def test_from_then_on_it_is_what_it_took_the_middle_one_rounded_up(world):
    times = [4 * MINUTE] * 9 + [31 * MINUTE] * 3 + [100 * MINUTE] * 8
    assert minutes_to_apply(world.ours.case, took=times) == 35
    assert minutes_to_apply(world.ours.case, took=[dt.timedelta(seconds=20)] * ENOUGH) == 5


def test_who_was_away_in_between_who_wrote_on_paper_and_who_has_not_sent_count_not(world):
    away, paper, sent = (make_application(world.ours.round, email=f"{n}@ansoeger.example") for n in range(3))
    Application.objects.filter(pk=world.application.pk).update(received_at=None, state="STARTED")
    took(away, AT_ONE_SITTING + MINUTE)
    took(paper, 12 * MINUTE, channel="PAPER", registered_by=world.ours.staff["HR_EXTENDED"])
    took(sent, 12 * MINUTE)

    assert list(times_taken(world.ours.case).values_list("took", flat=True)) == [12 * MINUTE]


def test_the_ad_and_the_page_before_the_form_say_the_same(world, client, monkeypatch):
    monkeypatch.setattr("recruitment.cases.estimate.ENOUGH", 1)
    took(world.application, 43 * MINUTE)

    world.picture = _picture()
    page = publish(world, world.ours.case, "da")

    assert client.get(f"/soeg/{world.ours.round.pk}/").context["minutes"] == 45
    assert client.get(page.url).context["minutes"] == 45
