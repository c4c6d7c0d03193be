"""A type for each kind of block, made from the vocabulary that the ads are written in."""

import html
from typing import Any

import nh3
import strawberry
from django.utils import translation
from strawberry import ID

from graphql_api.scalars import URL, Html
from recruitment.advertising.addresses import absolute
from recruitment.advertising.blocks import BLOCKS, BlockField, BlockKind, FieldKind


@strawberry.type(description="A formatted text.")
class RichText:
    html: Html = strawberry.field(description="As HTML: paragraphs, lists, emphasis and links.")

    @strawberry.field(description="As plain text.")
    def text(self) -> str:
        return plain_text(self.html)


@strawberry.type(description="A picture in an ad.")
class AdImage:
    url: URL = strawberry.field(description="Its address.")
    alt: str = strawberry.field(description="What it shows, for those who do not see it; empty when it only decorates.")


@strawberry.interface(description="A part of an ad. Ask for the fields of each kind with a fragment.")
class AdBlock:
    id: ID = strawberry.field(description="The block's id within the ad.")
    kind: str = strawberry.field(description="The kind of block, as a code.")


def plain_text(fragment: str) -> str:
    """The text of a fragment of HTML, a line for each paragraph and point."""
    broken = fragment.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br/>", "\n").replace("<br>", "\n")
    lines = html.unescape(nh3.clean(broken, tags=set())).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _line(value: Any) -> str | None:
    return value or None


def _rich(value: Any) -> RichText | None:
    return RichText(html=Html(value)) if value else None


def _lines(value: Any) -> list[str]:
    return list(value or [])


def _image(value: Any) -> AdImage | None:
    return AdImage(url=URL(absolute(value["url"])), alt=value.get("alt", "")) if value and value.get("url") else None


def _url(value: Any) -> URL | None:
    return URL(value) if value else None


#: The GraphQL type of each kind of field, and how a stored value becomes one.
SHAPES: dict[FieldKind, tuple[Any, Any]] = {
    FieldKind.LINE: (str | None, _line),
    FieldKind.RICH: (RichText | None, _rich),
    FieldKind.LINES: (list[str], _lines),
    FieldKind.IMAGE: (AdImage | None, _image),
    FieldKind.URL: (URL | None, _url),
}


def _field(field: BlockField) -> Any:
    return strawberry.field(description=f"{field.label}.")


def _block_type(kind: BlockKind) -> type[AdBlock]:
    """The type for one kind of block; the same fields in the same order."""
    namespace: dict[str, Any] = {field.name: _field(field) for field in kind.fields}
    namespace["__annotations__"] = {field.name: SHAPES[field.kind][0] for field in kind.fields}
    addition = " What the case knows of it stands in the posting's own fields." if kind.from_case else ""
    return strawberry.type(
        type(kind.type_name, (AdBlock,), namespace), description=f"Part of an ad: {str(kind.label).lower()}.{addition}"
    )


with translation.override("en"):
    BLOCK_TYPES: dict[str, type[AdBlock]] = {code: _block_type(kind) for code, kind in BLOCKS.items()}


def blocks_in(stored: list[dict[str, Any]]) -> list[AdBlock]:
    """The blocks of an ad. Kinds that the vocabulary no longer has are left out."""
    return [_block(block) for block in stored if block["kind"] in BLOCK_TYPES]


def _block(stored: dict[str, Any]) -> AdBlock:
    kind, value = BLOCKS[stored["kind"]], stored["value"] or {}
    fields = {field.name: SHAPES[field.kind][1](value.get(field.name)) for field in kind.fields}
    return BLOCK_TYPES[kind.code](id=ID(str(stored["id"])), kind=kind.code, **fields)
