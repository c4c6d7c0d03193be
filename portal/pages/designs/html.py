"""The HTML of a layout: what may stand in it, how it is cleaned when it is shown, and what is wrong with its source."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import nh3
from django.utils.translation import gettext_lazy as _

from portal.pages.designs.findings import Finding
from portal.pages.designs.liquid import line_at
from portal.pages.designs.vocabulary import OWN_PICTURE

FLOW = frozenset(
    {"div", "section", "header", "footer", "aside", "figure", "li", "td", "th", "dd", "details", "blockquote"}
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
TAGS = FLOW | HEADINGS | frozenset({
    "a", "abbr", "address", "b", "br", "caption", "dl", "dt", "em", "figcaption", "hr", "i", "img", "mark", "ol", "p", "small",
    "span", "strong", "sub", "summary", "sup", "table", "tbody", "thead", "time", "tr", "ul",
})  # fmt: skip
VOID = frozenset({"br", "hr", "img"})
GLOBAL_ATTRIBUTES = frozenset({"class", "lang", "dir", "aria-label", "aria-hidden"})
ATTRIBUTES = {
    "a": frozenset({"href"}), "img": frozenset({"src", "alt", "width", "height"}), "time": frozenset({"datetime"}),
    "th": frozenset({"scope", "colspan", "rowspan"}), "td": frozenset({"colspan", "rowspan"}), "ol": frozenset({"start"}),
    "abbr": frozenset({"title"}),
}  # fmt: skip
SCHEMES = frozenset({"https", "http", "mailto", "tel"})
SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
#: Where a region of the portal's own mark-up will stand; its number is that of the region.
SLOT = "ad-slot"
SLOT_WRITTEN = re.compile(rf'<{SLOT} data-slot="([a-z_.]+)"></{SLOT}>')
OUTPUT = re.compile(r"\{\{-?\s*(region|block)\.([a-z_]+)\s*-?\}\}")
LIQUID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
#: Regions that are a picture or a link; the others hold paragraphs and lists.
IN_A_LINE = frozenset({"region.apply", "region.logo", "region.picture"})
COMMENT = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)


def slot(name: str) -> str:
    """The mark that stands for a region until the writer's own HTML has been cleaned."""
    return f'<{SLOT} data-slot="{name}"></{SLOT}>'


def cleaned(html: str) -> str:
    """Only known tags and attributes, safe links, pictures of our own; slots stay."""
    return nh3.clean(
        html, tags=set(TAGS | {SLOT}),
        attributes={"*": set(GLOBAL_ATTRIBUTES), SLOT: {"data-slot"}, **{tag: set(names) for tag, names in ATTRIBUTES.items()}},
        attribute_filter=_kept, url_schemes=set(SCHEMES), link_rel="noopener", strip_comments=True,
    )  # fmt: skip


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "src" and not (OWN_PICTURE.match(value) and ".." not in value):
        return None
    if attribute == "href" and not SAFE_LINK.match(value):
        return None
    return value


class Source(HTMLParser):
    """Reads a template with its Liquid blanked out, and notes what would be lost or would break the page."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.findings: list[Finding] = []
        self.open: list[tuple[str, int]] = []
        self.headings: list[tuple[int, int]] = []
        self.slots: list[tuple[str, int]] = []
        self.feed(_without_liquid(source))
        self.close()
        for tag, line in self.open:
            self._note(line, "unclosed", _("<%s> is never closed.") % tag)

    def _note(self, line: int, code: str, message: Any) -> None:
        self.findings.append(Finding(line, code, message))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag == SLOT:
            self._meet_slot(dict(attrs)["data-slot"] or "", line)
            return
        if tag not in TAGS:
            self._note(line, "tag", _("<%s> cannot be used in a layout.") % tag)
        for name, value in attrs:
            self._meet_attribute(tag, name, value or "", line)
        if tag == "img" and not any(name == "alt" for name, _value in attrs):
            self._note(
                line, "alt_missing", _('The picture has no text alternative; write alt="" where it only decorates.')
            )
        if tag in HEADINGS:
            self.headings.append((int(tag[1]), line))
        if tag not in VOID:
            self.open.append((tag, line))

    def handle_endtag(self, tag: str) -> None:
        if tag == SLOT:
            return
        if not self.open or self.open[-1][0] != tag:
            self._note(self.getpos()[0], "unopened", _("</%s> closes nothing here.") % tag)
            return
        self.open.pop()

    def handle_comment(self, data: str) -> None:
        self._note(self.getpos()[0], "comment", _("Write comments as {% comment %} … {% endcomment %}."))

    def handle_decl(self, decl: str) -> None:
        self._note(self.getpos()[0], "tag", _("Write only what stands inside the ad."))

    unknown_decl = handle_pi = handle_decl

    def _meet_slot(self, name: str, line: int) -> None:
        self.slots.append((name, line))
        around = [tag for tag, _line in self.open]
        fitting = FLOW | {"p", "span"} if name in IN_A_LINE else FLOW
        if around and (around[-1] not in fitting or "a" in around):
            self._note(line, "misplaced", _("A region cannot stand inside <%s>.") % around[-1])

    def _meet_attribute(self, tag: str, name: str, value: str, line: int) -> None:
        if name not in GLOBAL_ATTRIBUTES | ATTRIBUTES.get(tag, frozenset()):
            self._note(line, "attribute", _("“%s” cannot be used here.") % name)
        elif SLOT in value:
            self._note(line, "misplaced", _("A region cannot stand in an attribute."))
        elif name == "href" and not SAFE_LINK.match(value):
            self._note(line, "address", _("A link leads to https://, mailto:, tel: or a path."))
        elif name == "src" and (not OWN_PICTURE.match(value) or ".." in value):
            self._note(line, "address", _("Only pictures of the portal's own library can be used."))


def _without_liquid(source: str) -> str:
    bare = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source)
    slotted = OUTPUT.sub(lambda match: slot(f"{match[1]}.{match[2]}"), bare)
    return LIQUID.sub(lambda match: ("·" if match[0].startswith("{{") else "") + "\n" * match[0].count("\n"), slotted)


def mentions(source: str, pattern: str) -> Iterator[int]:
    """Lines in which the template prints something that fits."""
    bare = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), source)
    for found in re.finditer(pattern, bare):
        yield line_at(bare, found.start())
