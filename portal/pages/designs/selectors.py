"""Selectors of a layout's CSS: each is led under the ad's own element, or refused."""

from collections.abc import Iterator
from typing import Any

import tinycss2
from django.utils.translation import gettext_lazy as _

from portal.pages.designs.findings import Finding
from portal.pages.designs.vocabulary import ATTRIBUTES, OUTSIDE, PSEUDO_CLASSES, PSEUDO_ELEMENTS, TAKES_SELECTORS

COMBINATORS = frozenset({">", "+", "~"})
SIBLINGS = frozenset({"+", "~"})


def scoped_selectors(prelude: list[Any], scope: str, line: int, findings: list[Finding]) -> str:
    """The list of selectors with each under `scope`; what cannot be led there is added to `findings`."""
    led = []
    for tokens in _parts(prelude):
        before = len(findings)
        is_own = _begins_with_scope(tokens)
        rest = tokens[2:] if is_own else tokens
        findings.extend(_faults(rest, line, inside=False))
        findings.extend(_ways_out(rest, line, is_own=is_own))
        if len(findings) == before:
            written = tinycss2.serialize(rest)
            led.append(f"{scope}{written}" if is_own else f"{scope} {written}")
    return ",".join(led)


def _parts(tokens: list[Any]) -> Iterator[list[Any]]:
    """Split at commas, without blanks at either end."""
    part: list[Any] = []
    for token in [*tokens, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            yield _stripped(part)
            part = []
        elif token.type != "comment":
            part.append(token)


def _stripped(tokens: list[Any]) -> list[Any]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].type == "whitespace":
        start += 1
    while end > start and tokens[end - 1].type == "whitespace":
        end -= 1
    return tokens[start:end]


def _begins_with_scope(tokens: list[Any]) -> bool:
    return len(tokens) > 1 and _is(tokens[0], ":") and tokens[1].type == "ident" and tokens[1].lower_value == "scope"


def _is(token: Any, value: str) -> bool:
    return bool(token.type == "literal" and token.value == value)


def _ways_out(tokens: list[Any], line: int, *, is_own: bool) -> Iterator[Finding]:
    """The ad's own element has siblings that are not the ad's; no selector is empty or begins in the air."""
    if not tokens:
        if not is_own:
            yield Finding(line, "selector", _("A selector is missing."))
        return
    first = _first_combinator(tokens) if is_own else tokens[0]
    if first is not None and first.type == "literal" and first.value in (SIBLINGS if is_own else COMBINATORS):
        yield Finding(first.source_line, "outside", _("The selector leads out of the ad."))
    last = tokens[-1]
    if last.type == "literal" and last.value in COMBINATORS | {":", "."}:
        yield Finding(last.source_line, "selector", _("The selector is not finished."))


def _first_combinator(tokens: list[Any]) -> Any:
    """The token that leads away from the first element: a combinator, or whatever follows a blank."""
    for at, token in enumerate(tokens):
        if token.type == "literal" and token.value in COMBINATORS:
            return token
        if token.type == "whitespace":
            return next((t for t in tokens[at:] if t.type != "whitespace"), None)
    return None


def _faults(tokens: list[Any], line: int, *, inside: bool) -> Iterator[Finding]:
    before: Any = None
    for token in tokens:
        yield from _fault_of(token, before, line, inside=inside)
        before = token


def _fault_of(token: Any, before: Any, line: int, *, inside: bool) -> Iterator[Finding]:
    at = token.source_line or line
    after_colon = before is not None and _is(before, ":")
    if token.type == "ident":
        yield from _name_fault(token, before, at, after_colon=after_colon)
    elif token.type == "function":
        yield from _function_fault(token, at, after_colon=after_colon)
    elif token.type == "[] block":
        yield from _attribute_fault(token, at)
    elif token.type == "literal":
        if token.value not in COMBINATORS | {".", ":", "*"}:
            yield Finding(at, "selector", _("“%s” has no place in a selector here.") % token.value)
        elif inside and token.value in COMBINATORS and before is None:
            yield Finding(at, "outside", _("The selector leads out of the ad."))
    elif token.type not in {"whitespace", "hash"}:
        yield Finding(at, "selector", _("This selector cannot be understood."))


def _name_fault(token: Any, before: Any, at: int, *, after_colon: bool) -> Iterator[Finding]:
    name = token.lower_value
    if after_colon:
        if name == "scope" or name not in PSEUDO_CLASSES | PSEUDO_ELEMENTS or name in TAKES_SELECTORS:
            yield Finding(at, "pseudo", _("“:%s” cannot be used here.") % token.value)
    elif (before is None or not _is(before, ".")) and name in OUTSIDE:
        yield Finding(at, "outside", _("“%s” is not part of the ad.") % token.value)


def _function_fault(token: Any, at: int, *, after_colon: bool) -> Iterator[Finding]:
    name = token.lower_name
    if not after_colon or name not in PSEUDO_CLASSES:
        yield Finding(at, "pseudo", _("“:%s()” cannot be used here.") % token.name)
    elif name in TAKES_SELECTORS:
        for part in _parts(token.arguments):
            if not part:
                yield Finding(at, "selector", _("A selector is missing."))
            yield from _faults(part, at, inside=True)
    elif any(inner.type not in {"ident", "number", "dimension", "whitespace", "literal"} for inner in token.arguments):
        yield Finding(at, "selector", _("This selector cannot be understood."))


def _attribute_fault(token: Any, at: int) -> Iterator[Finding]:
    inner = [t for t in token.content if t.type != "whitespace"]
    if not inner or inner[0].type != "ident" or not ATTRIBUTES.match(inner[0].lower_value):
        yield Finding(at, "attribute", _("Elements cannot be chosen by this attribute."))
    elif any(t.type not in {"ident", "string", "literal"} for t in inner):
        yield Finding(at, "selector", _("This selector cannot be understood."))
