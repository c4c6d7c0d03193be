"""The CSS of a layout stays inside its ad, fetches nothing, and what is refused is refused with its line."""

import re

import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from portal.pages.designs.css import LONGEST, scoped
from tests.portal.pages.designs.attacks import CSS

SCOPE = 'article.ad[data-layout="7"]'
PIECES = (
    "h1", ".x", "*", ":scope", ":hover", "::before", "body", ":root", "html", " ", "+", "~", ">", ",", "{", "}", ";", ":", "/*", "*/",
    "color", "red", "--a", "var(--a)", "position", "fixed", "absolute", "url(https://e.example/x)", "url(/media/images/a.png)", "@media",
    "(min-width:1px)", "@import", "@keyframes", "spin", "from", "50%", "animation", "[class]", "[value^=a]", "'", '"', "\\", "(", ")",
    "[", "]", "!important", "&", "|", "#a", "\n", "<", "</style>", "é", ":is(", ":not(", "-99999px", "3rem",
)  # fmt: skip


def codes(source):
    return {finding.code for finding in scoped(source, SCOPE, "ad-7").refused}


def selectors(css):
    """Every selector of a stylesheet, however deep."""
    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        yield from _selectors(rule)


def _selectors(rule):
    assert rule.type in {"qualified-rule", "at-rule"}, rule
    if rule.type == "qualified-rule":
        depth, part = 0, ""
        for character in tinycss2.serialize(rule.prelude):
            depth += (character in "([") - (character in ")]")
            if character == "," and not depth:
                yield part
                part = ""
            else:
                part += character
        yield part
    elif rule.lower_at_keyword != "keyframes":
        assert rule.lower_at_keyword in {"media", "supports", "container"}
        for inner in tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True):
            yield from _selectors(inner)


def is_inside(selector):
    """Begins with the ad's own element, and goes on from it only downwards."""
    rest = selector.strip().removeprefix(SCOPE)
    first_step = re.match(r"[^\s>+~]*\s*([>+~]?)", rest)
    return selector.strip().startswith(SCOPE) and (rest.startswith(" ") or first_step[1] not in {"+", "~"})


@pytest.mark.parametrize("attack", CSS)
def test_an_attack_is_refused_with_its_line_and_nothing_of_it_is_served(attack):
    sheet = scoped(f"h2{{color:#111}}\n\n{attack}", SCOPE, "ad-7")

    assert sheet.refused
    assert all(finding.line >= 3 for finding in sheet.refused)
    assert all(is_inside(selector) for selector in selectors(sheet.css))
    assert not re.search(
        r"url\(|@import|@font-face|fixed|sticky|expression|binding|!important|</", sheet.css.replace("--p:fixed", "")
    )


def test_what_designers_need_is_let_through():
    source = """
        :scope { --edge: 2rem; display: grid; grid-template-areas: "a b"; }
        .hero h1::before, a:hover > b:not(.x, [data-a="b"]) { content: "–"; transition: color 0.2s; }
        @media (min-width: 60rem) and (prefers-reduced-motion: reduce) { .a { display: flex; gap: calc(1rem + 2vw); } }
        @supports (display: grid) { .b { inset: 0; position: absolute; } }
        .c { background: linear-gradient(#fff, #eee), url("/media/images/hus.width-1200.webp"); }
    """
    sheet = scoped(source, SCOPE, "ad-7")

    assert sheet.findings == []
    assert len(list(selectors(sheet.css))) == 6
    assert all(is_inside(selector) for selector in selectors(sheet.css))


def test_keyframes_get_a_name_that_no_other_stylesheet_has():
    sheet = scoped("@keyframes spin{to{rotate:1turn}} .a{animation:spin 3s} .b{animation-name:spin}", SCOPE, "ad-7")

    assert sheet.findings == []
    assert "@keyframes ad-7-spin" in sheet.css
    assert sheet.css.count("ad-7-spin") == 3


def test_a_finding_names_the_line_also_inside_a_condition():
    sheet = scoped("h1{color:red}\n@media print{\n  h1{color:red}\n  h1{position:fixed}\n}", SCOPE, "ad-7")

    assert [(finding.line, finding.code) for finding in sheet.refused] == [(4, "position")]


def test_a_megabyte_is_not_even_parsed():
    assert codes("a{color:red}" * (LONGEST // 8)) == {"too_long"}


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_written_every_selector_stays_under_the_ad(source):
    sheet = scoped(source, SCOPE, "ad-7")

    assert all(is_inside(selector) for selector in selectors(sheet.css))
    assert "</" not in sheet.css
    assert "e.example" not in sheet.css


@given(st.text(max_size=200))
def test_no_text_makes_the_stylesheet_fall_over(source):
    sheet = scoped(f".a{{color:red}} {source}", SCOPE, "ad-7")

    assert all(is_inside(selector) for selector in selectors(sheet.css))


@given(st.sampled_from(["h1", ".x", ":scope", "a:hover"]), st.text(alphabet="abc-:;#%.()0123456789 ,/'\"", max_size=60))
def test_no_value_makes_another_declaration(selector, value):
    sheet = scoped(f"{selector}{{width:{value}}}", SCOPE, "ad-7")

    for rule in tinycss2.parse_stylesheet(sheet.css, skip_comments=True, skip_whitespace=True):
        kept = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        assert all(declaration.type == "declaration" for declaration in kept)
