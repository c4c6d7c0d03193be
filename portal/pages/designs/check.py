"""Everything that is looked at before a layout is kept: that it can be shown, leaks nothing, and can be read by everybody."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from portal.pages.colour import ENOUGH, contrast
from portal.pages.designs import css, html, liquid
from portal.pages.designs.fields import COMPULSORY, PALETTE
from portal.pages.designs.findings import Finding

HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE)
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*\)\Z")
NAMED = {"white": "#ffffff", "black": "#000000"}
FACTS = r"\{\{-?\s*region\.facts\b|\{%-?\s*for\s+\w+\s+in\s+facts\b"
#: Our own blocks bring headings of the second level.
LEVEL_OF_BLOCKS = 2


def faults_in_markup(source: str) -> list[Finding]:
    """Of the template: Liquid first, and where that holds the HTML and what an ad must have."""
    found = liquid.faults(source, PALETTE)
    if found:
        return found
    read = html.Source(source)
    return [*read.findings, *_faults_in_contents(source, read), *_faults_in_headings(read)]


def _faults_in_contents(source: str, read: html.Source) -> Iterator[Finding]:
    """What must be there, and how often."""
    met = [name for name, _line in read.slots]
    lines = dict(read.slots)
    for name in COMPULSORY:
        if name not in met:
            yield Finding(1, "missing", _("{{ %s }} is missing.") % name)
    for name in sorted({name for name in met if met.count(name) > 1}):
        yield Finding(lines[name], "twice", _("{{ %s }} may stand only once.") % name)
    for pattern, name in (
        (FACTS, "region.facts"),
        (r"\{\{-?\s*ad\.title\b", "ad.title"),
        (r"\{\{-?\s*ad\.intro\b", "ad.intro"),
    ):
        if not any(html.mentions(source, pattern)):
            yield Finding(1, "missing", _("{{ %s }} is missing.") % name)
    yield from _conditional(source)


def _conditional(source: str) -> Iterator[Finding]:
    """A region inside an `if` or a loop would be there for some ads only, or many times."""
    depth = 0
    bare = html.COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source)
    for tag in re.finditer(
        r"\{%-?\s*(end)?(if|unless|for|case|capture)\b|\{\{-?\s*(region\.(?:apply|blocks|how))\b", bare
    ):
        if tag[3] and depth:
            line = liquid.line_at(bare, tag.start())
            yield Finding(line, "conditional", _("{{ %s }} must always be shown, once.") % tag[3])
        elif tag[2]:
            depth += -1 if tag[1] else 1


def _faults_in_headings(read: html.Source) -> Iterator[Finding]:
    levels = read.headings
    firsts = [line for level, line in levels if level == 1]
    if not firsts:
        yield Finding(1, "h1", _("The ad needs a <h1> with its title."))
    for line in firsts[1:]:
        yield Finding(line, "h1", _("There can be one <h1> only."))
    if levels and levels[0][0] != 1:
        yield Finding(levels[0][1], "heading_order", _("The first heading must be the <h1>."))
    for (before, _line), (level, line) in pairwise(levels):
        if level > max(before, LEVEL_OF_BLOCKS) + 1 or (before == 1 and level > LEVEL_OF_BLOCKS):
            yield Finding(
                line,
                "heading_order",
                _("<h%(level)d> follows <h%(before)d>: a level is left out.") % {"level": level, "before": before},
            )


def faults_in_css(source: str, known: Mapping[str, str]) -> list[Finding]:
    """Of the stylesheet; `known` holds the custom properties that the theme sets."""
    sheet = css.scoped(source, ".ad", "ad")
    return [*sheet.findings, *_pale(sheet.blocks, known), *_restless(source, sheet)]


def _pale(blocks: Iterable[tuple[int, Mapping[str, str]]], known: Mapping[str, str]) -> Iterator[Finding]:
    """Pairs that a rule declares together and that can be computed."""
    for line, declared in blocks:
        ink = _colour(declared.get("color", ""), known)
        ground = _colour(declared.get("background-color", declared.get("background", "")), known)
        if ink and ground and (found := contrast(ink, ground)) < ENOUGH:
            yield Finding(
                line,
                "contrast",
                _("The contrast is %(found).1f to 1; text needs at least 4.5 to 1.") % {"found": found},
            )


def _colour(value: str, known: Mapping[str, str]) -> str | None:
    value = value.strip().lower()
    if variable := VARIABLE.match(value):
        value = known.get(variable[1], "")
    value = NAMED.get(value, value)
    if not HEX.match(value):
        return None
    return value if len(value) == 7 else "#" + "".join(2 * character for character in value[1:])


def _restless(source: str, sheet: css.Sheet) -> Iterator[Finding]:
    """Warnings: movement for people who asked for none, outlines taken away."""
    moves = next(
        (line for line, declared in sheet.blocks if any(name.startswith("animation") for name in declared)), None
    )
    if moves and "prefers-reduced-motion" not in source:
        yield Finding(
            moves, "motion", _("Let movement stop with @media (prefers-reduced-motion: reduce)."), is_warning=True
        )
    for line, declared in sheet.blocks:
        if declared.get("outline", "").strip() in {"none", "0"}:
            yield Finding(line, "outline", _("People who use the keyboard need the outline."), is_warning=True)
