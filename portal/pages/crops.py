"""The shapes that a picture is cut to for each channel, around its focal point."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Crop:
    """One shape: its code, its name, and Wagtail's words for it."""

    code: str
    label: Any
    spec: str


CROPS: tuple[Crop, ...] = (
    Crop("social", _("shared links, 1200 × 630"), "fill-1200x630|format-webp"),
    Crop("square", _("square, 1080 × 1080"), "fill-1080x1080|format-webp"),
    Crop("wide", _("wide, 1600 × 640"), "fill-1600x640|format-webp"),
)
BY_CODE = {crop.code: crop for crop in CROPS}


def cut(image: Any, code: str) -> Any:
    """The picture in the shape of a channel."""
    return image.get_rendition(BY_CODE[code].spec)


def all_cuts(image: Any) -> list[tuple[Crop, Any]]:
    """Every shape of a picture, as its editor looks at them."""
    return [(crop, cut(image, crop.code)) for crop in CROPS]
