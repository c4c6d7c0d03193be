"""What was public when, and what changed."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from recruitment import clock
from recruitment.advertising.actions import announce, retire
from recruitment.advertising.models import JobAdvertisement
from recruitment.advertising.taking_down import take_down_everywhere
from recruitment.advertising.versions import (
    ADDED,
    KEPT,
    REMOVED,
    before,
    changes,
    shown_on,
    standing_at,
    versions_of,
)
from tests.factories.world import HOUSE, ad_content


def change(case, text: str, **more) -> JobAdvertisement:
    content = ad_content(case, text=text, html=f"<p>{text}</p>", **more)
    return announce(case.rounds.get(), content, actor=HOUSE)


def test_each_instant_shows_the_version_that_stood_then(world):
    case = world.ours.case
    first = case.rounds.get().advertisements.get()
    start = first.published_at
    with clock.shifted(dt.timedelta(hours=1)):
        second = change(case, "Nye ord")
        first.refresh_from_db()
    with clock.shifted(dt.timedelta(hours=2)):
        retire(case.rounds.get(), "da", actor=HOUSE)

    at = [start - dt.timedelta(seconds=1), start, second.published_at - dt.timedelta(microseconds=1), second.published_at,
          start + dt.timedelta(hours=3)]  # fmt: skip

    assert [standing_at(case, instant) for instant in at] == [[], [first], [first], [second], []]


def test_after_the_deadline_nothing_stood_though_nobody_had_closed_the_round(world):
    case = world.ours.case
    deadline = case.rounds.get().application_deadline
    last_minute = deadline - dt.timedelta(minutes=1)

    assert len(standing_at(case, last_minute)) == 1
    assert standing_at(case, deadline) == []


def test_what_was_taken_down_from_every_medium_did_not_stand_any_more(world):
    case = world.ours.case
    before_it = clock.now()
    with clock.shifted(dt.timedelta(hours=1)):
        take_down_everywhere(case.rounds.get(), actor=HOUSE, reason="Stillingen er trukket tilbage.")

    assert len(standing_at(case, before_it)) == 1
    assert standing_at(case, before_it + dt.timedelta(hours=2)) == []


def test_each_language_has_its_own_line(world):
    case = world.ours.case
    english = change(case, "Would you?", language="en")

    stood = standing_at(case, clock.now())

    assert [ad.language for ad in stood] == ["da", "en"]
    assert before(english) is None


def test_the_media_that_showed_it_are_told(world):
    case = world.ours.case
    now = clock.now()

    assert [row.medium.code for row in shown_on(case, now)] == ["SITE"]
    assert shown_on(case, now - dt.timedelta(days=1)) == []


def test_the_words_that_changed_are_told_apart(world):
    case = world.ours.case
    old = change(case, "Du får en fast stilling")
    new = change(case, "Du får en tidsbegrænset stilling hos os")

    pieces = changes(old, new)

    assert [piece.words for piece in pieces if piece.change == REMOVED] == ["fast"]
    assert [piece.words for piece in pieces if piece.change == ADDED] == ["tidsbegrænset", "hos os"]
    assert before(new) == old


WORDS = st.lists(st.sampled_from(["du", "får", "løn", "og", "\n", "tid"]), max_size=15).map(" ".join)


@given(WORDS, WORDS)
def test_nothing_is_lost_between_two_versions(old, new):
    one, other = JobAdvertisement(text=old, headline="a"), JobAdvertisement(text=new, headline="a")

    pieces = changes(one, other)

    kept_or = lambda change: " ".join(p.words for p in pieces if p.change in {KEPT, change}).split()  # noqa: E731
    assert kept_or(REMOVED) == ["a", *old.split()]
    assert kept_or(ADDED) == ["a", *new.split()]


def test_the_line_costs_the_same_for_one_version_and_for_many(world, django_assert_num_queries):
    case = world.ours.case
    for number in range(5):
        change(case, f"ord {number}")

    with django_assert_num_queries(1):
        shown = [(ad.version, ad.round.number, ad.published_by, ad.headline) for ad in versions_of(case)]
    assert len(shown) == 6
