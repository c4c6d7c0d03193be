"""Drawing a file's pages and reading its outline: the tasks of `rendering`, run in a confined child."""

from collections.abc import Iterator
from html import escape
from io import BytesIO
from time import process_time
from typing import Any

import mammoth
import nh3
import pypdfium2
from mammoth import html as markup

from recruitment.documents.confined import Frame
from recruitment.documents.extraction import docx_text, page_edges, page_text
from recruitment.documents.images import open_upright
from recruitment.documents.odf import odt_html, odt_text
from recruitment.documents.office import require_ordinary_docx, require_ordinary_odt
from recruitment.documents.plaintext import MAX_TEXT, storable
from recruitment.documents.refusals import Refused

MAX_SHOWN_PAGES = 60
MAX_SHOWN_PICTURES = 20  # of a DOCX
MAX_HTML = 2_000_000  # characters, before cleaning
DOTS_PER_INCH = 120
MAX_PAGE_SIDE = 2000  # pixels
WEBP_QUALITY = 78
STOP_DRAWING_AFTER = 20.0  # seconds of CPU; the pages drawn until then are kept

ALLOWED_TAGS = {
    "h2", "h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "strong", "em", "s", "sup", "sub", "a", "span", "blockquote",
    "table", "thead", "tbody", "tr", "td", "th", "header", "footer",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "span": {"data-picture"},
}
ALLOWED_LINKS = {"http", "https", "mailto", "tel"}
STYLES = "\n".join(
    [
        *(f"p[style-name='heading {n}'] => h{n + 1}:fresh" for n in range(1, 6)),
        "p[style-name='Title'] => h2:fresh",
        "u => em",
    ]
)


def draw_pdf(content: bytes) -> Iterator[Frame]:
    """A frame a page, filled-in form fields included; the first one tells how many there are."""
    with pypdfium2.PdfDocument(content) as pdf:
        pdf.init_forms()
        total = len(pdf)
        yield {"page_count": total}, b""
        for number in range(min(total, MAX_SHOWN_PAGES)):
            if process_time() > STOP_DRAWING_AFTER:
                return
            page = pdf[number]
            scale = min(DOTS_PER_INCH / 72, MAX_PAGE_SIDE / max(*page.get_size(), 1))
            yield _page_frame(page.render(scale=scale).to_pil(), page_text(page))
            page.close()


def draw_jpg(content: bytes) -> Iterator[Frame]:
    """One page."""
    yield from _draw_picture(content, "jpg")


def draw_png(content: bytes) -> Iterator[Frame]:
    """One page."""
    yield from _draw_picture(content, "png")


def read_docx(content: bytes) -> Iterator[Frame]:
    """Words and HTML first, then the pictures in the document, drawn anew and numbered as the HTML names them."""
    parts = require_ordinary_docx(content)
    pictures = _Pictures()
    body = mammoth.convert_to_html(BytesIO(content), convert_image=pictures.mark, style_map=STYLES).value
    header, footer = (_edge(name, page_edges(parts, name)) for name in ("header", "footer"))
    yield _words_frame(header + body + footer, docx_text(parts), left_out=pictures.left_out), b""
    yield from pictures.frames


def read_odt(content: bytes) -> Iterator[Frame]:
    """Words and HTML. Raises Refused as the gate does."""
    parts = require_ordinary_odt(content)
    yield _words_frame(odt_html(parts), odt_text(parts)), b""


def _words_frame(html: str, text: str, *, left_out: bool = False) -> dict[str, Any]:
    """Cut before it is cleaned, so that what is left is whole again."""
    too_long = len(html) > MAX_HTML or len(text) > MAX_TEXT
    return {"html": clean_html(html[:MAX_HTML]), "text": text[:MAX_TEXT], "left_out": left_out or too_long}


def clean_html(html: str) -> str:
    """Only what ALLOWED_TAGS names; links go to pages, mails and calls, and tell the other side nothing."""
    return nh3.clean(
        storable(html),
        tags=ALLOWED_TAGS,
        attributes=ALLOWED_ATTRIBUTES,
        url_schemes=ALLOWED_LINKS,
        link_rel="noopener noreferrer nofollow",
    )


class _Pictures:
    """Takes the pictures out of a DOCX while mammoth walks through it."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.left_out = False

    def mark(self, image: Any) -> list[Any]:
        """A numbered mark where the picture stood, with its alternative text; none for what cannot be drawn."""
        frame, words = self._drawn(image), image.alt_text or ""
        if frame is None:
            self.left_out = True
            return [markup.text(words)]
        self.frames.append(frame)
        number = str(len(self.frames))
        return [markup.element("span", {"data-picture": number}, [markup.text(f"[{number}] {words}".rstrip())])]

    def _drawn(self, image: Any) -> Frame | None:
        extension = {"image/jpeg": "jpg", "image/jpg": "jpg", "image/png": "png"}.get(image.content_type)
        if extension is None or len(self.frames) == MAX_SHOWN_PICTURES:
            return None
        try:
            with image.open() as stream:
                [frame] = _draw_picture(stream.read(), extension, image.alt_text or "")
        except (Refused, OSError, KeyError):
            return None
        return frame


def _draw_picture(content: bytes, extension: str, text: str = "") -> Iterator[Frame]:
    yield _page_frame(open_upright(content, extension, MAX_PAGE_SIDE), storable(text))


def _page_frame(picture: Any, text: str) -> Frame:
    out = BytesIO()
    picture.convert("RGB").save(out, "WEBP", quality=WEBP_QUALITY, method=2)
    return {"width": picture.width, "height": picture.height, "text": text}, out.getvalue()


def _edge(name: str, texts: list[str]) -> str:
    lines = (escape(text).replace("\n", "<br>") for text in texts)
    return "".join(f"<{name}><p>{line}</p></{name}>" for line in lines)
