"""Six kinds of question: asked, read, checked, shown and exported alike."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from recruitment.questions.kinds import KINDS, Option, QuestionSpec, in_language, kind_choices, kind_of

OPTIONS = tuple(Option(code, {"da": code.upper(), "en": f"{code.upper()} (en)"}) for code in ("a", "b", "c"))
SCALE = tuple(Option(code, {"da": words}) for code, words in (("none", "Ingen"), ("some", "Noget"), ("much", "Meget")))


def spec(kind: str, **more) -> QuestionSpec:
    given = {
        "SINGLE": {"options": OPTIONS},
        "MULTIPLE": {"options": OPTIONS},
        "PRIORITISED": {"options": OPTIONS},
        "CLASSIFIED": {"options": OPTIONS, "scale": SCALE},
    }.get(kind, {})
    return QuestionSpec("q1", kind, {"da": "Spørgsmål?", "en": "Question?"}, **(given | more))


def parse(question: QuestionSpec, sent: str):
    return kind_of(question.kind).parse(question, QueryDict(sent))


def faults(question: QuestionSpec, sent: str) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as refused:
        parse(question, sent)
    return {name: [each.code for each in found] for name, found in refused.value.error_dict.items()}


READ = [
    (spec("YES_NO"), "q_q1=yes", True),
    (spec("YES_NO"), "q_q1=no", False),
    (spec("FREE_TEXT"), "q_q1=++En%0D%0Ato++", "En\nto"),
    (spec("SINGLE"), "q_q1=b", "b"),
    (spec("SINGLE", allow_other=True), "q_q1=other&q_q1__other=+Kinesisk+", {"other": "Kinesisk"}),
    (spec("SINGLE", allow_other=True), "q_q1=a&q_q1__other=glemt", "a"),
    (spec("MULTIPLE"), "q_q1=c&q_q1=a&q_q1=c", ["a", "c"]),
    (spec("MULTIPLE", allow_other=True), "q_q1=other&q_q1=b&q_q1__other=x", ["b", {"other": "x"}]),
    (spec("PRIORITISED"), "q_q1__a=3&q_q1__b=1&q_q1__c=2", ["b", "c", "a"]),
    (spec("PRIORITISED", max_choices=2), "q_q1__a=2&q_q1__b=1&q_q1__c=", ["b", "a"]),
    (spec("PRIORITISED", min_choices=1), "q_q1__c=2", ["c"]),
    (spec("CLASSIFIED"), "q_q1__a=none&q_q1__b=much&q_q1__c=some", {"a": "none", "b": "much", "c": "some"}),
]


@pytest.mark.parametrize(("question", "sent", "value"), READ)
def test_a_submitted_answer_is_read(question, sent, value):
    assert parse(question, sent) == value


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_an_answer_to_a_question_that_need_not_be_answered(kind):
    assert parse(spec(kind, required=False), "") is None


REFUSED = [
    (spec("YES_NO"), "", {"q_q1": ["missing"]}),
    (spec("YES_NO"), "q_q1=maybe", {"q_q1": ["not_yes_or_no"]}),
    (spec("FREE_TEXT"), "q_q1=+++", {"q_q1": ["missing"]}),
    (spec("FREE_TEXT", max_length=3), "q_q1=abcd", {"q_q1": ["too_long"]}),
    (spec("FREE_TEXT"), "q_q1=a%00b", {"q_q1": ["bad_signs"]}),
    (spec("SINGLE"), "", {"q_q1": ["missing"]}),
    (spec("SINGLE"), "q_q1=z", {"q_q1": ["not_an_option"]}),
    (spec("SINGLE"), "q_q1=other&q_q1__other=x", {"q_q1": ["not_an_option"]}),
    (spec("SINGLE", allow_other=True), "q_q1=other&q_q1__other=++", {"q_q1__other": ["missing"]}),
    (spec("SINGLE", allow_other=True), "q_q1=other&q_q1__other=" + "x" * 201, {"q_q1__other": ["too_long"]}),
    (spec("MULTIPLE"), "", {"q_q1": ["missing"]}),
    (spec("MULTIPLE"), "q_q1=a&q_q1=z", {"q_q1": ["not_an_option"]}),
    (spec("MULTIPLE", min_choices=2), "q_q1=a", {"q_q1": ["too_few"]}),
    (spec("MULTIPLE", max_choices=1), "q_q1=a&q_q1=b", {"q_q1": ["too_many"]}),
    (spec("PRIORITISED"), "", {"q_q1__a": ["missing"]}),
    (spec("PRIORITISED"), "q_q1__a=1&q_q1__b=1&q_q1__c=2", {"q_q1__b": ["same_place"]}),
    (spec("PRIORITISED"), "q_q1__a=4", {"q_q1__a": ["not_a_place"]}),
    (spec("PRIORITISED"), "q_q1__b=first", {"q_q1__b": ["not_a_place"]}),
    (spec("PRIORITISED"), "q_q1__a=1", {"q_q1__a": ["wrong_number"]}),
    (spec("PRIORITISED", min_choices=2), "q_q1__a=1", {"q_q1__a": ["wrong_number"]}),
    (spec("CLASSIFIED"), "", {"q_q1__a": ["missing"]}),
    (spec("CLASSIFIED"), "q_q1__a=none", {"q_q1__b": ["missing"], "q_q1__c": ["missing"]}),
    (spec("CLASSIFIED"), "q_q1__a=none&q_q1__b=lots&q_q1__c=some", {"q_q1__b": ["not_a_grade"]}),
]


@pytest.mark.parametrize(("question", "sent", "expected"), REFUSED)
def test_each_fault_has_a_message_of_its_own_where_it_belongs(question, sent, expected):
    assert faults(question, sent) == expected
    assert set(expected) <= set(kind_of(question.kind).form_fields(question))


def test_too_long_an_answer_is_told_how_long_it_is(settings):
    question = spec("FREE_TEXT", max_length=10)
    with pytest.raises(ValidationError) as refused:
        parse(question, "q_q1=" + "x" * 25)
    [message] = refused.value.message_dict["q_q1"]
    assert "25" in message
    assert "10" in message


def test_a_form_without_javascript_shows_every_kind_and_puts_messages_in_their_place():
    questions = [spec(kind, allow_other=kind in {"SINGLE", "MULTIPLE"}) for kind in KINDS]
    for question in questions:
        kind = kind_of(question.kind)
        form = forms.Form(data=QueryDict("q_q1__a=1&q_q1__b=1"))
        form.fields.update(kind.form_fields(question))
        assert form.is_valid()
        with pytest.raises(ValidationError) as refused:
            kind.parse(question, form.data)
        form.add_error(None, refused.value)
        assert form.errors
        assert "<input" in str(form) or "<select" in str(form) or "<textarea" in str(form)


ANSWERED = {
    "YES_NO": (True, "Ja", "Yes"),
    "FREE_TEXT": ("En\nto", "En\nto", "En\nto"),
    "SINGLE": ("b", "B", "B (en)"),
    "MULTIPLE": (["a", "c"], ["A", "C"], ["A (en)", "C (en)"]),
    "PRIORITISED": (["b", "a", "c"], ["1. B", "2. A", "3. C"], ["1. B (en)", "2. A (en)", "3. C (en)"]),
    "CLASSIFIED": (
        {"a": "none", "c": "much", "b": "some"},
        ["A: Ingen", "B: Noget", "C: Meget"],
        ["A (en): Ingen", "B (en): Noget", "C (en): Meget"],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_shown_in_words_and_exported_as_one_cell(kind):
    value, _danish, english = ANSWERED[kind]
    shown = kind_of(kind).show(spec(kind), value, "en")
    assert shown == english
    assert kind_of(kind).export(spec(kind), value, "en") == (shown if isinstance(shown, str) else "; ".join(shown))


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_is_shown_as_nothing(kind):
    assert kind_of(kind).export(spec(kind), None) == ""


def test_own_words_are_told_from_the_options():
    assert kind_of("SINGLE").show(spec("SINGLE", allow_other=True), {"other": "Kinesisk"}, "en") == "Other: Kinesisk"


def test_an_answer_outlives_the_option_it_chose():
    assert kind_of("SINGLE").show(spec("SINGLE"), "gone") == "gone"
    assert kind_of("CLASSIFIED").show(spec("CLASSIFIED"), {"gone": "lost"}) == ["gone: lost"]


def test_rows_and_ranks_need_the_question_above_them():
    assert {kind: bool(kind_of(kind).heading(spec(kind))) for kind in KINDS} == {
        "YES_NO": False, "FREE_TEXT": False, "SINGLE": False, "MULTIPLE": False, "PRIORITISED": True, "CLASSIFIED": True,
    }  # fmt: skip


def test_words_fall_back_to_the_other_language():
    assert in_language({"da": "Ja"}, "en") == "Ja"
    assert in_language({"en": "Yes", "da": ""}, "da") == "Yes"
    assert in_language({}, "da") == ""


def test_the_registry_knows_six_kinds_and_no_more():
    assert [code for code, _name in kind_choices()] == [
        "YES_NO",
        "FREE_TEXT",
        "SINGLE",
        "MULTIPLE",
        "PRIORITISED",
        "CLASSIFIED",
    ]
    with pytest.raises(KeyError):
        kind_of("SCORE")


UNASKABLE = [
    (spec("FREE_TEXT", max_length=-1), "bad_limits"),
    (QuestionSpec("a b", "YES_NO", {"da": "x"}), "bad_key"),
    (QuestionSpec("q1", "YES_NO", {"da": " "}), "text_missing"),
    (spec("SINGLE", options=OPTIONS[:1]), "too_few_options"),
    (spec("SINGLE", options=(OPTIONS[0], OPTIONS[0])), "same_code"),
    (spec("SINGLE", options=(OPTIONS[0], Option("other", {"da": "x"}))), "bad_code"),
    (spec("MULTIPLE", options=(OPTIONS[0], Option("b", {}))), "label_missing"),
    (spec("MULTIPLE", min_choices=3, max_choices=2), "bad_limits"),
    (spec("PRIORITISED", max_choices=4), "bad_limits"),
    (spec("CLASSIFIED", scale=SCALE[:1]), "too_few_grades"),
    (spec("CLASSIFIED", options=()), "too_few_options"),
]


@pytest.mark.parametrize(("question", "code"), UNASKABLE)
def test_a_question_that_cannot_be_asked_is_refused(question, code):
    with pytest.raises(ValidationError) as refused:
        kind_of(question.kind).check_spec(question)
    assert refused.value.code == code


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_that_can_be_asked_is_not(kind):
    kind_of(kind).check_spec(spec(kind))


# ---- properties

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip).filter(bool)
CHOICES = st.lists(st.sampled_from(["a", "b", "c"]), unique=True)
VALUES = {
    "YES_NO": st.booleans(),
    "FREE_TEXT": WORDS,
    "SINGLE": st.sampled_from(["a", "b", "c"]) | WORDS.map(lambda words: {"other": words}),
    "MULTIPLE": st.tuples(CHOICES.map(sorted), st.none() | WORDS)
    .map(lambda both: [*both[0], *([{"other": both[1]}] if both[1] else [])])
    .filter(bool),
    "PRIORITISED": st.permutations(["a", "b", "c"]),
    "CLASSIFIED": st.fixed_dictionaries({row: st.sampled_from(["none", "some", "much"]) for row in "abc"}),
}
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["a", "b", "other", "none", "\ud800", "\0"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text() | st.sampled_from(["a", "b", "c", "other"]), inner, max_size=4)
    ),
    max_leaves=8,
)


def question_of(kind: str) -> QuestionSpec:
    return spec(kind, allow_other=kind in {"SINGLE", "MULTIPLE"})


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_valid_value_survives_its_form(kind, data):
    value, question = data.draw(VALUES[kind]), question_of(kind)
    kind_of(kind).validate_value(question, value)

    form = QueryDict(mutable=True)
    for name, held in kind_of(kind).initial(question, value).items():
        form.setlist(name, held if isinstance(held, list) else [held])

    assert kind_of(kind).parse(question, form) == value
    assert set(form) <= set(kind_of(kind).form_fields(question))


@pytest.mark.parametrize("kind", KINDS)
@given(value=JSON)
def test_any_json_is_a_value_that_can_be_shown_and_stored_or_a_refusal(kind, value):
    question = question_of(kind)
    try:
        kind_of(kind).validate_value(question, value)
    except ValidationError as refused:
        assert refused.code  # noqa: PT017 - both ends are right, nothing else is
        assert refused.messages  # noqa: PT017 - both ends are right, nothing else is
    else:
        kind_of(kind).export(question, value).encode()


@pytest.mark.parametrize("kind", KINDS)
@given(
    sent=st.dictionaries(
        st.sampled_from(["q_q1", "q_q1__other", "q_q1__a", "q_q1__b", "q_q1__c"]), st.lists(st.text(), max_size=3)
    )
)
def test_whatever_is_submitted_is_read_or_refused(kind, sent):
    form = QueryDict(mutable=True)
    for name, values in sent.items():
        form.setlist(name, values)
    try:
        value = kind_of(kind).parse(question_of(kind), form)
    except ValidationError as refused:
        assert set(refused.error_dict) <= set(kind_of(kind).form_fields(question_of(kind)))  # noqa: PT017 - both ends are right, nothing else is
    else:
        kind_of(kind).validate_value(question_of(kind), value)
