"""The linter says what may not be asked, and lets the rest be."""

import pytest

from recruitment.questions.kinds import Option, QuestionSpec
from recruitment.questions.linter import Severity, blocking_findings, is_clean, lint
from tests.recruitment.questions.questions_asked import ASKED_ALREADY, CAN_WAIT, FORBIDDEN, ORDINARY

TOPICS_OF_THE_RULE = {
    "age", "pregnancy", "family", "religion", "politics", "union", "ethnicity", "sexual_orientation", "health", "sick_days", "pay_history",
}  # fmt: skip


def asking(words: str, kind: str = "FREE_TEXT", **more) -> QuestionSpec:
    return QuestionSpec("q", kind, {"da": words}, **more)


def codes(spec: QuestionSpec, *, is_linked: bool = True) -> list[str]:
    return [finding.code for finding in lint(spec, is_linked=is_linked)]


@pytest.mark.parametrize("words", ORDINARY)
def test_an_ordinary_question_is_let_be(words):
    assert codes(asking(words)) == []


@pytest.mark.parametrize(("words", "topic"), FORBIDDEN)
def test_a_forbidden_topic_is_noticed(words, topic):
    assert {f"forbidden_{topic}", f"near_{topic}"} & set(codes(asking(words)))


def test_every_topic_of_the_rule_is_met_in_both_languages():
    danish = {
        topic
        for words, topic in FORBIDDEN
        if set(words.lower().split()) & {"du", "din", "dit", "dine", "er", "har", "hvad"}
    }
    english = {topic for words, topic in FORBIDDEN if set(words.lower().replace("?", "").split()) & {"you", "your"}}
    assert danish >= TOPICS_OF_THE_RULE
    assert english >= TOPICS_OF_THE_RULE


def test_a_forbidden_topic_blocks_and_names_its_rule():
    [finding] = lint(asking("Har du børn?"), is_linked=True)
    assert (finding.code, finding.severity, finding.rule) == ("forbidden_family", Severity.BLOCK, "INV-24")
    assert not is_clean([finding])


def test_a_word_that_only_may_mean_it_warns_and_does_not_block():
    findings = lint(asking("Er dansk dit modersmål?"), is_linked=True)
    assert [finding.severity for finding in findings] == [Severity.WARN]
    assert is_clean(findings)


@pytest.mark.parametrize("words", ["Er du fyldt 18 år?", "Are you at least 18 years old?", "Er du over 18 år?"])
def test_over_eighteen_may_be_asked_as_yes_or_no_where_the_law_wants_it(words):
    assert codes(asking(words, "YES_NO")) == ["over_eighteen"]
    assert codes(asking(words, "FREE_TEXT")) == ["forbidden_age"]


def test_another_age_may_not_be_asked_as_yes_or_no_either():
    assert codes(asking("Er du over 25 år?", "YES_NO")) == ["forbidden_age"]
    assert codes(asking("Er du over 18 og under 30 år?", "YES_NO")) == ["forbidden_age"]


def test_a_question_can_hide_in_its_help_its_options_or_its_other_language():
    options = (Option("a", {"da": "Ja"}), Option("b", {"da": "Er du gravid?"}))
    assert codes(asking("Vælg", "SINGLE", options=options)) == ["forbidden_pregnancy"]
    assert codes(asking("Andet?", help={"en": "What is your religion?"})) == ["forbidden_religion"]
    assert codes(QuestionSpec("q", "FREE_TEXT", {"da": "Andet?", "en": "How old are you?"})) == ["forbidden_age"]


def test_the_same_remark_is_made_once():
    spec = QuestionSpec("q", "FREE_TEXT", {"da": "Hvor gammel er du?", "en": "How old are you?"})
    assert codes(spec) == ["forbidden_age"]


@pytest.mark.parametrize(("words", "field"), ASKED_ALREADY)
def test_what_the_form_asks_already_is_pointed_out_without_blocking(words, field):
    findings = lint(asking(words), is_linked=True)
    assert f"asked_already_{field}" in [finding.code for finding in findings]
    assert is_clean(findings)


@pytest.mark.parametrize("words", CAN_WAIT)
def test_what_can_wait_for_the_interview_is_pointed_out(words):
    assert codes(asking(words)) == ["could_wait"]


def test_a_question_must_belong_to_a_requirement():
    ordinary = asking(ORDINARY[0])
    [finding] = lint(ordinary, is_linked=False)
    assert (finding.code, finding.severity, finding.rule) == ("not_linked", Severity.BLOCK, "INV-23")
    assert lint(ordinary, is_linked=True) == []


def test_what_blocks_comes_first():
    findings = lint(asking("Fortæl om dig selv. Har du børn?"), is_linked=False)
    assert [finding.severity for finding in findings] == [Severity.BLOCK, Severity.BLOCK, Severity.WARN]


def test_what_blocks_can_be_asked_for_from_words_alone():
    assert [finding.code for finding in blocking_findings("", "How old are you?", "Fortæl om dig selv.")] == [
        "forbidden_age"
    ]
    assert blocking_findings("Er du fyldt 18 år?", kind="YES_NO") == []
    assert blocking_findings("Har du kørekort?", "") == []
