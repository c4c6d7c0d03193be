"""What block templates need."""

from collections.abc import Mapping

from django import template

from recruitment.advertising.blocks import BLOCKS

register = template.Library()


@register.simple_tag
def heading_of(value: Mapping[str, str], kind: str) -> str:
    """The block's own heading, else its kind's usual one."""
    return value.get("heading") or str(BLOCKS[kind].default_heading)
