"""What a DOCX or ODT may hold: words, pictures, ordinary links. No macros, no packed files, nothing fetched from outside."""

import re
import xml.parsers.expat
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from recruitment.documents.archive import require_no_file_within, unpack
from recruitment.documents.links import is_harmless_link, is_on_own_disk
from recruitment.documents.refusals import Refused

DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODT = b"application/vnd.oasis.opendocument.text"

# Word's field codes that fetch or start something (ECMA-376 part 1, 17.16.5). INCLUDEPICTURE is what pasting from a web
# page leaves behind, with the picture in the file; it is judged by its address.
FETCHING_FIELDS = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|LINK|IMPORT|DATABASE|EMBED|HTMLACTIVEX)\b", re.IGNORECASE)
_INCLUDED_PICTURE = re.compile(r'^\s*INCLUDEPICTURE\s+"?([^"\s]+)', re.IGNORECASE)
_FOREIGN_PARTS = re.compile(r"vbaproject|vbadata|/activex/|(^|/)macros?/", re.IGNORECASE)
_PACKED_PARTS = re.compile(
    r"(^|/)(embeddings|afchunk[^/]*)(/|$)|\.(exe|dll|js|vbs|hta|bat|cmd|ps1|lnk|jar|scr)$", re.IGNORECASE
)

# Elements of ODF 1.3 that run, fetch or hold a program; local names, since a prefix can be any word.
ODF_ACTIVE = {"event-listener", "script", "applet", "plugin"}
ODF_FETCHING = {"dde-connection-decl", "dde-source", "floating-frame", "database-display"}

StartElement = Callable[[str, dict[str, str]], None]


def examine(content: bytes, extension: str) -> Iterator[tuple[dict[str, int], bytes]]:
    """One frame with the number of parts. Raises Refused. `extension` is "docx" or "odt"."""
    parts = require_ordinary_docx(content) if extension == "docx" else require_ordinary_odt(content)
    yield {"parts": len(parts)}, b""


def require_ordinary_docx(content: bytes) -> dict[str, bytes]:
    """The parts of a DOCX without macros, packed files, remote templates, linked pictures or DDE; else Refused."""
    parts = unpack(content)
    _require_word_document(parts)
    require_no_file_within(parts)
    for name, part in parts.items():
        if name.endswith(".rels"):
            _read_xml(part, _judge_relationship)
        elif name.endswith(".xml"):
            _require_harmless_fields(part)
    return parts


def require_ordinary_odt(content: bytes) -> dict[str, bytes]:
    """The parts of an ODT without scripts, packed files or content fetched from outside; else Refused."""
    parts = unpack(content)
    if next(iter(parts), None) != "mimetype" or parts["mimetype"] != ODT or "content.xml" not in parts:
        raise Refused("disguised")
    if b"encryption-data" in parts.get("META-INF/manifest.xml", b""):
        raise Refused("password_protected")
    if any(name.startswith(("Basic/", "Scripts/")) for name in parts):
        raise Refused("active_content")
    require_no_file_within(parts)
    for name, part in parts.items():
        if name.endswith((".xml", ".rdf")):
            _read_xml(part, _judge_odf_element(parts) if name.endswith(("content.xml", "styles.xml")) else None)
    return parts


def _require_word_document(parts: dict[str, bytes]) -> None:
    if "[Content_Types].xml" not in parts:
        raise Refused("disguised")
    declared: dict[str, str] = {}
    _read_xml(
        parts["[Content_Types].xml"],
        lambda _tag, attributes: declared.update({attributes.get("PartName", ""): attributes.get("ContentType", "")}),
    )
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in declared.values()):
        raise Refused("active_content")
    if not any(kind == DOCX_MAIN and part.removeprefix("/") in parts for part, kind in declared.items()):
        raise Refused("disguised")
    for name in parts:
        if _FOREIGN_PARTS.search(name):
            raise Refused("active_content")
        if _PACKED_PARTS.search(name):
            raise Refused("embedded_files")


def _judge_relationship(tag: str, attributes: dict[str, str]) -> None:
    """Outside the file may stand: a hyperlink to a page, and the template on the writer's own disk, which Word never fetches."""
    if tag != "Relationship":
        return
    kind = attributes.get("Type", "").rsplit("/", 1)[-1].lower()
    if kind in {"oleobject", "package", "afchunk"}:
        raise Refused("embedded_files")
    if attributes.get("TargetMode", "").lower() != "external":
        return
    target = unquote(attributes.get("Target", ""))
    if kind == "hyperlink":
        if not is_harmless_link(target):
            raise Refused("dangerous_link")
    elif kind != "attachedtemplate" or not is_on_own_disk(target):
        raise Refused("outside_content")


def _require_harmless_fields(part: bytes) -> None:
    """A field's code can be spread over many runs; it is put together before it is judged."""
    reader = _FieldReader()
    _read_xml(part, reader.start, reader.end, reader.text)
    for code in reader.codes:
        picture = _INCLUDED_PICTURE.match(code)
        if FETCHING_FIELDS.match(code) or (picture and not is_harmless_link(picture[1])):
            raise Refused("outside_content")


class _FieldReader:
    """Collects the code of every field, simple or complex, inner fields apart from the outer one."""

    def __init__(self) -> None:
        self.codes: list[str] = []
        self._open: list[list[str]] = []
        self._in_code = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fldSimple":
            self.codes.append(attributes.get("instr", ""))
        elif tag == "instrText":
            self._in_code = True
        elif tag == "fldChar" and attributes.get("fldCharType") == "begin":
            self._open.append([])
        elif tag == "fldChar" and attributes.get("fldCharType") == "end" and self._open:
            self.codes.append("".join(self._open.pop()))

    def end(self, tag: str) -> None:
        if tag == "instrText":
            self._in_code = False

    def text(self, words: str) -> None:
        if not self._in_code:
            return
        if self._open:
            self._open[-1].append(words)
        else:
            self.codes.append(words)


def _judge_odf_element(parts: dict[str, bytes]) -> StartElement:
    def judge(tag: str, attributes: dict[str, str]) -> None:
        if tag in ODF_ACTIVE:
            raise Refused("active_content")
        if tag in ODF_FETCHING:
            raise Refused("outside_content")
        target = attributes.get("href", "")
        if tag == "a":
            if not is_harmless_link(unquote(target)):
                raise Refused("dangerous_link")
        elif target and not _is_inside(target, parts):
            raise Refused("outside_content")

    return judge


def _is_inside(target: str, parts: dict[str, bytes]) -> bool:
    name = target.removeprefix("./")
    return (
        target.startswith("#")
        or target in {".", ".."}
        or name in parts
        or any(part.startswith(f"{name.rstrip('/')}/") for part in parts)
    )


def _read_xml(
    part: bytes,
    start: StartElement | None = None,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Well-formed and without a document type, which is the way to entity bombs and outside files; else Refused.

    The callbacks get local names: a prefix says nothing.
    """
    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.CharacterDataHandler = text
    if start is not None:
        parser.StartElementHandler = lambda tag, attributes: start(
            _local(tag), {_local(name): value for name, value in attributes.items()}
        )
    if end is not None:
        parser.EndElementHandler = lambda tag: end(_local(tag))
    try:
        parser.Parse(part, True)
    except xml.parsers.expat.ExpatError:
        raise Refused("damaged") from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse_doctype(*_declaration: object) -> None:
    raise Refused("active_content")
