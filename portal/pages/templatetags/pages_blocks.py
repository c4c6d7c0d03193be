"""What block templates need."""

from collections.abc import Mapping
from typing import Any

from django import template

from portal.pages.crops import all_cuts
from recruitment.advertising.blocks import BLOCKS
from recruitment.advertising.queries import public_ads

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


@register.simple_tag
def alternates(page: Any) -> list[dict[str, str]]:
    """The public ads of the same case by language, this one too; nothing for an ad in one language."""
    found = public_ads().filter(round__case=page.case_id).order_by("language").values("language", "url", "page_id")
    ads = {line["language"]: line for line in found}
    mine = any(line["page_id"] == page.pk for line in ads.values())
    return list(ads.values()) if mine and len(ads) > 1 else []
