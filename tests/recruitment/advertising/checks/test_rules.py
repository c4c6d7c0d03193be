"""What the rules see in an ad's words, and what they leave alone."""

import datetime as dt

import pytest
from django.utils.translation import override
from hypothesis import example, given
from hypothesis import strategies as st

from recruitment.advertising.checks.mending import mended
from recruitment.advertising.checks.reading import grade_of, lix, sentences_of, words_of
from recruitment.advertising.checks.rules import RULES, SWITCHABLE, look_over
from recruitment.advertising.checks.written import Deed, Mend, Picture, Weight, WrittenAd, plain
from recruitment.errors import Obstacle

CALL = "Alle interesserede kan søge."


def codes(ad: WrittenAd, **options) -> list[str]:
    return [remark.code for remark in look_over(ad, **options)]


@pytest.mark.parametrize(
    ("language", "words", "code"),
    [
        ("da", "Vi søger en formand til udvalget.", "gender"),
        ("da", "Vedkommende er leder, og han eller hun rejser meget.", "gender"),
        ("da", "Vi søger en kvindelig kollega.", "gender"),
        ("en", "We are looking for a Chairman.", "gender"),
        ("en", "He/she travels.", "gender"),
        ("da", "Du bliver en del af et ungt team.", "age"),
        ("da", "Du er mellem 25 og 35 år.", "age"),
        ("da", "Du skal være under 40 år.", "age"),
        ("en", "Join a young and dynamic team.", "age"),
        ("en", "A 25-year-old would fit in.", "age"),
        ("da", "Hvis du ikke har hørt fra os inden 1. maj, er stillingen besat.", "silence"),
        ("da", "Kun kandidater, der indkaldes til samtale, får svar.", "silence"),
        ("en", "If you have not heard from us by May, the job is taken.", "silence"),
        ("en", "Only shortlisted candidates will be contacted.", "silence"),
    ],
)
def test_words_that_an_ad_may_not_hold_are_seen(language, words, code):
    call = CALL if language == "da" else "We encourage everyone to apply, whatever their background."

    assert codes(WrittenAd.of(language, f"<p>{words}</p>", call)) == [code]


@pytest.mark.parametrize(
    "words",
    [
        "Du får plads i Børn og Unge og arbejder med unge mennesker.", "Stillingen er en tjenestemandsstilling.",
        "Vi har lavet tilsyn i over 30 år med samme mål.", "Du har mindst 10 års erfaring.", "Yngre læger er en forening.",
        "Kommunen har 45 skoler.", "Du hører fra os senest den 12. maj.", "Alle får svar, også dem, der ikke kommer til samtale.",
    ],
)  # fmt: skip
def test_ordinary_words_are_left_alone(words):
    assert codes(WrittenAd.of("da", words, CALL)) == []


def test_a_gendered_title_is_mended_in_one_click_as_large_as_it_was():
    [remark] = look_over(WrittenAd.of("da", "<p>Formand for <b>rådet</b></p>", CALL))

    assert mended("<p>Formand for <b>rådet</b></p>", remark.mend, is_rich=True) == "<p>Forperson for <b>rådet</b></p>"


def test_a_sentence_that_promises_silence_becomes_the_promise_of_an_answer():
    source = "<p>Send din ansøgning. Hvis du ikke har <b>hørt fra os</b> 1. maj, er jobbet besat.</p><p>Vi <i>glæder</i> os.</p>"
    [remark] = look_over(WrittenAd.of("da", source, CALL))

    after = mended(source, remark.mend, is_rich=True)

    assert after == "<p>Send din ansøgning. Alle ansøgere får svar.</p><p>Vi <i>glæder</i> os.</p>"
    assert codes(WrittenAd.of("da", after, CALL)) == []


def test_the_words_of_the_right_link_are_changed_and_its_address_kept():
    source = '<p><a href="https://a.example/">Om os</a> og <a href="https://b.example/?x=1&amp;y=2">klik her</a></p>'
    [remark] = look_over(WrittenAd.of("da", source, CALL))

    after = mended(source, remark.mend, is_rich=True, words="Løn & vilkår")

    assert after.endswith('<a href="https://b.example/?x=1&amp;y=2">Løn &amp; vilkår</a></p>')
    assert mended(source, remark.mend, is_rich=True, words=" ") == source


def test_an_ad_without_the_call_to_everybody_gets_it_offered():
    [remark] = look_over(WrittenAd.of("da", "Du får travlt."))

    assert (remark.code, remark.mend.deed) == ("equality_call", Deed.PARAGRAPH)
    assert codes(WrittenAd.of("da", remark.mend.new)) == []


def test_pictures_need_words_unless_they_are_decoration():
    pictures = (
        Picture("body/1", "a", ""),
        Picture("body/2", "b", "", is_decoration=True),
        Picture("body/3", "c", "Huset"),
    )

    assert [r.place for r in look_over(WrittenAd.of("da", CALL, pictures=pictures))] == ["body/1"]


