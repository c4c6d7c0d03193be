"""An ad in its layout: its blocks in order, and where the layout has a template of its own, the template filled."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from portal.pages.designs import render
from portal.pages.designs.fields import REGIONS, WORDS
from portal.pages.taking import Words
from portal.pages.templatetags.portal_tags import time_left


@dataclass(frozen=True)
class Block:
    """A block as HTML, with its kind and the style that the layout gives it."""

    kind: str
    style: str
    html: SafeString


def blocks_of(
    children: Iterable[Any], layout: Any, words: Mapping[str, Words], context: Mapping[str, Any]
) -> list[Block]:
    """The ad's blocks in the layout's order."""
    return [Block(placed.kind, placed.style, _html(placed.child, words, context)) for placed in layout.placed(children)]


def _html(child: Any, words: Mapping[str, Words], context: Mapping[str, Any]) -> SafeString:
    if child.block_type == "standard_text":
        said = words.get(str(child.id)) or child.value
        return render_to_string("pages/blocks/standard_text.html", {**context, "self": said})
    html: SafeString = child.render(context=dict(context))
    return html


def design(
    layout: Any, blocks: list[Block], context: Mapping[str, Any], request: HttpRequest | None
) -> SafeString | None:
    """The layout's own template filled; None where it has none, or where it cannot be filled."""
    if not layout.is_designed:
        return None
    placed = render.placed_kinds(layout.markup)
    regions = {name: _region(name, context, request) for name in REGIONS if name != "blocks"}
    pieces = {f"region.{name}": html for name, html in regions.items()}
    pieces["region.blocks"] = _wrapped([block for block in blocks if block.kind not in placed])
    for kind in placed:
        pieces[f"block.{kind}"] = _wrapped([block for block in blocks if block.kind == kind])
    return render.filled(layout.markup, plain_values(context), pieces)


def _region(name: str, context: Mapping[str, Any], request: HttpRequest | None) -> str:
    return render_to_string(f"pages/regions/{name}.html", dict(context), request=request).strip()


def _wrapped(blocks: Iterable[Block]) -> str:
    return render_to_string("pages/ad_blocks.html", {"blocks": list(blocks)}).strip()


def plain_values(context: Mapping[str, Any]) -> dict[str, Any]:
    """What a template may ask for: words and numbers, never a row."""
    case, round_, facts, news = context["case"], context["round"], context["facts"], context["news"]
    deadline = getattr(round_, "application_deadline", None)
    lines = [{"code": fact.code, "label": str(fact.label), "value": str(fact.value)} for fact in facts]
    return {
        "ad": {
            "title": context["page"].title, "intro": context["page"].intro, "employer": case.institution.name,
            "unit": case.unit.name, "language": context["page"].language, "is_open": bool(context["standing"].is_open),
            "is_readvertisement": bool(getattr(round_, "is_readvertisement", False)), "minutes": context["minutes"],
            "time_left": str(time_left(deadline)) if deadline and context["standing"].is_open else "",
            "published": _day(news.get("first")), "changed": _day(news.get("last")),
        },
        "facts": lines,
        "fact": {line["code"]: line for line in lines},
        "contacts": [
            {name: str(getattr(contact, name, "") or "") for name in ("name", "title", "phone", "email")}
            for contact in context["contacts"]
        ],
        "word": {name: str(word) for name, word in WORDS.items()},
    }  # fmt: skip


def _day(moment: Any) -> str:
    return date_format(moment, "DATE_FORMAT") if moment else ""
