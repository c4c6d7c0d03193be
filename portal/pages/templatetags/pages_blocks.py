"""What block templates need."""

from collections.abc import Mapping
from typing import Any

from django import template

from portal.pages.crops import all_cuts
from recruitment.advertising.blocks import BLOCKS

register = template.Library()


@register.simple_tag
def heading_of(value: Mapping[str, str], kind: str) -> str:
    """The block's own heading, else its kind's usual one."""
    return value.get("heading") or str(BLOCKS[kind].default_heading)


@register.simple_tag
def channel_crops(image: Any) -> list[Any]:
    """A picture in every channel's shape; nothing where its file is gone."""
    try:
        return all_cuts(image)
    except OSError:
        return []