@pytest.mark.parametrize(
    ("until", "weight"),
    [(dt.date(2026, 5, 1), Weight.STOPS), (dt.date(2026, 5, 12), Weight.LAW), (dt.date(2026, 6, 1), None)],
)
def test_a_consent_that_ends_before_the_ad_is_told_and_one_that_has_ended_stops_it(until, weight):
    picture = Picture("picture", "a", "Huset", consent_until=until)

    told = look_over(
        WrittenAd.of("da", CALL, pictures=(picture,), today=dt.date(2026, 5, 2), ends_on=dt.date(2026, 5, 20))
    )

    assert [remark.weight for remark in told] == ([weight] if weight else [])


def test_what_stops_publishing_is_told_first_and_each_rule_has_its_own():
    obstacles = (Obstacle("tasks", "Opgaver mangler", "page.body"), Obstacle("contact", "Kontakt mangler", "case.contacts"),
                 Obstacle("short_period", "For kort", "case.short_period_reason"))  # fmt: skip

    assert codes(WrittenAd.of("da", "formand", CALL, obstacles=obstacles)) == [
        "contents",
        "contact",
        "short_period",
        "gender",
    ]


def test_an_institution_does_without_advice_but_not_without_the_law():
    ad = WrittenAd.of("da", "En formand.", CALL, has_pay_range=False, has_interview_dates=False)

    assert codes(ad) == ["gender", "pay_range", "interview_dates"]
    assert codes(ad, switched_off=[rule.code for rule in RULES]) == ["gender"]
    assert {rule.code for rule in RULES if rule.by_law}.isdisjoint(SWITCHABLE)


def test_words_of_the_institutions_own_list_are_told_and_mended():
    remarks = look_over(
        WrittenAd.of("da", "Robust og dynamisk, ja dynamisk.", CALL, unwanted=(("dynamisk", ""), ("robust", "rolig")))
    )

    assert [(r.quote, r.mend.new if r.mend else "") for r in remarks] == [
        ("dynamisk", ""),
        ("dynamisk", ""),
        ("Robust", "Rolig"),
    ]
    assert len({remark.key for remark in remarks}) == 3


def test_lix_is_words_a_sentence_plus_the_share_of_long_words():
    text = "Vi fører tilsyn. Du skriver afgørelser til virksomheder."

    assert lix(text) == round(8 / 2 + 100 * 3 / 8)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Du møder kl. 8. Vi spiser kl. 12.", 2), ("Svar senest den 12. december. Tak.", 2), ("Fx. kan du. Skrive bl.a. Danske breve.", 2),
        ("En overskrift\nEn sætning.", 2), ("Er det dig? Ja! Søg.", 3), ("", 0), ("…", 0),
    ],
)  # fmt: skip
def test_abbreviations_and_dates_end_no_sentence(text, count):
    assert len(sentences_of(text)) == count


def test_the_grade_grows_with_the_figure():
    with override("en"):
        grades = [grade_of(figure) for figure in (10, 30, 40, 50, 70)]

    assert len(set(grades)) == 5


def test_a_sentence_of_more_than_thirty_words_is_told():
    long = " ".join(["ord"] * 31) + "."

    assert codes(WrittenAd.of("da", f"<p>{long}</p><p>{CALL}</p>")) == ["long_sentences"]
    assert codes(WrittenAd.of("da", f"<p>{' '.join(['ord'] * 30)}.</p><p>{CALL}</p>")) == []


RICH = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<ul><li>", "</li></ul>", "formand", " og ", "&amp;", "<br/>", "Kl. 8. ",
                     '<a href="/">klik her</a>', "hører du ikke fra os. ", "æøå ", "40 år"]), max_size=20,
).map("".join)  # fmt: skip


@given(RICH)
@example(" og <p>hører du ikke fra os. ")
def test_whatever_is_written_the_rules_answer_and_mends_change_words_only(source):
    remarks = look_over(WrittenAd.of("da", f"<p>{source}</p>"))

    for remark in remarks:
        if remark.mend and remark.mend.deed != Deed.PARAGRAPH:
            after = mended(f"<p>{source}</p>", remark.mend, is_rich=True, words="Læs om løn")
            assert after.count("<p>") == f"<p>{source}</p>".count("<p>")
            assert "<script" not in after


@given(st.text(max_size=300))
def test_any_text_has_a_figure_and_no_word_is_lost_between_sentences(text):
    assert lix(text) >= 0
    assert sum(len(words_of(sentence)) for sentence in sentences_of(text)) == sum(
        len(words_of(line)) for line in text.splitlines()
    )


@given(st.text(alphabet="abc <>&\"'", max_size=40), st.text(alphabet="abc<>&", min_size=1, max_size=10))
def test_a_mend_never_writes_mark_up(source, new):
    after = mended("<p>mand</p>", Mend(Deed.REPLACE, "", old="mand", new=new), is_rich=True)

    assert after.count("<") == 2
    assert plain(after) == " ".join(new.split())
