"""Wagtail's blocks, built from the vocabulary of ads."""

import re
from functools import cache, partial
from typing import Any

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from portal.pages.pasting import unwrapped
from recruitment.advertising.blocks import BLOCKS, BlockField, BlockKind, FieldKind

RICH_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
SPACES = re.compile(r"[ \u00a0\u2007\u202f\t]+")
EMPTY_PARAGRAPH = re.compile(r"<p(?: [^>]*)?>(?:\s|<br ?/?>)*</p>")
WRITTEN = [code for code in BLOCKS if code != "intro"]  # the introduction is a field of the page


def tidy(html: str) -> str:
    """Rich text without what pasting leaves behind: hard spaces, runs of spaces, empty paragraphs."""
    spaced = SPACES.sub(" ", html.replace("&nbsp;", " "))
    return unwrapped(EMPTY_PARAGRAPH.sub("", spaced))


class TidyRichText(blocks.RichTextBlock):
    """Rich text that is tidied when it is saved; formats that an ad has no place for are dropped by the editor itself."""

    def value_from_form(self, value: Any) -> Any:
        """The tidied text."""
        typed = super().value_from_form(value)
        return type(typed)(tidy(typed.source))

    def deconstruct(self) -> tuple[str, Any, Any]:
        """To migrations it is Wagtail's own block: how it is tidied changes no table."""
        _path, arguments, options = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", arguments, options


class StandardTextBlock(SnippetChooserBlock):
    """A standard paragraph, fetched when somebody looks at it: a published ad shows the words it went out with."""

    def bulk_to_python(self, values: list[Any]) -> list[Any]:
        """Each in its place; all of them in one question, when the first is looked at."""
        fetched = cache(partial(super().bulk_to_python, values))
        return [value and SimpleLazyObject(lambda place=place: fetched()[place]) for place, value in enumerate(values)]

    def get_prep_value(self, value: Any) -> Any:
        """Its number; nothing for one that has been deleted."""
        return super().get_prep_value(value or None)

    def deconstruct(self) -> tuple[str, Any, Any]:
        """To migrations it is Wagtail's own block."""
        _path, arguments, options = super().deconstruct()
        return "wagtail.snippets.blocks.SnippetChooserBlock", arguments, options


def field_block(field: BlockField) -> blocks.Block:
    """The Wagtail block for one field of a kind."""
    common: dict[str, Any] = {"required": field.required, "label": field.label, "help_text": field.help}
    if field.kind == FieldKind.RICH:
        return TidyRichText(features=RICH_FEATURES, **common)
    if field.kind == FieldKind.LINES:
        return blocks.ListBlock(blocks.CharBlock(label=_("Point"), max_length=300), label=field.label, default=[])
    if field.kind == FieldKind.IMAGE:
        return ImageBlock(**{**common, "help_text": ""})
    if field.kind == FieldKind.URL:
        return blocks.URLBlock(max_length=300, **common)
    return blocks.CharBlock(max_length=300, **common)


def kind_block(kind: BlockKind) -> blocks.StructBlock:
    """The Wagtail block for a kind."""
    fields = [(field.name, field_block(field)) for field in kind.fields]
    return blocks.StructBlock(
        fields, label=kind.label, icon=kind.icon, template=f"pages/blocks/{kind.code}.html", group=_("Ad")
    )


class AdBlocks(blocks.StreamBlock):
    """Everything an ad's body may hold."""

    def __init__(self, local_blocks: Any = None, search_index: bool = True, **options: Any) -> None:  # noqa: FBT001, FBT002 - the signature is Wagtail's
        own = [(code, kind_block(BLOCKS[code])) for code in WRITTEN]
        standard = StandardTextBlock(
            "pages.StandardText",
            label=_("Standard paragraph"),
            icon="snippet",
            template="pages/blocks/standard_text.html",
            group=_("Ad"),
        )
        options.setdefault("block_counts", {code: {"max_num": 1} for code in WRITTEN if BLOCKS[code].unique})
        super().__init__([*own, ("standard_text", standard)], search_index=search_index, **options)

    class Meta:
        required = False


class InstitutionBlocks(blocks.StreamBlock):
    """What an institution tells about itself."""

    text = TidyRichText(features=["h2", "h3", "bold", "italic", "ol", "ul", "link"], label=_("Text"))
    quote = kind_block(BLOCKS["quote"])
    image = kind_block(BLOCKS["image"])

    class Meta:
        required = False
