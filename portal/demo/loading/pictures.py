"""Pictures for the heads of ads, drawn when the demo is loaded: nobody's photograph, and nobody in it."""

import io
import math
from collections.abc import Callable

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFilter
from wagtail.models import Collection

from portal.pages.models import PortalImage

SIZE = (1600, 1066)
FINER = 2  # drawn larger and shrunk, so that edges are smooth
Canvas = tuple[Image.Image, ImageDraw.ImageDraw]
Colour = tuple[int, int, int]


def draw_all() -> dict[str, PortalImage]:
    """One picture by the short address of each institution, in its own collection."""
    return {slug: _keep(slug, title, painter) for slug, (title, painter) in MOTIFS.items()}


def _keep(slug: str, title: str, painter: Callable[[], Image.Image]) -> PortalImage:
    drawn = io.BytesIO()
    painter().resize(SIZE, Image.Resampling.LANCZOS).save(drawn, "WEBP", quality=82)
    collection = Collection.objects.filter(name=slug).first() or Collection.get_first_root_node()
    return PortalImage.objects.create(
        title=title, description="", file=ContentFile(drawn.getvalue(), f"{slug}.webp"), collection=collection
    )


def _sky(top: Colour, bottom: Colour) -> Canvas:
    width, height = SIZE[0] * FINER, SIZE[1] * FINER
    column = Image.new("RGB", (1, height))
    for y in range(height):
        part = y / height
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(top, bottom, strict=True)))
    image = column.resize((width, height))
    return image, ImageDraw.Draw(image)


def _ridge(draw: ImageDraw.ImageDraw, base: float, line: tuple[float, float, float], colour: Colour) -> None:
    """Land or water below a soft line (swing, waves, shift); `base` and swing as parts of the height."""
    swing, waves, shift = line
    width, height = SIZE[0] * FINER, SIZE[1] * FINER
    edge = [
        (
            x,
            height
            * (
                base
                + swing * math.sin(waves * x / width * math.tau + shift)
                + swing / 2 * math.sin(2.3 * waves * x / width * math.tau)
            ),
        )
        for x in range(0, width + 16, 16)
    ]
    draw.polygon([*edge, (width, height), (0, height)], fill=colour)


def _disc(image: Image.Image, place: tuple[float, float, float], colour: Colour, glow: Colour) -> None:
    x, y, radius = place
    width, height = image.size
    halo = Image.new("L", image.size, 0)
    far = radius * 2.6
    ImageDraw.Draw(halo).ellipse(_around(x * width, y * height, far * height), fill=110)
    image.paste(glow, mask=halo.filter(ImageFilter.GaussianBlur(radius * height * 0.8)))
    ImageDraw.Draw(image).ellipse(_around(x * width, y * height, radius * height), fill=colour)


def _around(x: float, y: float, radius: float) -> tuple[float, float, float, float]:
    return (x - radius, y - radius, x + radius, y + radius)


def coast() -> Image.Image:
    """The sea in the evening, a mole, a lighthouse."""
    image, draw = _sky((24, 66, 92), (246, 178, 122))
    _disc(image, (0.62, 0.52, 0.09), (255, 233, 190), (255, 206, 150))
    for base, colour in ((0.56, (38, 98, 112)), (0.64, (24, 78, 94)), (0.73, (14, 58, 74)), (0.84, (8, 40, 54))):
        _ridge(draw, base, (0.008, 5 + base * 6, base * 20), colour)
    width, height = image.size
    draw.polygon(
        [(0.70 * width, 0.66 * height), (width, 0.60 * height), (width, 0.80 * height), (0.66 * width, 0.74 * height)],
        fill=(46, 40, 44),
    )
    tower = [(0.80, 0.64), (0.815, 0.24), (0.865, 0.24), (0.88, 0.64)]
    draw.polygon([(x * width, y * height) for x, y in tower], fill=(240, 236, 226))
    for low, high in ((0.54, 0.46), (0.38, 0.30)):
        edges = [_side(0.80, 0.815, low), _side(0.80, 0.815, high), _side(0.88, 0.865, high), _side(0.88, 0.865, low)]
        draw.polygon(
            [(x * width, y * height) for x, y in zip(edges, (low, high, high, low), strict=True)], fill=(196, 62, 40)
        )
    draw.rectangle((0.818 * width, 0.18 * height, 0.862 * width, 0.24 * height), fill=(255, 226, 160))
    draw.polygon(
        [(0.806 * width, 0.18 * height), (0.84 * width, 0.12 * height), (0.874 * width, 0.18 * height)],
        fill=(46, 40, 44),
    )
    return image


def _side(foot: float, head: float, y: float) -> float:
    """Where the tower's edge is at a height."""
    return foot + (head - foot) * (0.64 - y) / 0.40


def fjord() -> Image.Image:
    """Hills on both sides of the water, in the morning."""
    image, draw = _sky((196, 218, 226), (250, 238, 214))
    _disc(image, (0.30, 0.30, 0.06), (255, 250, 235), (255, 240, 205))
    for base, swing, waves, colour in (
        (0.50, 0.06, 1.2, (150, 178, 178)), (0.58, 0.05, 1.7, (112, 148, 142)), (0.66, 0.04, 1.1, (78, 116, 104)),
    ):  # fmt: skip
        _ridge(draw, base, (swing, waves, base * 31), colour)
    for base, colour in ((0.76, (168, 198, 204)), (0.82, (146, 182, 192)), (0.90, (120, 162, 176))):
        _ridge(draw, base, (0.004, 4, base * 9), colour)
    width, height = image.size
    draw.polygon(
        [
            (0.52 * width, 0.80 * height),
            (0.64 * width, 0.80 * height),
            (0.62 * width, 0.83 * height),
            (0.54 * width, 0.83 * height),
        ],
        fill=(96, 34, 30),
    )
    draw.polygon(
        [(0.575 * width, 0.79 * height), (0.575 * width, 0.62 * height), (0.63 * width, 0.79 * height)],
        fill=(252, 246, 234),
    )
    draw.polygon(
        [(0.568 * width, 0.79 * height), (0.568 * width, 0.66 * height), (0.535 * width, 0.79 * height)],
        fill=(236, 224, 204),
    )
    return image


def registers() -> Image.Image:
    """Cards in a drawer, of which one stands up."""
    image, draw = _sky((11, 74, 111), (8, 48, 74))
    width, height = image.size
    colours = ((234, 242, 246), (204, 222, 232), (246, 214, 150), (164, 194, 210))
    for row in range(9):
        top = (0.16 + row * 0.085) * height
        for card in range(7):
            left = (0.04 + card * 0.135 + (row % 2) * 0.03) * width
            lifted = 0.05 * height if (row, card) in {(3, 4), (6, 1)} else 0
            colour = colours[2] if lifted else colours[(row * 3 + card) % 2 * 3 if (row + card) % 3 else 1]
            draw.rounded_rectangle((left, top - lifted, left + 0.12 * width, top + 0.2 * height), 18, fill=colour)
            draw.rectangle((left + 40, top - lifted + 44, left + 0.075 * width, top - lifted + 62), fill=(11, 74, 111))
        draw.rectangle((0, top + 0.062 * height, width, top + 0.068 * height), fill=(8, 56, 86))
    return image


MOTIFS: dict[str, tuple[str, Callable[[], Image.Image]]] = {
    "registerstyrelsen": ("Kort i en skuffe", registers),
    "kysthavn": ("Fyr ved havnen", coast),
    "limfjordens-universitet": ("Morgen ved fjorden", fjord),
}
