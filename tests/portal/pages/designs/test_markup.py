"""The template of a layout: attacks come out harmless, faults have their line, and everybody can read what it makes."""

import re
from html.parser import HTMLParser

import pytest

from portal.pages.designs.check import faults_in_css, faults_in_markup
from portal.pages.designs.render import filled
from tests.portal.pages.designs.attacks import XSS

WHOLE = """<header><h1>{{ ad.title }}</h1>
<p>{{ ad.intro }}</p></header>
<aside aria-label="{{ word.key_facts }}">{{ region.facts }}</aside>
{{ region.apply }}
<div>{{ region.blocks }}</div>
{{ region.how }}
"""
VALUES = {"ad": {"title": "<b>Kontorchef</b>", "intro": '"><script>alert(1)</script>'}, "word": {"key_facts": '"><img src=x onerror=alert(1)>'},
          "facts": [{"code": "pay", "label": "Løn", "value": "<i>10</i>"}]}  # fmt: skip
REGIONS = {"region.facts": "<dl><dt>Løn</dt><dd>10</dd></dl>", "region.apply": '<a id="own" href="/soeg/1/">Søg</a>',
           "region.blocks": "<p>Opgaver</p>", "region.how": "<h2>Sådan søger du</h2>"}  # fmt: skip
TAGS = {
    "header",
    "h1",
    "h2",
    "p",
    "aside",
    "div",
    "a",
    "dl",
    "dt",
    "dd",
    "i",
    "b",
    "img",
    "details",
    "summary",
    "span",
    "table",
    "tbody",
    "tr",
    "td",
}
ATTRIBUTES = {"class", "aria-label", "href", "src", "alt", "rel"}
OWN = 'id="own"'


class Reader(HTMLParser):
    """Reads what is shown as a browser would, and keeps its tags and attributes."""

    def __init__(self, shown):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(shown.replace(OWN, ""))

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def is_harmless(shown):
    read = Reader(shown)
    addresses = [value or "" for name, value in read.attributes if name in {"href", "src"}]
    return (
        read.tags <= TAGS
        and {name for name, _value in read.attributes} <= ATTRIBUTES
        and all(value.startswith(("/soeg/", "https://example.org", "/media/images/a.png")) for value in addresses)
    )


def codes(source):
    return [finding.code for finding in faults_in_markup(source)]


def lines(source, code):
    return [finding.line for finding in faults_in_markup(source) if finding.code == code]


@pytest.mark.parametrize("attack", XSS)
def test_an_attack_is_refused_in_its_line_and_harmless_even_if_it_were_kept(attack):
    source = WHOLE + attack

    shown = filled(source, VALUES, REGIONS)

    assert any(finding.line >= 7 for finding in faults_in_markup(source))
    assert is_harmless(shown)
    assert REGIONS["region.apply"] in shown


@pytest.mark.parametrize("attack", XSS)
def test_an_attack_in_the_words_of_an_ad_stays_words(attack):
    values = {"ad": {"title": attack, "intro": attack}, "word": {"key_facts": attack}}

    shown = filled(WHOLE, values, REGIONS)

    assert is_harmless(shown)


@pytest.mark.parametrize("attack", ["<script>x</script>", "<p onclick=x>", "<a href='javascript:x'>", "<p id=x>"])
def test_the_reader_of_these_tests_knows_harm_when_it_sees_it(attack):
    assert not is_harmless(f"<p>{attack}</p>")


def test_values_are_escaped_and_regions_are_the_portals_own():
    shown = filled(WHOLE, VALUES, REGIONS)

    assert faults_in_markup(WHOLE) == []
    assert "&lt;b&gt;Kontorchef&lt;/b&gt;" in shown
    assert all(piece in shown for piece in REGIONS.values())


@pytest.mark.parametrize("written", [
    "<a title='{{ region.apply }}'>x</a>", '<a class="{{ region.apply }}">x</a>', "<ad-slot data-slot='region.apply'></ad-slot>",
])  # fmt: skip
def test_a_region_is_put_in_once_and_never_into_an_attribute(written):
    shown = filled(WHOLE.replace("{{ region.apply }}", written + "{{ region.apply }}"), VALUES, REGIONS)

    assert shown.count('id="own"') == 1
    assert not re.search(r"<[^>]*=\"[^\"]*<a id", shown)


