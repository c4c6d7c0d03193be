"""Finding ads: words as Danes write them, places and the way round them, and what is shown when nothing fits."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from django.core.exceptions import EmptyResultSet
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from recruitment import clock
from recruitment.advertising.actions import announce, retire
from recruitment.advertising.models import JobAdvertisement, SearchEntry
from recruitment.advertising.queries import public_ads
from recruitment.advertising.search import DEADLINE, RELEVANCE, Search, at_place, looking_like, with_words
from recruitment.advertising.words import grams, inner_grams
from recruitment.organisation.models import Workplace
from tests.factories.world import HOUSE, ad_content, advertise, make_case

ADS = {
    "Senior softwareudvikler": "Du skriver Python og hjælper yngre kolleger på vej.",
    "Sygeplejerske til studiehelse": "Du taler med studerende og skriver journaler.",
    "Lektor i vandmiljø": "Forskning i næringsstoffer i fjorde.",
    "Kontorchef": "Ledelse af 22 medarbejdere i København og på Færøerne.",
}


@pytest.fixture
def ads(world):
    """Four ads besides the world's own two, which have none of these words."""
    for title, text in ADS.items():
        case = make_case(world.ours, title=title)
        round_ = advertise(case)
        announce(round_, ad_content(case, text=text, html=f"<p>{text}</p>"), actor=HOUSE)
    return world


def found(words: str) -> set[str]:
    return {ad.headline for ad in with_words(public_ads(), words)}


EXPECTED = {
    "sygeplejersker": {"Sygeplejerske til studiehelse"},  # another form of the word
    "sygepl": {"Sygeplejerske til studiehelse"},  # its beginning
    "udvikler": {"Senior softwareudvikler"},  # inside a compound
    "SOFTWARE": {"Senior softwareudvikler"},
    "fjord": {"Lektor i vandmiljø"},  # in the text
    "python kolleger": {"Senior softwareudvikler"},  # both
    "python fjorde": set(),
    '"yngre kolleger"': {"Senior softwareudvikler"},
    '"kolleger yngre"': set(),
    "kontorchef or lektor": {"Kontorchef", "Lektor i vandmiljø"},
    "skriver -python": {"Sygeplejerske til studiehelse"},
    "næringsstof": {"Lektor i vandmiljø"},
    "færøerne": {"Kontorchef"},
    "sygepljerske": set(),
}


def test_words_are_found_in_their_forms_beginnings_and_compounds(ads):
    assert {words: found(words) for words in EXPECTED} == EXPECTED


def test_a_slip_of_the_pen_finds_headlines_that_look_alike(ads):
    for words in ("sygepljerske", "softwareudvilker", "vandmilø"):
        assert not found(words)

        alike = {ad.headline for ad in looking_like(public_ads(), words)}

        assert len(alike) == 1, words
        assert alike < set(ADS), words


def test_what_looks_like_nothing_finds_nothing(ads):
    assert not looking_like(public_ads(), "xyzzyx qqqqq").exists()
    assert not looking_like(public_ads(), "ab").exists()


@given(st.text(max_size=40))
def test_no_words_can_break_the_search(words):
    """Whatever is typed becomes a query that the database understands."""
    search = Search.of(QueryDict(urlencode({"ord": words})))
    for found in (with_words, looking_like):
        with suppress(EmptyResultSet):
            assert "SELECT" in str(found(JobAdvertisement.objects.all(), search.words).query)


def test_signs_are_no_commands(ads):
    for words in ("'", "a' | b", ":*", "&&", "(", '"', "-", "or", "\\", "%", "æ:*", "<->", "!!", "' or 1=1 --"):
        assert found(words) <= {ad.headline for ad in public_ads()}, words
        assert list(looking_like(public_ads(), words)) is not None, words


def test_only_the_version_that_is_shown_can_be_found(ads):
    case = make_case(ads.ours, title="Laborant")
    round_ = advertise(case)
    announce(round_, ad_content(case, text="Sedimentprøver"), actor=HOUSE)
    announce(round_, ad_content(case, text="Vandprøver"), actor=HOUSE)
    assert (found("sedimentprøver"), found("vandprøver")) == (set(), {"Laborant"})

    retire(round_, "da", actor=HOUSE)

    assert not found("vandprøver")
    assert not SearchEntry.objects.filter(advertisement__round=round_).exists()


def test_the_best_match_comes_first_when_asked_for(ads):
    case = make_case(ads.theirs, title="Fuldmægtig", days=15)
    announce(advertise(case), ad_content(case, text="Du taler af og til med en lektor."), actor=HOUSE)
    by_deadline, by_match = (Search(words="lektor", order=order) for order in (DEADLINE, RELEVANCE))
    rows = with_words(public_ads(), "lektor")

    assert [ad.headline for ad in by_deadline.ordered(rows)] == ["Fuldmægtig", "Lektor i vandmiljø"]
    assert [ad.headline for ad in by_match.ordered(rows)] == ["Lektor i vandmiljø", "Fuldmægtig"]


def workplace(employer, city: str, latitude: float, longitude: float) -> Workplace:
    return Workplace.objects.create(
        institution=employer.institution, name=city, city=city, latitude=latitude, longitude=longitude
    )


def test_a_place_is_a_town_or_the_way_round_it(world):
    for city, latitude, longitude in (
        ("Esbjerg", 55.4765, 8.4594),
        ("Varde", 55.6203, 8.4807),
        ("Køge", 55.458, 12.182),
    ):
        advertise(make_case(world.ours, title=city, workplaces=[workplace(world.ours, city, latitude, longitude)]))

    def near(place: str, radius: int) -> set[str]:
        return {ad.title for ad in at_place(public_ads(), place, radius)}

    assert near("Esbj", 0) == {"Esbjerg"}
    assert near("Esbjerg", 10) == {"Esbjerg"}
    assert near("Esbjerg", 25) == {"Esbjerg", "Varde"}
    assert near("Skagen", 25) == set()


def test_a_case_with_two_workplaces_is_found_once(world):
    places = [workplace(world.ours, "Skive", 56.56, 9.03), workplace(world.ours, "Skive", 56.57, 9.02)]
    advertise(make_case(world.ours, title="Lektor", workplaces=places))

    assert Search().ordered(at_place(public_ads(), "Skive")).count() == 1


def test_an_address_is_read_and_what_it_cannot_mean_is_left_out():
    search = Search.of(QueryDict("ord=lektor&sted=Skive&km=25&sorter=relevans&region=1082&region=1081&ukendt=1"))
    assert search == Search("lektor", "Skive", 25, RELEVANCE, {"region": ["1082", "1081"]})

    assert Search.of(QueryDict("km=26&sorter=relevans&sorter=x&ord=%00")) == Search()


def test_groups_of_letters_know_where_words_begin_and_end():
    assert grams("Ph.d.") == [" d ", " ph", "h d", "ph "]
    assert set(inner_grams("udvikler")) < set(grams("Softwareudvikler"))
    assert grams("") == grams("--") == []


def test_an_ad_that_went_out_keeps_its_entry_in_step_with_the_clock(ads):
    assert SearchEntry.objects.count() == JobAdvertisement.objects.filter(retired_at=None).count()
    with clock.shifted(clock.dt.timedelta(days=30)):
        assert not found("lektor")
