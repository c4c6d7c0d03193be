"""Photos of papers become one document: A4, upright, in the order given."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO

import fpdf
from PIL import Image

from recruitment.documents.confined import READING, run_confined
from recruitment.documents.images import MAX_DRAWN_BYTES, as_jpeg, open_upright
from recruitment.documents.refusals import Refused

MAX_PHOTOS = 20
MARGIN = 8  # millimetres
# Tried in turn until the document is small enough: longest side in pixels (2200 is about 200 dpi on A4), JPEG quality.
QUALITIES = ((2200, 78), (1754, 65), (1240, 50))
_MARKS = {b"\xff\xd8\xff": "jpg", b"\x89PN": "png"}


def photos_into_pdf(photos: Sequence[bytes]) -> bytes:
    """One PDF of at most 10 MB, a photo a page; the same photos give the same bytes.

    Photos are JPG, PNG or HEIC. Raises Refused: empty, too_many_photos, damaged, too_many_pixels, too_heavy.
    """
    if not photos:
        raise Refused("empty")
    if len(photos) > MAX_PHOTOS:
        raise Refused("too_many_photos", limit=MAX_PHOTOS)
    outcome = run_confined(
        "assembling.assemble", b"".join(photos), budget=READING, sizes=[len(photo) for photo in photos]
    )
    if not outcome.finished:
        raise Refused("too_heavy")
    return outcome.frames[0][1]


def assemble(content: bytes, sizes: list[int]) -> Iterator[tuple[dict[str, int], bytes]]:
    """The child's task: one frame with the PDF."""
    photos, position = [], 0
    for size in sizes:
        photos.append(content[position : position + size])
        position += size
    yield {"pages": len(photos)}, _smallest_good_pdf(photos)


def _smallest_good_pdf(photos: list[bytes]) -> bytes:
    for max_side, quality in QUALITIES:
        document = _bound([_as_page(photo, max_side, quality) for photo in photos])
        if len(document) <= MAX_DRAWN_BYTES:
            return document
    raise Refused("too_large")


def _as_page(photo: bytes, max_side: int, quality: int) -> bytes:
    return as_jpeg(open_upright(photo, _MARKS.get(photo[:3], "heic"), max_side), quality)


def _bound(pages: list[bytes]) -> bytes:
    """A landscape photo gets a landscape sheet."""
    document = fpdf.FPDF(format="A4", unit="mm")
    document.set_creation_date(datetime(2000, 1, 1, tzinfo=UTC))  # not when, nor where: only the pictures
    document.set_auto_page_break(False)
    for page in pages:
        with Image.open(BytesIO(page)) as picture:
            document.add_page(orientation="landscape" if picture.width > picture.height else "portrait")
        document.image(
            BytesIO(page),
            x=MARGIN,
            y=MARGIN,
            w=document.w - 2 * MARGIN,
            h=document.h - 2 * MARGIN,
            keep_aspect_ratio=True,
        )
    return bytes(document.output())
