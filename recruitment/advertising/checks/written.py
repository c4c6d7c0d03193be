"""An ad as the rules see it: its words with their places, its pictures, and what the case knows."""

import datetime as dt
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recruitment.errors import Obstacle

_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"</(?:p|li|h[1-6]|blockquote)>|<br ?/?>", re.IGNORECASE)
_LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"""href=["']([^"']*)""", re.IGNORECASE)


def plain(source: str) -> str:
    """The words of a piece of rich text, one paragraph or point a line."""
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", source))).splitlines()
    return "\n".join(line for line in (" ".join(each.split()) for each in lines) if line)


@dataclass(frozen=True)
class Link:
    """A link in a passage, `number` counted from 0."""

    number: int
    words: str
    address: str


@dataclass(frozen=True)
class Passage:
    """A piece of text and where it stands: the block's id ("" for a field of the page), the field, the point of a list."""

    block: str
    field: str
    source: str
    is_rich: bool = False
    point: int | None = None

    @property
    def place(self) -> str:
        """As an address within the editor: `block/field/point`, or the page's field."""
        steps = [self.block, self.field, "" if self.point is None else str(self.point)]
        return "/".join(step for step in steps if step)

    @property
    def text(self) -> str:
        """Without mark-up."""
        return plain(self.source) if self.is_rich else " ".join(self.source.split())

    @property
    def links(self) -> list[Link]:
        """The links in order."""
        if not self.is_rich:
            return []
        return [
            Link(number, plain(words), html.unescape((_ADDRESS.search(attributes) or ("", ""))[1]))
            for number, (attributes, words) in enumerate(_LINK.findall(self.source))
        ]


@dataclass(frozen=True)
class Picture:
    """A picture of the ad; `consent_until` where somebody depicted has agreed up to a day."""

    place: str
    title: str
    words: str
    is_decoration: bool = False
    consent_until: dt.date | None = None


class Weight(StrEnum):
    """STOPS: publishing is refused. LAW: a person decides, but no institution switches it off. ADVICE: may be switched off."""

    STOPS = "STOPS"
    LAW = "LAW"
    ADVICE = "ADVICE"


class Deed(StrEnum):
    """What a mend does. WORDS asks for the words of a link, PARAGRAPH adds one to the ad's end."""

    REPLACE = "REPLACE"
    WORDS = "WORDS"
    PARAGRAPH = "PARAGRAPH"


@dataclass(frozen=True)
class Mend:
    """How one click mends it: `old` becomes `new`; of a link the words, by its number; or a paragraph is added."""

    deed: Deed
    label: str
    old: str = ""
    new: str = ""
    link: int = 0


@dataclass(frozen=True)
class Remark:
    """What one rule has to say about one place. `quote` is the ad's own words, `message` stands in the active language."""

    code: str
    weight: Weight
    message: str
    place: str
    quote: str = ""
    mend: Mend | None = None
    number: int = 0

    @property
    def key(self) -> str:
        """Names the remark among those of one ad: the same words give the same key."""
        return f"{self.code}|{self.place}|{self.number}"


@dataclass(frozen=True)
class WrittenAd:
    """Everything the rules may know. `obstacles` are what publishing would be refused for (GRD-2, GRD-5)."""

    language: str
    passages: tuple[Passage, ...]
    pictures: tuple[Picture, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    has_pay_range: bool = True
    has_interview_dates: bool = True
    ends_on: dt.date | None = None
    today: dt.date | None = None
    unwanted: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """All words, one passage a line."""
        return "\n".join(passage.text for passage in self.passages if passage.text)

    def running(self) -> Iterator[Passage]:
        """Passages that hold sentences: not the headings."""
        return (passage for passage in self.passages if passage.field not in {"heading", "title"})

    @classmethod
    def of(cls, language: str, *sources: str, **known: Any) -> "WrittenAd":
        """An ad of these paragraphs and nothing else."""
        passages = tuple(
            Passage(f"b{n}", "body", source, is_rich=source.startswith("<")) for n, source in enumerate(sources)
        )
        return cls(language, passages, **known)
