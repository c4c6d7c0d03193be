"""In which order a layout shows the blocks of an ad, and in which style each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from recruitment.advertising.blocks import BLOCKS

STYLES = (
    ("plain", _("plain")), ("card", _("a card")), ("line", _("a line at the side")), ("band", _("a band of colour")),
    ("lead", _("larger text")), ("columns", _("points in columns")), ("steps", _("points as numbered steps")),
)  # fmt: skip
KINDS = [(code, kind.label) for code, kind in BLOCKS.items() if code != "intro"]


class Arrangement(blocks.StreamBlock):
    """Kinds of blocks in their order, each once."""

    place = blocks.StructBlock(
        [
            ("kind", blocks.ChoiceBlock(choices=KINDS, label=_("Block"))),
            ("style", blocks.ChoiceBlock(choices=STYLES, default="plain", label=_("Style"))),
        ],
        label=_("Block"),
        icon="order",
    )

    class Meta:
        required = False
        max_num = len(KINDS)


@dataclass(frozen=True)
class Placed:
    """A block of an ad where it stands, with the style that the layout gives it."""

    child: Any
    style: str = "plain"

    @property
    def kind(self) -> str:
        """The kind in the vocabulary; a standard paragraph is a paragraph."""
        return "paragraph" if self.child.block_type == "standard_text" else str(self.child.block_type)


def arranged(children: Iterable[Any], arrangement: Iterable[Any]) -> list[Placed]:
    """The blocks in the layout's order. A kind that the layout does not name stays behind the block it was written after."""
    styles = {str(place.value["kind"]): str(place.value["style"] or "plain") for place in arrangement or ()}
    order = {kind: position for position, kind in enumerate(styles)}
    groups: list[tuple[int, list[Placed]]] = [(-1, [])]
    for child in children:
        placed = Placed(child)
        if placed.kind in order:
            groups.append((order[placed.kind], []))
        groups[-1][1].append(Placed(child, styles.get(placed.kind, "plain")))
    groups.sort(key=lambda group: group[0])
    return [placed for _position, group in groups for placed in group]
