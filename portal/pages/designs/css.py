"""The CSS of a layout: parsed, refused line by line where it could leak or cover, and written out under the ad's own element."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tinycss2
from django.utils.translation import gettext_lazy as _

from portal.pages.designs.declarations import cleaned
from portal.pages.designs.findings import Finding
from portal.pages.designs.selectors import scoped_selectors

LONGEST = 60_000
VERSION = 1  # raise it when what is written out changes: browsers keep stylesheets for good
CONDITIONS = frozenset({"media", "supports", "container"})
IN_CONDITION = frozenset({"ident", "whitespace", "comment", "number", "dimension", "percentage", "literal"})
PAIRS = {"(": ")", "[": "]", "{": "}"}
SKIPPED = re.compile(r"/\*.*?(?:\*/|\Z)|\"[^\"\n]*(?:\"|$)|'[^'\n]*(?:'|$)", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"[a-z][a-z0-9-]{0,40}\Z", re.IGNORECASE)
WRITTEN_AS = ((re.compile(r"\\"), "escape", _("Write the character itself instead of an escape.")),
              (re.compile(r"</|<!--|-->"), "markup", _("There is no mark-up in CSS.")),
              (re.compile(r"\x00"), "syntax", _("There is a character that nobody can see.")))  # fmt: skip


@dataclass
class Sheet:
    """`css` holds only what may be served; `blocks` each rule's line and plain declarations, for the checks."""

    css: str = ""
    findings: list[Finding] = field(default_factory=list)
    blocks: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @property
    def refused(self) -> list[Finding]:
        """What must be mended."""
        return [finding for finding in self.findings if not finding.is_warning]


@dataclass
class _Writer:
    scope: str
    keyframes: Mapping[str, str]
    sheet: Sheet

    def rules(self, nodes: list[Any]) -> str:
        return "".join(self._rule(node) for node in nodes)

    def _rule(self, node: Any) -> str:
        if node.type == "qualified-rule":
            return self._qualified(node)
        if node.type == "at-rule":
            return self._at(node)
        message = _("This cannot be understood as CSS: %s") % getattr(node, "message", node.type)
        return self._refuse(node.source_line, "syntax", message)

    def _qualified(self, node: Any) -> str:
        chosen = scoped_selectors(node.prelude, self.scope, node.source_line, self.sheet.findings)
        lines = cleaned(node.content, self.keyframes, self.sheet.findings)
        self.sheet.blocks.append((node.source_line, {name: value for name, value, _line in lines}))
        return f"{chosen}{{{_joined(lines)}}}\n" if chosen and lines else ""

    def _at(self, node: Any) -> str:
        name = node.lower_at_keyword
        if name == "keyframes":
            return self._keyframes(node)
        if name not in CONDITIONS:
            return self._refuse(node.source_line, "at_rule", _("“@%s” cannot be used in a layout.") % node.at_keyword)
        if node.content is None or not all(map(_fits_condition, node.prelude)):
            return self._refuse(node.source_line, "condition", _("The condition cannot be understood."))
        inner = self.rules(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))
        return f"@{name} {tinycss2.serialize(node.prelude).strip()}{{{inner}}}\n" if inner else ""

    def _keyframes(self, node: Any) -> str:
        name = _keyframes_name(node)
        if name is None or node.content is None:
            return self._refuse(
                node.source_line, "keyframes", _("Give the keyframes a name of letters, digits and hyphens.")
            )
        steps = []
        for step in tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True):
            if step.type != "qualified-rule" or not all(t.type in _STEP or _is_comma(t) for t in step.prelude):
                self._refuse(step.source_line, "keyframes", _("A step is from, to or a percentage."))
                continue
            lines = cleaned(step.content, self.keyframes, self.sheet.findings)
            steps.append(f"{tinycss2.serialize(step.prelude).strip()}{{{_joined(lines)}}}")
        return f"@keyframes {self.keyframes[name]}{{{''.join(steps)}}}\n"

    def _refuse(self, line: int, code: str, message: Any) -> str:
        self.sheet.findings.append(Finding(line, code, message))
        return ""


_STEP = frozenset({"ident", "percentage", "whitespace"})


def _is_comma(token: Any) -> bool:
    return bool(token.type == "literal" and token.value == ",")


def _joined(lines: list[tuple[str, str, int]]) -> str:
    return ";".join(f"{name}:{value}" for name, value, _line in lines)


def _fits_condition(token: Any) -> bool:
    if token.type == "() block":
        return all(map(_fits_condition, token.content))
    return token.type in IN_CONDITION


def _keyframes_name(node: Any) -> str | None:
    inner = [t for t in node.prelude if t.type not in {"whitespace", "comment"}]
    is_name = len(inner) == 1 and inner[0].type == "ident" and NAME.match(inner[0].value)
    return str(inner[0].value) if is_name else None


def scoped(source: str, scope: str, prefix: str) -> Sheet:
    """`source` with every selector under `scope` and every keyframes' name behind `prefix`.

    `css` is safe to serve even where there are findings: what was refused is not in it.
    """
    sheet = Sheet()
    sheet.findings.extend(_faults_of_writing(source))
    if sheet.findings:
        return sheet
    nodes = tinycss2.parse_stylesheet(source, skip_comments=True, skip_whitespace=True)
    names = {name: f"{prefix}-{name}" for name in map(_keyframes_name, _all_keyframes(nodes)) if name}
    sheet.css = _Writer(scope, names, sheet).rules(nodes)
    return sheet


def _all_keyframes(nodes: list[Any]) -> Iterator[Any]:
    for node in nodes:
        if node.type == "at-rule" and node.lower_at_keyword == "keyframes":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword in CONDITIONS and node.content is not None:
            yield from _all_keyframes(tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True))


def _faults_of_writing(source: str) -> Iterator[Finding]:
    """What is seen before parsing: tricks of writing, and braces that do not meet."""
    if len(source) > LONGEST:
        yield Finding(1, "too_long", _("The CSS is too long."))
        return
    for pattern, code, message in WRITTEN_AS:
        if found := pattern.search(source):
            yield Finding(source.count("\n", 0, found.start()) + 1, code, message)
    yield from _unbalanced(source)


def _unbalanced(source: str) -> Iterator[Finding]:
    for comment in SKIPPED.finditer(source):
        if comment[0].startswith("/*") and not (comment[0].endswith("*/") and len(comment[0]) > 3):
            yield Finding(source.count("\n", 0, comment.start()) + 1, "unbalanced", _("“%s” is never closed.") % "/*")
    yield from _unmet_braces(source)


def _unmet_braces(source: str) -> Iterator[Finding]:
    bare = SKIPPED.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    opened: list[tuple[str, int]] = []
    line = 1
    for character in bare:
        if character == "\n":
            line += 1
        elif character in PAIRS:
            opened.append((character, line))
        elif character in PAIRS.values():
            if not opened or PAIRS[opened[-1][0]] != character:
                yield Finding(line, "unbalanced", _("“%s” closes nothing.") % character)
                return
            opened.pop()
    if opened:
        yield Finding(opened[-1][1], "unbalanced", _("“%s” is never closed.") % opened[-1][0])
