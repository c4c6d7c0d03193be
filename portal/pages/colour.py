"""Contrast between two colours, as WCAG 2.2 computes it (1.4.3)."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

ENOUGH = 4.5

hex_colour = RegexValidator(re.compile(r"^#[0-9a-fA-F]{6}$"), _("Write a colour such as #0b4a6f."), "colour")


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def require_contrast(ink: str, ground: str, field: str) -> None:
    """Raise ValidationError on `field` where text in `ink` on `ground` would be hard to read."""
    found = contrast(ink, ground)
    if found < ENOUGH:
        raise ValidationError(
            {field: _("The contrast is %(found).1f to 1; text needs at least 4.5 to 1.") % {"found": found}}
        )
