"""The gate: what a file is called, what it begins with and how it is built must agree, or it stays outside.

Names and first bytes are judged here; everything that has to be parsed is parsed in a confined child.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from recruitment.documents.confined import run_gate
from recruitment.documents.cpr import find_cpr_numbers
from recruitment.documents.names import clean_filename, split_extension, with_extension
from recruitment.documents.plaintext import decode_text
from recruitment.documents.refusals import Refused

__all__ = [
    "ACCEPTED_EXTENSIONS",
    "MAX_APPLICATION_BYTES",
    "MAX_FILES",
    "MAX_FILE_BYTES",
    "Inspected",
    "Refused",
    "inspect",
]

MEGABYTE = 1024 * 1024
MAX_FILE_BYTES = 10 * MEGABYTE
MAX_APPLICATION_BYTES = 40 * MEGABYTE
MAX_FILES = 10  # per application

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Inspected:
    """A file as it is kept: pictures drawn anew, text in UTF-8, everything else byte for byte as it came."""

    content: bytes
    mime: str
    extension: str
    filename: str
    sha256: str
    size: int
    has_cpr: bool  # in the readable text or the file's name (INV-18); pictures are not read


class FileType(NamedTuple):
    """What belongs together: the type's own name, its first bytes, and the deed that lets it in."""

    extension: str
    mime: str
    begins_right: Callable[[bytes], bool]
    let_in: Callable[[bytes], "Kept"]


class Kept(NamedTuple):
    """Content and extension after the gate; `text` where the gate has read it already."""

    content: bytes
    extension: str
    text: str | None = None


def inspect(stream: BinaryIO, filename: str) -> Inspected:
    """Let a file in, or raise Refused with a sentence that says what to do. The stream is read to the limit, not to its end."""
    name = clean_filename(filename)
    content = _read_within_limit(stream)
    declared = _declared_type(name)
    if not declared.begins_right(content):
        raise Refused(_why_it_begins_wrong(content))
    kept = declared.let_in(content)
    shown = name if kept.extension == declared.extension else with_extension(name, kept.extension)
    return Inspected(
        content=kept.content,
        mime=FILE_TYPES[kept.extension].mime,
        extension=kept.extension,
        filename=shown,
        sha256=hashlib.sha256(kept.content).hexdigest(),
        size=len(kept.content),
        has_cpr=bool(find_cpr_numbers(f"{shown}\n{_text_of(kept)}")),
    )


def _read_within_limit(stream: BinaryIO) -> bytes:
    content = stream.read(MAX_FILE_BYTES + 1)
    if not content:
        raise Refused("empty")
    if len(content) > MAX_FILE_BYTES:
        raise Refused("too_large")
    return content


def _declared_type(name: str) -> FileType:
    extension = split_extension(name)[1].removeprefix(".").lower()
    if extension in {"doc", "dot", "rtf"}:
        raise Refused("old_word")
    extension = SPELLINGS.get(extension, extension)
    if extension not in FILE_TYPES:
        raise Refused("wrong_type")
    return FILE_TYPES[extension]


def _why_it_begins_wrong(content: bytes) -> str:
    """A DOCX with a password is an OLE file that says so; an old DOC with a new name is an OLE file that does not."""
    if not content.strip(b"\0 \t\r\n"):
        return "empty"
    if content.startswith(_OLE):
        return "password_protected" if _ENCRYPTED_PACKAGE in content else "old_word"
    return "disguised"


def _text_of(kept: Kept) -> str:
    """What can be read without eyes. A document whose text takes too long is let in; the reader's run finds the rest."""
    if kept.text is not None or kept.extension not in {"pdf", "docx", "odt"}:
        return kept.text or ""
    try:
        frames = run_gate("extraction.text_of", kept.content, extension=kept.extension)
    except Refused as refusal:
        logger.info("No text could be read for the CPR check: %s", refusal.code)
        return ""
    return "".join(blob.decode() for _header, blob in frames)


def _let_in_pdf(content: bytes) -> Kept:
    run_gate("pdf.examine", content)
    return Kept(content, "pdf")


def _let_in_docx(content: bytes) -> Kept:
    run_gate("office.examine", content, extension="docx")
    return Kept(content, "docx")


def _let_in_odt(content: bytes) -> Kept:
    run_gate("office.examine", content, extension="odt")
    return Kept(content, "odt")


def _let_in_text(content: bytes) -> Kept:
    text = decode_text(content)
    return Kept(text.encode(), "txt", text)


def _let_in_picture(extension: str) -> Callable[[bytes], Kept]:
    def let_in(content: bytes) -> Kept:
        [(header, drawn)] = run_gate("images.redraw", content, extension=extension)
        return Kept(drawn, header["extension"])

    return let_in


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _begins_as_odt(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04") and content[30:38] == b"mimetype"


def _begins_as_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS


def _begins_as_text(content: bytes) -> bool:
    return not re.match(
        rb"[\s\xef\xbb\xbf]*(%PDF|PK\x03\x04|\{\\rtf|\xd0\xcf\x11\xe0|<[!?a-z])|#!|MZ|\x7fELF", content, re.IGNORECASE
    )


FILE_TYPES = {
    each.extension: each
    for each in (
        FileType("pdf", "application/pdf", _begins(b"%PDF-"), _let_in_pdf),
        FileType(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _begins(b"PK\x03\x04"),
            _let_in_docx,
        ),
        FileType("odt", "application/vnd.oasis.opendocument.text", _begins_as_odt, _let_in_odt),
        FileType("jpg", "image/jpeg", _begins(b"\xff\xd8\xff"), _let_in_picture("jpg")),
        FileType("png", "image/png", _begins(b"\x89PNG\r\n\x1a\n"), _let_in_picture("png")),
        FileType("heic", "image/heic", _begins_as_heic, _let_in_picture("heic")),
        FileType("txt", "text/plain; charset=utf-8", _begins_as_text, _let_in_text),
    )
}
SPELLINGS = {"jpeg": "jpg", "jpe": "jpg", "heif": "heic", "text": "txt"}
ACCEPTED_EXTENSIONS = (*FILE_TYPES, *SPELLINGS)
