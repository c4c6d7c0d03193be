"""English of Wagtail's that shows through in Danish: its own catalogues tell which sentences are meant for translation."""

import functools
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import wagtail
import wagtail_localize
from babel.messages.pofile import read_po
from django.utils.translation import gettext, override

PACKAGES = (Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent)
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-w-tooltip-content-value")
NOT_READ = {"script", "style", "template", "code", "pre"}
LEAST_LETTERS = 6  # a pattern of fewer fits anything, in any language
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
#: Written alike in both languages, or names.
ALIKE = {
    "Administrator", "Alias", "Blocks", "Collection", "Dashboard", "Format", "Global", "Info", "Layout", "Link", "Minimap", "Root", "Slug", "Status", "Status:", "System", "system", "Tag", "Tags",
    "Test", "Type", "Upload", "URL", "Wagtail", "Workflow", "Sites", "Site", "Embed", "Filter", "Filters", "Alt", "Data", "Model", "Snippet", "Snippets",
}  # fmt: skip


@functools.cache
def english() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Sentences without a Danish translation: those without placeholders, and patterns of those with."""
    whole, patterns = set(), []
    for sentence in sentences("django.po"):
        if PLACEHOLDER.search(sentence):
            if len(re.findall("[A-Za-z]", PLACEHOLDER.sub("", sentence))) >= LEAST_LETTERS:
                patterns.append(_pattern(sentence))
        else:
            whole.add(" ".join(sentence.split()))
    return frozenset(whole), tuple(patterns)


def sentences(catalogue: str, packages: tuple[Path, ...] = PACKAGES, *, plurals: bool = True) -> Iterator[str]:
    """What is meant for translation and has none; a plural counts with both its forms, or with its first."""
    for package in packages:
        for file in package.rglob(f"locale/en/LC_MESSAGES/{catalogue}"):
            with file.open("rb") as opened:
                for message in read_po(opened):
                    forms = message.id if isinstance(message.id, tuple) else (message.id,)
                    yield from (
                        form
                        for form in (forms if plurals else forms[:1])
                        if form and form.strip() not in ALIKE and is_english(form)
                    )


def is_english(sentence: str) -> bool:
    """Whether Danish readers get the English words. What has no letters needs none."""
    with override("da"):
        return bool(re.search("[A-Za-z]{2}", PLACEHOLDER.sub("", sentence))) and gettext(sentence) == sentence


def _pattern(sentence: str) -> re.Pattern[str]:
    pieces = PLACEHOLDER.split(" ".join(sentence.split()))[:: PLACEHOLDER.groups + 1]
    return re.compile(".{1,80}?".join(map(re.escape, pieces)))


class _Reader(HTMLParser):
    """Everything that is shown or spoken, one piece at a time; what says its own language is left alone."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unread: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if self.unread:
            self.unread += [tag] * (tag == self.unread[0])
        elif tag in NOT_READ or told.get("lang") == "en":
            self.unread.append(tag)
        else:
            self.pieces += [value for name in SPOKEN if (value := told.get(name))]
            if tag == "input" and told.get("type") in {"submit", "button"}:
                self.pieces.append(told.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.unread and tag == self.unread[0]:
            self.unread.pop()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.pieces.append(data)


def english_in(html: str) -> set[str]:
    """The pieces of a page that are English sentences of Wagtail's."""
    reader = _Reader()
    reader.feed(html)
    whole, patterns = english()
    pieces = {" ".join(piece.split()) for piece in reader.pieces}
    found = pieces & whole
    return found | {piece for piece in pieces - whole if any(pattern.fullmatch(piece) for pattern in patterns)}


def gathered(pages: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By sentence: the first page that shows it."""
    found: dict[str, str] = {}
    for name, html in pages:
        for sentence in english_in(html):
            found.setdefault(sentence, name)
    return found
