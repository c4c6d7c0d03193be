"""A layout's template filled: the writer's HTML cleaned first, the portal's own regions put in afterwards."""

import functools
import logging
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markupsafe import Markup

from portal.pages.designs import html, liquid
from portal.pages.designs.fields import KINDS, REGIONS
from portal.pages.designs.findings import Refused

logger = logging.getLogger(__name__)


@functools.lru_cache(maxsize=128)
def placed_kinds(source: str) -> frozenset[str]:
    """Kinds of blocks that the template places by themselves; none where it cannot be understood."""
    try:
        return frozenset(path[1] for path, _line in liquid.paths_used(source) if path[0] == "block" and len(path) > 1)
    except Refused:
        return frozenset()


def filled(source: str, values: Mapping[str, Any], regions: Mapping[str, str]) -> SafeString | None:
    """The ad's HTML, or None where the template cannot be filled: then the ad is shown in the plain layout.

    `values` are plain words, numbers and lists of them. `regions` are pieces of the portal's own HTML by their name
    (`region.apply`, `block.tasks`); they stand only where an element may stand, each once.
    """
    slots: dict[str, dict[str, str | None]] = {"region": {}, "block": {}}
    for kind, names in (("region", REGIONS), ("block", KINDS)):
        for name in names:
            filled_in = regions.get(f"{kind}.{name}")
            slots[kind][name] = Markup(html.slot(f"{kind}.{name}")) if filled_in else None  # noqa: S704 - our own mark
    try:
        written = html.cleaned(liquid.rendered(source, {**_without_empty(values), **slots}))
    except Refused as refusal:
        logger.warning("a layout could not be filled: %s", refusal)
        return None
    left = dict(regions)
    return mark_safe(html.SLOT_WRITTEN.sub(lambda match: left.pop(match[1], ""), written))  # noqa: S308 - cleaned above


def _without_empty(value: Any) -> Any:
    """Nothing in place of an empty word: to Liquid's `if` an empty word is something."""
    if isinstance(value, Mapping):
        return {name: _without_empty(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_without_empty(inner) for inner in value]
    return None if value == "" else value
