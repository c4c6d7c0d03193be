"""Liquid for people outside the house: plain values from a palette, no loader, bounded work, errors with their line."""

import functools
import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from liquid import BoundTemplate, Environment
from liquid.exceptions import LiquidError

from portal.pages.designs.findings import Finding, Refused

LONGEST = 30_000
TAGS = frozenset({"#", "assign", "break", "capture", "case", "comment", "content", "continue", "for", "if", "illegal",
                  "output", "unless"})  # fmt: skip
TAGS_OF_WORDS = frozenset({"content", "illegal", "output"})
#: None that joins, splits or replaces: two of those in a row make a gigabyte of a page.
FILTERS = frozenset({"append", "capitalize", "default", "downcase", "escape", "first", "last", "minus", "modulo", "plus", "prepend",
                     "size", "slice", "strip", "truncate", "truncatewords", "upcase", "where"})  # fmt: skip

#: A row of numbers, `(1..9)`: written in ten characters, and as long as all memory.
RANGE = re.compile(r"\{[{%](?:[^\"'%}]|\"[^\"]*\"|'[^']*'|%(?!\})|\}(?!\}))*?\.\.", re.DOTALL)

#: Names that a source may use: each field stands alone (None), or has fields of its own.
Palette = Mapping[str, frozenset[str] | None]


class Sandbox(Environment):
    """Limits in steps, bytes, characters and levels."""

    loop_iteration_limit = 400
    local_namespace_limit = 60_000
    output_stream_limit = 200_000
    context_depth_limit = 12
    block_nesting_limit = 12


@functools.cache
def sandbox(tags: frozenset[str] = TAGS, *, escape: bool = True) -> Sandbox:
    """An environment that knows these tags and our filters and nothing else."""
    made = Sandbox(autoescape=escape)
    for name in set(made.tags) - tags:
        del made.tags[name]
    for name in set(made.filters) - FILTERS:
        del made.filters[name]
    return made


@functools.lru_cache(maxsize=128)
def parsed(source: str, tags: frozenset[str] = TAGS, *, escape: bool = True) -> BoundTemplate:
    """The template. Raises Refused with the line at which it stops making sense."""
    if len(source) > LONGEST:
        raise Refused(Finding(1, "too_long", _("The template is too long.")))
    if found := RANGE.search(source):
        raise Refused(Finding(line_at(source, found.end()), "range", _("Rows of numbers cannot be used.")))
    try:
        return sandbox(tags, escape=escape).from_string(source)
    except LiquidError as error:
        raise Refused(Finding(_line_of(error), "syntax", _plain(error))) from error


def _line_of(error: LiquidError) -> int:
    token = getattr(error, "token", None)
    source, start = getattr(token, "source", None), getattr(token, "start_index", None)
    return line_at(source, start) if isinstance(source, str) and isinstance(start, int) else 1


def _plain(error: LiquidError) -> Any:
    return _("The template cannot be understood: %s") % str(error).splitlines()[0]


def line_at(source: str, index: int) -> int:
    """The line, counted from one, in which a character stands."""
    return source.count("\n", 0, index) + 1


def paths_used(source: str, tags: frozenset[str] = TAGS) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every field that the source asks for, as the names in it, with its line."""
    for variables in parsed(source, tags).analyze().globals.values():
        for variable in variables:
            yield tuple(str(segment) for segment in variable.segments), line_at(source, variable.span.index)


def faults(source: str, palette: Palette, tags: frozenset[str] = TAGS) -> list[Finding]:
    """What cannot be understood, or asks for a field or a filter that does not exist."""
    try:
        template = parsed(source, tags)
    except Refused as refused:
        return refused.findings
    unknown = [
        Finding(line, "unknown_field", _("There is no field called “%s”.") % ".".join(path))
        for path, line in paths_used(source, tags)
        if not _is_known(path, palette)
    ]
    for name, spans in template.analyze().filters.items():
        if name not in FILTERS:
            unknown += [
                Finding(line_at(source, span.index), "unknown_filter", _("There is no filter called “%s”.") % name)
                for span in spans
            ]
    return unknown


def _is_known(path: tuple[str, ...], palette: Palette) -> bool:
    if path[0] not in palette:
        return False
    fields = palette[path[0]]
    if fields is None:
        return True
    return len(path) > 1 and path[1] in fields


def rendered(source: str, values: Mapping[str, Any], tags: frozenset[str] = TAGS, *, escape: bool = True) -> str:
    """The source with plain values put in, escaped unless somebody else does it. Raises Refused where it asks too much."""
    try:
        return str(parsed(source, tags, escape=escape).render(**values))
    except (LiquidError, RecursionError, ValueError, TypeError, OverflowError) as error:
        first = _plain(error) if isinstance(error, LiquidError) else _("The template cannot be understood: %s") % error
        raise Refused(Finding(_line_of(error) if isinstance(error, LiquidError) else 1, "render", first)) from error
