"""The intranet first: a medium with a head start shows the ad at once, the others when its days are over."""

import datetime as dt

import pytest

from recruitment import clock, timetable
from recruitment.advertising.actions import announce
from recruitment.advertising.models import MediaListEntry, Publication
from recruitment.advertising.queries import internal_ads, public_ads
from recruitment.errors import NotPossible
from tests.factories.world import HOUSE, ad_content, advertise, make_case


@pytest.fixture
def intranet_first(world) -> None:
    MediaListEntry.objects.filter(institution=world.ours.institution, medium__code="INTRA").update(
        head_start_days=2, default_selected=True
    )


def state(round_, code: str) -> str:
    return Publication.objects.get(round=round_, medium__code=code).state


def test_own_staff_see_the_ad_two_days_before_the_public(world, intranet_first):
    round_ = advertise(make_case(world.ours, days=30))

    assert (state(round_, "INTRA"), state(round_, "SITE")) == ("LIVE", "SCHEDULED")
    assert internal_ads().filter(round=round_).exists()
    assert not public_ads().filter(round=round_).exists()
    with clock.shifted(dt.timedelta(days=2, seconds=5)):
        assert public_ads().filter(round=round_).exists()
        timetable.pass_deadlines()
    assert state(round_, "SITE") == "LIVE"


def test_a_day_that_somebody_chose_stands(world, intranet_first):
    case = make_case(world.ours, days=30)
    from recruitment.advertising.actions import change_publication, plan_usual_media  # noqa: PLC0415

    plan_usual_media(case.rounds.get(), actor=HOUSE)
    site = Publication.objects.get(round=case.rounds.get(), medium__code="SITE")
    change_publication(site, actor=HOUSE, publish_from=clock.now())
    round_ = advertise(case)

    assert state(round_, "SITE") == "LIVE"


def test_the_fourteen_days_are_counted_from_the_first_public_day(world, intranet_first):
    case = make_case(world.ours, days=15)
    with pytest.raises(NotPossible) as refusal:
        announce(case.rounds.get(), ad_content(case), actor=HOUSE)

    assert "short_period" in {obstacle.code for obstacle in refusal.value.obstacles}
    MediaListEntry.objects.filter(medium__code="INTRA").update(head_start_days=0)
    assert advertise(case).opens_at


def test_a_second_language_changes_no_day(world, intranet_first):
    case = make_case(world.ours, days=30)
    round_ = advertise(case)
    before = Publication.objects.get(round=round_, medium__code="SITE").publish_from
    announce(round_, ad_content(case, language="en"), actor=HOUSE)

    assert Publication.objects.get(round=round_, medium__code="SITE").publish_from == before


def test_ads_for_own_staff_go_to_own_media_only(world):
    round_ = advertise(make_case(world.ours, case_type="INTERNAL_ONLY"))

    assert set(round_.publications.values_list("medium__kind", flat=True)) == {"OWN_SITE", "INTRANET"}
