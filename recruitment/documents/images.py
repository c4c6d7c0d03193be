"""Pictures are drawn anew: what the camera wrote beside the picture (place, time, owner) is gone, and so is all that was hidden."""

from collections.abc import Iterator
from io import BytesIO

import pillow_heif
from PIL import Image, ImageFile, UnidentifiedImageError

from recruitment.documents.refusals import Refused

MAX_PIXELS = 64_000_000  # a phone's largest ordinary picture has about 50 million
MAX_SIDE = 3508  # pixels: A4 in 300 dpi
JPEG_QUALITY = 85
MAX_DRAWN_BYTES = 10 * 1024 * 1024
MAX_PNG_BYTES = 4 * 1024 * 1024  # above it the picture is a photo, and JPEG serves it better
FORMATS = {"jpg": ("JPEG", "MPO"), "png": ("PNG",), "heic": ("HEIF",)}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
ImageFile.LOAD_TRUNCATED_IMAGES = False
pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def redraw(content: bytes, extension: str) -> Iterator[tuple[dict[str, object], bytes]]:
    """One frame: the picture drawn anew, upright, with its new extension and size in pixels."""
    picture = open_upright(content, extension)
    kind, drawn = "png", _as_png(picture) if extension == "png" else b""
    if not 0 < len(drawn) <= MAX_PNG_BYTES:
        kind, drawn = "jpg", as_jpeg(picture)
    yield {"extension": kind, "width": picture.width, "height": picture.height}, drawn


def open_upright(content: bytes, extension: str, max_side: int = MAX_SIDE) -> Image.Image:
    """The picture in RGB or grey, turned as it was held, no side over `max_side` pixels. Raises Refused."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS[extension]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise Refused("too_many_pixels")
            turn = opened.getexif().get(0x0112)  # Orientation; pillow_heif has turned the picture already and says 1
            return _turned(_flattened(_smaller(opened, max_side)), turn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError):
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
    picture.save(out, "PNG", compress_level=2)
    return out.getvalue()


def _smaller(picture: Image.Image, max_side: int) -> Image.Image:
    """Shrunk before anything else is done to it, a JPEG while it is read: a large picture is in memory once, not twice."""
    scale = max_side / max(picture.size)
    if scale >= 1:
        return picture
    if picture.format in {"JPEG", "MPO"}:
        picture.draft(None, (round(picture.width * scale), round(picture.height * scale)))
    if picture.mode == "1":
        picture = picture.convert("L")
    if picture.mode != "P" and (factor := max(picture.size) // max_side) > 1:
        picture = picture.reduce(factor)
    picture.thumbnail((max_side, max_side), reducing_gap=None)
    return picture


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
