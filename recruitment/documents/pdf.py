"""What a PDF may hold. Everything that can act is refused; links, bookmarks and "open at page one" are ordinary.

Every object is looked at, those in object streams and in no page's reach included: a check of the top level misses
embedded files and `javascript:` links. Content streams are never decoded here.
"""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO

import pikepdf

from recruitment.documents.links import is_file_beside, is_harmless_link
from recruitment.documents.refusals import Refused

MAX_PAGES = 300
MAX_OBJECTS = 200_000
MAX_VALUES = 1_500_000  # containers walked through, over all objects
MAX_NESTING = 100

_HEADER = re.compile(rb"%PDF-[12]\.[0-9]")
_TAIL = re.compile(rb"startxref\s+[0-9]+\s+%%EOF[\s\x00\x1a]*\Z")
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|script|svg|iframe|\?php)", re.IGNORECASE)
_SNIFFED = 1024  # bytes a browser looks at to guess a type
_TOO_MUCH = re.compile(r"bad_alloc|limits error")
_UNREAD = re.compile(r"error decoding|unfilterable|object stream|parse error|duplicated key")
_ZIP_END = b"PK\x05\x06"
_ZIP_END_REACH = 65_557  # a zip's end record with the longest comment

# The keys and names of PDF 32000-1 (12.6 actions, 12.5.6 annotations, 7.11.4 embedded files) that let a file act.
REFUSED_KEYS = {
    "/JS": "active_content",
    "/JavaScript": "active_content",
    "/XFA": "active_content",
    "/RichMediaContent": "active_content",
    "/EF": "embedded_files",
    "/EmbeddedFiles": "embedded_files",
}
REFUSED_ACTIONS = {
    "/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition", "/RichMediaExecute", "/Sound", "/Movie",
}  # fmt: skip
REFUSED_ANNOTATIONS = {
    "/FileAttachment": "embedded_files",
    "/RichMedia": "active_content",
    "/3D": "active_content",
    "/Movie": "active_content",
    "/Screen": "active_content",
    "/Sound": "active_content",
}


def examine(content: bytes) -> Iterator[tuple[dict[str, int], bytes]]:
    """One frame with the number of pages. Raises Refused: active, embedded, protected, damaged, disguised, too long."""
    yield {"pages": require_ordinary_pdf(content)}, b""


def require_ordinary_pdf(content: bytes) -> int:
    """The number of pages, or Refused. To be run within a budget: a small file can hold a million objects."""
    _require_clean_edges(content)
    try:
        # Strict: a file that only opens after repair is read differently by every program.
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            if pdf.is_encrypted:
                raise Refused("password_protected")
            if len(pdf.objects) > MAX_OBJECTS:
                raise Refused("too_heavy")
            _require_nothing_active(pdf.objects)
            _require_all_was_read("\n".join(map(str, pdf.get_warnings())))
            return _count_pages(pdf.Root.get("/Pages"))
    except pikepdf.PasswordError:
        raise Refused("password_protected") from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, ValueError, TypeError, AttributeError) as fault:
        raise Refused("too_heavy" if _TOO_MUCH.search(str(fault)) else "damaged") from None


def _require_clean_edges(content: bytes) -> None:
    """The header at byte 0 and nothing after the end: else it is a web page or an archive wearing a PDF."""
    if not _HEADER.match(content) or _MARKUP.search(content[:_SNIFFED]):
        raise Refused("disguised")
    if not _TAIL.search(content[-2 * _SNIFFED :]):
        raise Refused("damaged" if b"%%EOF" not in content[-_SNIFFED:] else "disguised")
    if _ends_as_zip(content):
        raise Refused("disguised")


def _require_all_was_read(warnings: str) -> None:
    """Qpdf passes over what it cannot unpack, and takes one of two equal keys, with a warning; other programs read on."""
    if _TOO_MUCH.search(warnings):
        raise Refused("too_heavy")
    if _UNREAD.search(warnings):
        raise Refused("damaged")


def _ends_as_zip(content: bytes) -> bool:
    start = content.rfind(_ZIP_END, max(0, len(content) - _ZIP_END_REACH))
    if start < 0 or start + 22 > len(content):
        return False
    return start + 22 + int.from_bytes(content[start + 20 : start + 22], "little") == len(content)


def _require_nothing_active(objects: Iterable[pikepdf.Object]) -> None:
    values_left = MAX_VALUES
    for root in objects:
        stack: list[tuple[object, int]] = [(root, 0)]
        while stack:
            value, depth = stack.pop()
            values_left -= 1
            if values_left < 0 or depth > MAX_NESTING:
                raise Refused("too_heavy")
            stack.extend((inner, depth + 1) for inner in _looked_into(value) if _is_direct_container(inner))


def _is_direct_container(value: object) -> bool:
    return (
        isinstance(value, pikepdf.Object)
        and not value.is_indirect
        and isinstance(value, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream)
    )


def _looked_into(value: object) -> Iterable[object]:
    """The values inside an array or dictionary, after the dictionary itself was found harmless."""
    if isinstance(value, pikepdf.Array):
        return list(value)
    if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
        members = dict(value.items())
        _require_harmless(members, is_stream=isinstance(value, pikepdf.Stream))
        return members.values()
    return ()


def _require_harmless(members: dict[str, pikepdf.Object], *, is_stream: bool) -> None:
    for key in members.keys() & REFUSED_KEYS.keys():
        raise Refused(REFUSED_KEYS[key])
    if is_stream:
        _require_own_content(members)
    if "/S" in members:
        _require_harmless_action(members)
    if "/URI" in members and not is_harmless_link(_text(members["/URI"])):
        raise Refused("dangerous_link")
    annotation = _name(members.get("/Subtype"))
    if annotation in REFUSED_ANNOTATIONS and ("/Rect" in members or _name(members.get("/Type")) == "/Annot"):
        raise Refused(REFUSED_ANNOTATIONS[annotation])


def _require_own_content(stream: dict[str, pikepdf.Object]) -> None:
    """A stream's bytes stand in this file (`/Ref` borrows a page of another), and it is no file of its own."""
    if "/F" in stream or ("/Ref" in stream and _name(stream.get("/Subtype")) == "/Form"):
        raise Refused("outside_content")
    if _name(stream.get("/Type")) == "/EmbeddedFile":
        raise Refused("embedded_files")


def _require_harmless_action(members: dict[str, pikepdf.Object]) -> None:
    action = _name(members["/S"])
    if action in REFUSED_ACTIONS:
        raise Refused("active_content")
    if action in {"/GoToR", "/Thread"} and "/F" in members and not is_file_beside(_file_named(members["/F"])):
        raise Refused("dangerous_link")


def _file_named(specification: pikepdf.Object) -> str:
    """The name in a file specification, which is a string or a dictionary with `/UF` or `/F`."""
    if isinstance(specification, pikepdf.Dictionary):
        return _text(specification.get("/UF", specification.get("/F", "")))
    return _text(specification)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | pikepdf.String) else ""


def _name(value: object) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _count_pages(root: pikepdf.Object | None) -> int:
    """Leaves of the page tree, each node once; a tree that bites its own tail is damaged."""
    pages, seen, stack = 0, set(), [root]
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in seen):
            raise Refused("damaged")
        seen.add(node.objgen)
        if "/Kids" in node:
            stack.extend(node["/Kids"])
        else:
            pages += 1
        if pages > MAX_PAGES or len(stack) > 4 * MAX_PAGES:
            raise Refused("too_many_pages", limit=MAX_PAGES)
    if pages == 0:
        raise Refused("damaged")
    return pages
