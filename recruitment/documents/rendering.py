"""What the reader shows instead of the file: pictures of its pages, its words, and clean HTML where the file has structure.

For the worker: drawing runs in a confined child, within seconds and pages that `drawing` fixes.
"""

from dataclasses import dataclass
from typing import Any

from recruitment.documents.confined import READING, Frame, run_confined
from recruitment.documents.plaintext import MAX_TEXT
from recruitment.documents.refusals import Refused


@dataclass(frozen=True)
class PageImage:
    """One page as a WebP picture; `text` is what stands on it, empty for a scan."""

    content: bytes
    width: int
    height: int
    text: str = ""
    mime: str = "image/webp"


@dataclass(frozen=True)
class Rendered:
    """What is shown of a document.

    `html` is sanitised and holds no picture: `<span data-picture="2">[2] alternative text</span>` marks where the second of `pages` belongs.
    `page_count` counts the file's pages (0 where the type has none); when `is_complete` is false not all of it is shown.
    """

    pages: tuple[PageImage, ...]
    text: str
    html: str | None
    page_count: int
    is_complete: bool


class Unreadable(Exception):
    """Nothing at all could be shown; staff are offered the original as an attachment."""


def render(content: bytes, mime: str) -> Rendered:
    """Pictures, words and HTML of an inspected file. Raises Unreadable, and KeyError for a type that no gate lets in."""
    task = RENDERERS[mime.partition(";")[0]]
    if task == "plain":
        return Rendered((), content.decode()[:MAX_TEXT], None, 0, is_complete=len(content.decode()) <= MAX_TEXT)
    try:
        frames, finished = run_confined(f"drawing.{task}", content, budget=READING)
    except Refused as refusal:
        raise Unreadable(refusal.code) from refusal
    return _assembled(frames, finished=finished)


def _assembled(frames: list[Frame], *, finished: bool) -> Rendered:
    pages = tuple(
        PageImage(blob, header["width"], header["height"], header["text"])
        for header, blob in frames
        if "width" in header
    )
    words: dict[str, Any] = next((header for header, _blob in frames if "html" in header), {})
    total = max((header.get("page_count", 0) for header, _blob in frames), default=0)
    if not pages and not words:
        raise Unreadable
    text = words.get("text", "\n".join(page.text for page in pages))[:MAX_TEXT]
    complete = finished and len(pages) >= total and not any(header.get("left_out") for header, _blob in frames)
    return Rendered(pages, text, words.get("html"), total, complete)


RENDERERS = {
    "application/pdf": "draw_pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "read_docx",
    "application/vnd.oasis.opendocument.text": "read_odt",
    "image/jpeg": "draw_jpg",
    "image/png": "draw_png",
    "text/plain": "plain",
}
