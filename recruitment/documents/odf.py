"""An ODT's words and outline, read from its XML. Looks, pictures and fields that count are left behind."""

from collections.abc import Iterator
from html import escape
from xml.etree import ElementTree

from recruitment.documents.plaintext import storable

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_MAX_SPACES = 40

_BLOCKS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
}
# What is no reading matter: deleted text, notes of reviewers, counters, a picture's own data.
_PASSED_OVER = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls", f"{_OFFICE}binary-data"}


def odt_text(parts: dict[str, bytes]) -> str:
    """Headers, body, footers; a paragraph a line."""
    return storable("\n".join(filter(None, ("".join(_words(root)).strip() for root in _regions(parts)))))


def odt_html(parts: dict[str, bytes]) -> str:
    """Headings from h2, paragraphs, lists, tables and links. Escaped, not yet sanitised."""
    return "".join("".join(_markup(root)) for root in _regions(parts))


def _regions(parts: dict[str, bytes]) -> Iterator[ElementTree.Element]:
    styles = ElementTree.fromstring(parts["styles.xml"]) if "styles.xml" in parts else ElementTree.Element("none")  # noqa: S314 - no entities pass the gate; confined child
    yield from styles.iter(f"{_STYLE}header")
    yield from ElementTree.fromstring(parts["content.xml"]).iter(f"{_OFFICE}text")  # noqa: S314 - no entities pass the gate; confined child
    yield from styles.iter(f"{_STYLE}footer")


def _words(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag not in _PASSED_OVER:
            yield _blank(child, "\n") or child.text or ""
            yield from _words(child)
            if child.tag in {f"{_TEXT}p", f"{_TEXT}h"}:
                yield "\n"
        yield child.tail or ""


def _markup(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag not in _PASSED_OVER:
            opening, closing = _tags(child)
            yield opening + (_blank(child, "<br>") or escape(child.text or ""))
            yield from _markup(child)
            yield closing
        yield escape(child.tail or "")


def _tags(element: ElementTree.Element) -> tuple[str, str]:
    if element.tag == f"{_TEXT}h":
        level = element.get(f"{_TEXT}outline-level", "1")
        name = f"h{min(int(level) + 1, 6)}" if level.isdecimal() else "h2"
    elif element.tag == f"{_TEXT}a":
        return f'<a href="{escape(element.get(_HREF, ""))}">', "</a>"
    elif (name := _BLOCKS.get(element.tag, "")) == "":
        return "", ""
    return f"<{name}>", f"</{name}>"


def _blank(element: ElementTree.Element, line_break: str) -> str:
    if element.tag == f"{_TEXT}line-break":
        return line_break
    if element.tag == f"{_TEXT}tab":
        return "\t"
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        return " " * min(int(count) if count.isdecimal() else 1, _MAX_SPACES)
    return ""
