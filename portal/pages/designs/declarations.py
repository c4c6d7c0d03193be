"""Declarations of a layout's CSS: known properties with values that stay inside the ad and fetch nothing from outside."""

from collections.abc import Iterator, Mapping
from typing import Any

import tinycss2
from django.utils.translation import gettext_lazy as _

from portal.pages.designs.findings import Finding
from portal.pages.designs.vocabulary import (
    FARTHEST,
    FARTHEST_OF_WINDOW,
    FUNCTIONS,
    OWN_PICTURE,
    POSITIONS,
    is_property,
)

NAMES_KEYFRAMES = frozenset({"animation", "animation-name"})
SIGNS = frozenset({",", "/", "+", "-", "*", ":", "."})
PLAIN = frozenset({"ident", "literal", "whitespace", "comment", "hash", "string", "unicode-range"})
HIDING = {("display", "none"), ("visibility", "hidden")}


def cleaned(content: list[Any], keyframes: Mapping[str, str], findings: list[Finding]) -> list[tuple[str, str, int]]:
    """Name, value and line of each declaration in a block; what is refused is added to `findings`."""
    kept = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        found = list(_faults_of(node))
        findings.extend(found)
        if node.type == "declaration" and not any(not finding.is_warning for finding in found):
            name = node.name if node.name.startswith("--") else node.lower_name
            kept.append((name, _written(node, keyframes), node.source_line))
    return kept


def _written(node: Any, keyframes: Mapping[str, str]) -> str:
    value = node.value
    if node.lower_name in NAMES_KEYFRAMES and keyframes:
        renamed = (keyframes.get(t.value) if t.type == "ident" else None for t in value)
        return "".join(new or tinycss2.serialize([t]) for new, t in zip(renamed, value, strict=True)).strip()
    return tinycss2.serialize([token for token in value if token.type != "comment"]).strip()


def _faults_of(node: Any) -> Iterator[Finding]:
    line = node.source_line
    if node.type == "error":
        yield Finding(line, "syntax", _("This cannot be understood as CSS: %s") % node.message)
    elif node.type != "declaration":
        yield Finding(line, "nested", _("Rules cannot stand inside rules; write the whole selector."))
    elif node.important:
        yield Finding(line, "important", _("“!important” is not needed: the layout's rules come last."))
    elif not node.name.startswith("--") and not is_property(node.lower_name):
        yield Finding(line, "property", _("“%s” is not a property that a layout may set.") % node.name)
    else:
        yield from _faults_in_value(node)


def _faults_in_value(node: Any) -> Iterator[Finding]:
    value = tinycss2.serialize(node.value).strip().lower()
    if node.lower_name == "position" and value not in POSITIONS:
        yield Finding(
            node.source_line, "position", _("Only static, relative and absolute positions stay inside the ad.")
        )
    if (node.lower_name, value) in HIDING:
        yield Finding(
            node.source_line, "hidden", _("What is hidden is hidden from everybody, also on a phone."), is_warning=True
        )
    for token in node.value:
        yield from _fault_of_token(token, node.source_line)


def _fault_of_token(token: Any, line: int) -> Iterator[Finding]:
    at = token.source_line or line
    if token.type == "url":
        yield from _address_fault(token.value, at)
    elif token.type == "function":
        yield from _function_fault(token, at)
    elif token.type in {"() block", "[] block"}:
        for inner in token.content:
            yield from _fault_of_token(inner, at)
    elif token.type in {"dimension", "percentage", "number"}:
        yield from _distance_fault(token, at)
    elif token.type == "literal" and token.value not in SIGNS:
        yield Finding(at, "value", _("“%s” has no place in a value.") % token.value)
    elif token.type not in PLAIN:
        yield Finding(at, "value", _("This value cannot be understood."))


def _function_fault(token: Any, at: int) -> Iterator[Finding]:
    name = token.lower_name
    if name == "url":
        inner = [t for t in token.arguments if t.type != "whitespace"]
        if len(inner) == 1 and inner[0].type == "string":
            yield from _address_fault(inner[0].value, at)
        else:
            yield Finding(at, "address", _("Only pictures of the portal's own library can be used."))
        return
    if name not in FUNCTIONS:
        yield Finding(at, "function", _("“%s()” cannot be used in a layout.") % token.name)
    for inner in token.arguments:
        yield from _fault_of_token(inner, at)


def _address_fault(address: str, at: int) -> Iterator[Finding]:
    if not OWN_PICTURE.match(address) or ".." in address:
        yield Finding(at, "address", _("Only pictures of the portal's own library can be used."))


def _distance_fault(token: Any, at: int) -> Iterator[Finding]:
    unit = "%" if token.type == "percentage" else getattr(token, "lower_unit", "")
    farthest = FARTHEST.get(unit, FARTHEST_OF_WINDOW if unit.startswith(("v", "sv", "lv", "dv", "cq")) else 1_000_000)
    if not -farthest <= token.value <= farthest:
        yield Finding(at, "too_far", _("%s is farther than a layout reaches.") % tinycss2.serialize([token]))
