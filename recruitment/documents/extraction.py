"""The words of a document, for the CPR check, the search and whoever reads with ears. Runs in a confined child."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pypdfium2

from recruitment.documents.archive import unpack
from recruitment.documents.odf import odt_text
from recruitment.documents.plaintext import MAX_TEXT, storable

MAX_TEXT_PAGES = 300

_WORD_NAMESPACES = (
    "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
    "{http://purl.oclc.org/ooxml/wordprocessingml/main}",
)
_PAGE_EDGES = re.compile(r"word/(header|footer)\d*\.xml")
_WITH_WORDS = re.compile(r"word/(document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml")
_SYMBOL_FONT = re.compile("[\ue000-\uf8ff]")  # bullets and such, which no other font can show
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "p": "\n"}


def text_of(content: bytes, extension: str) -> Iterator[tuple[dict[str, object], bytes]]:
    """Frames of UTF-8 text, page by page for a PDF."""
    if extension == "pdf":
        with pypdfium2.PdfDocument(content) as pdf:
            for number in range(min(len(pdf), MAX_TEXT_PAGES)):
                yield {}, f"{page_text(pdf[number])}\n".encode()
    else:
        parts = unpack(content)
        yield {}, (docx_text(parts) if extension == "docx" else odt_text(parts))[:MAX_TEXT].encode()


def page_text(page: pypdfium2.PdfPage) -> str:
    """One page's words, lines ended by a newline alone."""
    words = page.get_textpage()
    try:
        text = words.get_text_bounded()[:MAX_TEXT].replace("\r\n", "\n").replace("\r", "\n")
        return storable(_SYMBOL_FONT.sub("•", text))
    finally:
        words.close()


def docx_text(parts: dict[str, bytes]) -> str:
    """Headers, body and notes, footers: a CV often has its name and number in the header."""
    names = sorted(filter(_WITH_WORDS.fullmatch, parts), key=_reading_order)
    return "\n".join(filter(None, (part_text(parts[name]) for name in names)))


def page_edges(parts: dict[str, bytes], edge: str) -> list[str]:
    """The words of each distinct "header" or "footer"."""
    words = (
        part_text(parts[name]) for name in sorted(parts) if (match := _PAGE_EDGES.fullmatch(name)) and match[1] == edge
    )
    return list(dict.fromkeys(filter(None, words)))


def part_text(part: bytes) -> str:
    """A paragraph a line; tabs and breaks kept; deleted words left out."""
    signs = []
    for element in ElementTree.fromstring(part).iter():  # noqa: S314 - no entities pass the gate; confined child
        tag = element.tag
        for namespace in _WORD_NAMESPACES:
            tag = tag.removeprefix(namespace)
        signs.append((element.text or "") if tag == "t" else _BREAKS.get(tag, ""))
    return storable("".join(signs)).strip()


def _reading_order(name: str) -> tuple[bool, bool, str]:
    return not name.startswith("word/header"), name.startswith("word/footer"), name