@pytest.mark.parametrize(("taken", "code"), [
    ("{{ region.apply }}", "missing"), ("{{ region.blocks }}", "missing"), ("{{ region.how }}", "missing"),
    ("{{ region.facts }}", "missing"), ("{{ ad.title }}", "missing"), ("{{ ad.intro }}", "missing"),
])  # fmt: skip
def test_nothing_that_an_ad_needs_can_be_left_out(taken, code):
    assert code in codes(WHOLE.replace(taken, "x"))
    assert codes(WHOLE) == []


def test_key_facts_may_be_written_as_a_loop():
    loop = "<dl>{% for line in facts %}<dt>{{ line.label }}</dt><dd>{{ line.value }}</dd>{% endfor %}</dl>"

    source = WHOLE.replace("{{ region.facts }}", loop)

    assert codes(source) == []
    assert "<dd>&lt;i&gt;10&lt;/i&gt;</dd>" in filled(source, VALUES, REGIONS)


def test_the_way_to_apply_stands_exactly_once_and_always():
    assert lines(WHOLE + "{{ region.apply }}", "twice") == [7]
    hidden = WHOLE.replace("{{ region.apply }}", "{% if ad.is_open %}\n{{ region.apply }}{% endif %}")
    assert lines(hidden, "conditional") == [5]
    assert "missing" in codes(WHOLE.replace("{{ region.apply }}", "<!-- {{ region.apply }} -->"))
    assert "missing" in codes(WHOLE.replace("{{ region.apply }}", "{% comment %}{{ region.apply }}{% endcomment %}"))


@pytest.mark.parametrize(("added", "line", "code"), [
    ("\n\n{{ ad.salary }}", 9, "unknown_field"), ("\n{{ ad.title.nope | shout }}", 8, "unknown_filter"), ("{% include 'x' %}", 7, "syntax"),
    ("{% for i in (1..999999999) %}x{% endfor %}", 7, "range"), ("\n{% if %}x{% endif %}", 8, "syntax"), ("{{ case.title }}", 7, "unknown_field"),
    ("\n<div>", 8, "unclosed"), ("</div>", 7, "unopened"), ("<h1>x</h1>", 7, "h1"), ("<h4>x</h4>", 7, "heading_order"),
    ("<img src=/media/images/a.png>", 7, "alt_missing"), ("<p>{{ region.news }}</p>", 7, "misplaced"),
    ("<a href='https://x.example'>{{ region.logo }}</a>", 7, "misplaced"), ("<p title=x>x</p>", 7, "attribute"),
])  # fmt: skip
def test_a_fault_has_its_line(added, line, code):
    assert (line, code) in [(finding.line, finding.code) for finding in faults_in_markup(WHOLE + added)]


@pytest.mark.parametrize("bomb", [
    "{% assign a = 'xxxxxxxxxx' %}" + "{% assign a = a | append: a %}" * 60, "{% for a in facts %}" * 13 + "{% endfor %}" * 13,
    "{{ ad.title | truncate: ad.title }}", "{{ 1 | modulo: 0 }}",
])  # fmt: skip
def test_a_template_that_asks_too_much_is_given_up_and_the_ad_shown_plain(bomb):
    assert filled(WHOLE + bomb, VALUES, REGIONS) is None


@pytest.mark.parametrize(
    "pair",
    ["color:#777;background:#fff", "color:var(--ad-accent);background-color:black", "color:#999;background:white"],
)
def test_a_pair_that_nobody_can_read_is_refused(pair):
    found = faults_in_css(f"h1{{color:#000}}\n.x{{{pair}}}", {"--ad-accent": "#222222"})

    assert [(finding.line, finding.code) for finding in found] == [(2, "contrast")]


def test_a_pair_that_can_be_read_is_not():
    assert faults_in_css(".x{color:#fff;background:var(--ad-accent)}", {"--ad-accent": "#222222"}) == []


@pytest.mark.parametrize(("written", "code"), [
    (".x{display:none}", "hidden"), ("a{outline:none}", "outline"), (".x{animation:a 1s}", "motion"),
])  # fmt: skip
def test_what_may_be_meant_is_only_warned_of(written, code):
    assert [(finding.code, finding.is_warning) for finding in faults_in_css(written, {})] == [(code, True)]
