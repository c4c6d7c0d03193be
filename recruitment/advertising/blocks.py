"""The vocabulary an ad is written in, as plain data: Wagtail's blocks and GraphQL's types are both built from it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _


class FieldKind(StrEnum):
    """What a field of a block holds: LINE plain text, RICH sanitised HTML, LINES a list of plain lines, IMAGE {url, alt}."""

    LINE = "LINE"
    RICH = "RICH"
    LINES = "LINES"
    IMAGE = "IMAGE"
    URL = "URL"


@dataclass(frozen=True)
class BlockField:
    """One field of a block."""

    name: str
    kind: FieldKind
    label: Any
    required: bool = False
    help: Any = ""


@dataclass(frozen=True)
class BlockKind:
    """A sort of block. `from_case` blocks show what the case knows; their own fields only add to it."""

    code: str
    label: Any
    fields: tuple[BlockField, ...]
    icon: str = "doc-full"
    default_heading: Any = ""
    from_case: bool = False
    unique: bool = False

    @property
    def type_name(self) -> str:
        """The name of the GraphQL type: `key_facts` gives `KeyFactsBlock`."""
        return "".join(part.title() for part in self.code.split("_")) + "Block"


_HEADING = BlockField("heading", FieldKind.LINE, _("Heading"))
_BODY = BlockField("body", FieldKind.RICH, _("Text"))
_ITEMS = BlockField("items", FieldKind.LINES, _("Points"))

BLOCKS: dict[str, BlockKind] = {
    kind.code: kind
    for kind in (
        BlockKind(
            "intro",
            _("Introduction"),
            (BlockField("body", FieldKind.RICH, _("Text"), required=True),),
            icon="pilcrow",
            unique=True,
        ),
        BlockKind("key_facts", _("Key facts"), (_HEADING,), "list-ul", _("Key facts"), from_case=True, unique=True),
        BlockKind("tasks", _("Tasks"), (_HEADING, _BODY, _ITEMS), "tasks", _("Your tasks")),
        BlockKind("profile", _("Profile"), (_HEADING, _BODY, _ITEMS), "user", _("About you")),
        BlockKind("offer", _("What we offer"), (_HEADING, _BODY, _ITEMS), "pick", _("We offer")),
        BlockKind(
            "process", _("Process and dates"), (_HEADING, _BODY), "date", _("The process"), from_case=True, unique=True
        ),
        BlockKind(
            "terms", _("Pay and terms"), (_HEADING, _BODY), "doc-full", _("Pay and terms"), from_case=True, unique=True
        ),
        BlockKind("contact", _("Contact"), (_HEADING, _BODY), "mail", _("Questions?"), from_case=True, unique=True),
        BlockKind(
            "quote",
            _("Quote"),
            (
                BlockField("text", FieldKind.LINE, _("Quote"), required=True),
                BlockField("name", FieldKind.LINE, _("Who says it")),
                BlockField("title", FieldKind.LINE, _("Their job title")),
            ),
            icon="openquote",
        ),
        BlockKind(
            "person",
            _("Somebody on the team"),
            (
                BlockField("name", FieldKind.LINE, _("Name"), required=True),
                BlockField("title", FieldKind.LINE, _("Their job title")),
                BlockField("image", FieldKind.IMAGE, _("Image")),
                BlockField("body", FieldKind.RICH, _("Text")),
            ),
            icon="user",
        ),
        BlockKind(
            "image",
            _("Image"),
            (
                BlockField("image", FieldKind.IMAGE, _("Image"), required=True),
                BlockField("caption", FieldKind.LINE, _("Caption")),
            ),
            icon="image",
        ),
        BlockKind(
            "video",
            _("Video link"),
            (
                BlockField("url", FieldKind.URL, _("Address of the video"), required=True),
                BlockField("title", FieldKind.LINE, _("What the video shows"), required=True),
            ),
            icon="media",
        ),
        BlockKind("paragraph", _("Paragraph"), (_HEADING, _BODY), icon="pilcrow"),
    )
}
#: Kinds that show a picture, in their field `image`.
PICTURED = frozenset(code for code, kind in BLOCKS.items() if any(f.kind == FieldKind.IMAGE for f in kind.fields))
