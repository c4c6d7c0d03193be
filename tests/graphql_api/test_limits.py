"""What one document may ask for is decided before it runs, in time that does not grow faster than the document."""

import pytest
from graphql import get_introspection_query

from graphql_api import limits
from tests.graphql_api.conftest import codes

pytestmark = pytest.mark.django_db


def bomb(depth: int, leaf: str = "__typename", on: str = "Query") -> str:
    """Fragments that each spread the next one twice: 2 to the power of `depth` fields, written out."""
    spreads = " ".join(f"fragment F{n} on {on} {{ ...F{n + 1} ...F{n + 1} }}" for n in range(depth))
    return f"{{ ...F0 }} {spreads} fragment F{depth} on {on} {{ {leaf} }}"


@pytest.mark.parametrize("leaf", ["__typename", "institutions { nodes { id } }", "__schema { types { name } }"])
def test_a_bomb_of_thirty_fragments_is_refused(ask, leaf):
    answer = ask(bomb(30, leaf))

    assert codes(answer) == ["QUERY_TOO_COMPLEX"]
    assert "data" not in answer


@pytest.mark.parametrize("depth", [10, 20, 30])
def test_measuring_a_bomb_takes_as_many_steps_as_its_text_is_long(ask, monkeypatch, depth):
    """How long that is on a clock: benchmarks/graphql_bomb.py."""
    steps = []
    measure = limits._Measure.size

    def counting(*args, **options):
        steps.append(1)
        return measure(*args, **options)

    monkeypatch.setattr(limits._Measure, "size", counting)
    ask(bomb(depth, "not_seen_before: __typename"))

    assert depth < len(steps) < 10 * depth


def test_fragments_that_spread_each_other_are_refused(ask):
    answer = ask("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }")

    assert codes(answer) == ["GRAPHQL_VALIDATION_FAILED"]


def test_a_long_chain_of_fragments_is_refused(ask):
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(200))

    assert "QUERY_TOO_COMPLEX" in codes(ask(f"{{ ...F0 }} {chain} fragment F200 on Query {{ __typename }}"))


def nested(levels: int) -> str:
    """`levels` fields deep."""
    return "{ classifications { nodes { " + "parent { " * (levels - 3) + "code" + " }" * levels


@pytest.mark.parametrize(("levels", "refused"), [(12, []), (13, ["QUERY_TOO_COMPLEX"])])
def test_twelve_levels_are_the_deepest(ask, levels, refused):
    assert codes(ask(nested(levels))) == refused


@pytest.mark.parametrize(("number", "refused"), [(30, []), (31, ["QUERY_TOO_COMPLEX"])])
def test_thirty_aliases_are_the_most(ask, number, refused):
    assert codes(ask("{ " + " ".join(f"a{n}: __typename" for n in range(number)) + " }")) == refused


@pytest.mark.parametrize(("number", "refused"), [(50, []), (51, ["QUERY_TOO_COMPLEX"])])
def test_fifty_directives_are_the_most(ask, number, refused):
    assert codes(ask("{ " + "__typename @skip(if: false) " * number + " }")) == refused


@pytest.mark.parametrize(("number", "refused"), [(600, []), (601, ["QUERY_TOO_COMPLEX"])])
def test_six_hundred_fields_are_the_most(ask, number, refused):
    assert codes(ask("{ " + "__typename " * number + " }")) == refused


def test_more_than_two_thousand_tokens_are_not_parsed(ask):
    assert codes(ask("{ " + "__typename " * 2_000 + " }")) == ["GRAPHQL_PARSE_FAILED"]


@pytest.mark.parametrize("opened", ["[", "{a:", "[{a:["])
def test_values_nested_without_end_are_not_parsed(ask, opened):
    assert codes(ask("{ node(id: " + opened * 400)) == ["GRAPHQL_PARSE_FAILED"]


def test_introspection_is_counted_apart_and_stays_possible(ask):
    assert codes(ask(get_introspection_query(descriptions=True))) == []


CASES_OWN = "fragment C on RecruitmentCase { applications(first: 100) { edges { node { id } } } }"


@pytest.mark.parametrize(
    ("document", "variables", "refused"),
    [
        ("{ jobPostings(first: 1000) { nodes { id } } }", {}, []),
        ("{ cases(first: 100) { nodes { applications(first: 100) { nodes { id } } } } }", {}, ["QUERY_TOO_COMPLEX"]),
        ("{ cases(last: 100) { nodes { applications(last: 100) { nodes { id } } } } }", {}, ["QUERY_TOO_COMPLEX"]),
        ("query($n: Int) { cases(first: $n) { nodes { applications(first: $n) { nodes { id } } } } }", {"n": 100},
         ["QUERY_TOO_COMPLEX"]),
        ("query($n: Int = 100) { cases(first: $n) { nodes { applications(first: $n) { nodes { id } } } } }", {},
         ["QUERY_TOO_COMPLEX"]),
        ("{ " + " ".join(f"a{n}: jobPostings(first: 1000) {{ nodes {{ id }} }}" for n in range(6)) + " }", {},
         ["QUERY_TOO_COMPLEX"]),
        ("{ b: jobPostings(first: -1000000) { nodes { id } } a: cases(first: 100) { nodes { ...C } } } " + CASES_OWN, {},
         ["QUERY_TOO_COMPLEX"]),
        ("query($i: [ID!]!) { nodes(ids: $i) { ... on RecruitmentCase { applications(first: 100) { nodes { id } } } } }",
         {"i": ["x"] * 60}, ["QUERY_TOO_COMPLEX"]),
    ],
)  # fmt: skip
def test_pages_within_pages_may_hold_five_thousand_rows(ask, document, variables, refused):
    assert codes(ask(document, **variables)) == refused
