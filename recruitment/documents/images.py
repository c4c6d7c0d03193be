"""Pictures are drawn anew: what the camera wrote beside the picture (place, time, owner) is gone, and so is all that was hidden."""

from collections.abc import Iterator
from io import BytesIO

import pillow_heif
from PIL import Image, ImageFile, UnidentifiedImageError

from recruitment.documents.refusals import Refused

MAX_PIXELS = 64_000_000  # a phone's largest ordinary picture has about 50 million
MAX_SIDE = 4000  # pixels; A4 in 300 dpi is 3508 high
JPEG_QUALITY = 85
MAX_DRAWN_BYTES = 10 * 1024 * 1024
FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def redraw(content: bytes, extension: str) -> Iterator[tuple[dict[str, object], bytes]]:
    """One frame: the picture drawn anew, upright, with its new extension and size in pixels."""
    picture = open_upright(content, extension)
    kind, drawn = ("png", _as_png(picture)) if extension == "png" else ("jpg", as_jpeg(picture))
    if len(drawn) > MAX_DRAWN_BYTES:
        kind, drawn = "jpg", as_jpeg(picture)
    yield {"extension": kind, "width": picture.width, "height": picture.height}, drawn


def open_upright(content: bytes, extension: str, max_side: int = MAX_SIDE) -> Image.Image:
    """The picture in RGB or grey, turned as it was held, no side over `max_side` pixels. Raises Refused."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS[extension]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            if opened.format in {"JPEG", "MPO"}:
                opened.draft(None, (max_side, max_side))
            turn = opened.getexif().get(0x0112)  # Orientation; pillow_heif has turned the picture already and says 1
            opened.thumbnail((max_side, max_side))
            return _turned(_flattened(opened), turn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_many_pixels") from None
    except UnidentifiedImageError:
        raise Refused("damaged") from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, RuntimeError):
        raise Refused("damaged") from None


def as_jpeg(picture: Image.Image, quality: int = JPEG_QUALITY) -> bytes:
    """JPEG bytes that hold the picture and nothing else."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _as_png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _flattened(picture: Image.Image) -> Image.Image:
    """On white paper, without transparency, palette or colour profile."""
    if picture.mode in {"1", "L"}:
        flat = picture.convert("L")
    elif picture.mode.startswith("I") or picture.mode == "F":
        flat = _eight_bit_grey(picture)
    elif picture.has_transparency_data:
        coloured = picture.convert("RGBA")
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(coloured, mask=coloured.getchannel("A"))
    else:
        flat = picture.convert("RGB")
    flat.info.clear()
    return flat


def _eight_bit_grey(picture: Image.Image) -> Image.Image:
    return picture.convert("F").point(lambda shade: shade / 257 + 0).convert("L")


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _turned(picture: Image.Image, orientation: int | None) -> Image.Image:
    turn = _TURNS.get(orientation or 1)
    return picture if turn is None else picture.transpose(turn)
